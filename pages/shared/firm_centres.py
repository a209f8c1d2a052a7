"""How firmly the centres of groups stand: by refits of the fit where there are some, else with the groups as given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.shared import firmness
from pages.shared.stores import kept
from pages.shared.wording import counted

if TYPE_CHECKING:
    from gmm_core.model.choice.centre_intervals import CentreOffsets
    from gmm_core.model.em.forms import Array
    from gmm_core.model.profiles import SoftGroups
    from pages.shared.results import Fitted


def n_refits(fitted: Fitted) -> int:
    """How many refits the intervals come from; 0 where they take the groups as given."""
    found = firmness.known_replicates(fitted)
    return 0 if found is None else len(found.replicates)


def key(fitted: Fitted) -> str:
    """What results that show the intervals are kept under."""
    return f"{fitted.rows_key}|{n_refits(fitted)} refits"


def offsets(fitted: Fitted) -> CentreOffsets | None:
    """Ends of the clusters' intervals less their estimates, in working units; None where there are no refits."""
    from gmm_core.model.choice.centre_intervals import centre_offsets
    from gmm_core.model.column_rows import column_means

    found = firmness.known_replicates(fitted)
    if found is None:
        return None

    def make() -> CentreOffsets:
        noise = _groups(fitted).counts[-1]  # where there is none it plays no part
        return centre_offsets(found, fitted.merged, column_means(fitted.features.working_values, noise))

    offsets: CentreOffsets = kept("centre-offsets", 16, key(fitted), make)
    return offsets


def mean_ends(fitted: Fitted) -> Array:
    """Ends (2, C, D) of the 95 % intervals of the clusters' means, in working units."""
    from gmm_core.model import mean_intervals
    from gmm_core.model.clusters import cluster_moments
    from gmm_core.model.column_rows import column_sizes

    means, spreads = cluster_moments(fitted.mixture, fitted.merged)
    by_refits = offsets(fitted)
    if by_refits is not None:
        return means + by_refits.means
    sizes = column_sizes(fitted.features.working_values, _groups(fitted))
    return mean_intervals.mean_ends(means, spreads, sizes[: len(means)])


def _groups(fitted: Fitted) -> SoftGroups:
    from gmm_core.model.profiles import SoftGroups

    return SoftGroups.of(fitted.memberships, fitted.features.weights)


def source(fitted: Fitted) -> str:
    """Where the intervals come from, in a sentence."""
    n = n_refits(fitted)
    if n:
        return (
            f"Intervals of centres hold the middle 95\u00a0% of {counted(n, 'refit')} (weighted-likelihood bootstrap)."
        )
    return (
        "95\u00a0% intervals of centres take the groups as given, so they are rather narrow where groups overlap; "
        "refits under How sure on Fit widen them."
    )
