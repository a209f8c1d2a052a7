"""The last starts before a fit is refused: solutions grown from one group, the same for every seed."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gmm_core.model.em.expectation import seconds_of_pass
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.growth import KEY, Growth
from gmm_core.model.search import Search
from gmm_core.model.solutions import SAME_LIKELIHOOD, Candidate
from gmm_core.model.starts import Seeds
from gmm_core.model.watching import Stopping

SECONDS = 2.0
"""What the reserve may take by the rule of thumb: 17,000 passes in a small table, fewer where a pass is long. With
gaps, whose passes take longer than the rule knows, it takes several times as many (7 of the 52 seconds before a refusal
of 100,000 rows in 4 columns, measured)."""

THIN = 0.01
"""A group is on its way down where its variances are below this part of those of all rows, in the direction that is the
thinnest against them or nearly so. Ties get there within a pass or two of starting to shrink."""


def reserve(search: Search, before: Sequence[Candidate], watch: Stopping) -> list[Candidate]:
    """Where solutions grown from one group end; none where one is sound ``before``, or the growth stands still earlier.

    They don't depend on the seed, but for the sample of many rows on which starts are tried: so a table isn't refused
    with one seed where they find an answer with another.
    """
    if search.decided or any(candidate.verdict.sound for candidate in before):
        return []
    whole, n_most, n_left = _of(search, 1), search.settings.n_components, _n_affordable(search)
    parents = [whole.one_seeded(Seeds("random_from_data", 1, whole.floor), np.random.default_rng(KEY))]
    sharpest, ends = parents[0].sharpness / THIN, list[Candidate]()
    for n_components in range(2, n_most + 1):
        if not parents or watch.stopped:
            return []
        growth = Growth(_of(search, n_components), watch, n_left // (n_most + 1 - n_components), sharpest)
        ends = list(growth.ends(parents))
        n_left -= growth.n_passes
        parents = _distinct(ends)
    return ends


def _of(search: Search, n_components: int) -> Search:
    """The same search for so many groups."""
    return replace(search, settings=replace(search.settings, n_components=n_components))


def _n_affordable(search: Search) -> int:
    n_rows, n_features = search.rows.scouts.shape
    return int(SECONDS / seconds_of_pass(n_rows, search.settings.n_components, n_features, search.family.form))


def _distinct(ends: Sequence[Candidate]) -> list[Parameters]:
    """The sound ones, each place once."""
    found: dict[int, Parameters] = {}
    for end in ends:
        if end.verdict.sound:
            found.setdefault(round(end.run.objective / SAME_LIKELIHOOD), end.run.parameters)
    return list(found.values())
