"""The answers of the pages, made from the fit: true, short, and safe as Markdown."""

from __future__ import annotations

from gmm_core import Fit
from gmm_core.charts.style import JOIN, NOISE
from pages.shared import tagging
from pages.shared.centres import Centres
from pages.shared.results import Fitted
from pages.shared.stores import kept
from pages.shared.wording import count_word, counted, escaped, listed, several, share

MOST_SPELT_OUT = 3
"""Groups up to which each one's centre is part of the sentence."""

MOST_NAMED = 2
"""Columns that a sentence names where not all have room."""

STOPPED = "The fit was stopped before it settled, so the groups may still move."
UNSETTLED = "The fit did not settle before it ran out of passes, so the groups may still move: try fewer groups."

THIN = 2
"""Rows a free parameter below which a fit is called a sketch."""


def groups(fitted: Fitted) -> str:
    """How many groups there are, how large, and around what."""
    mixture = fitted.mixture
    if mixture.n_components == 1:
        return f"One group of {counted(fitted.fit.n_rows, 'row')}, around {_centre(fitted, 0)}{_odd(fitted)}."
    count = f"{count_word(mixture.n_components).capitalize()} groups{_in_clusters(fitted)}"
    if mixture.n_components > MOST_SPELT_OUT or mixture.n_features > MOST_SPELT_OUT:
        weights = zip(fitted.letters, mixture.weights.tolist(), strict=True)
        sizes = [f"{_called(fitted, letter)} {share(weight)}" for letter, weight in weights]
        said = f"{count} ({', '.join(sizes)} {fitted.of_what})"
        return f"{said}, furthest apart in {_what_sets_apart(fitted)}{_odd(fitted)}."
    parts = [
        f"{_called(fitted, letter)}, {share(float(mixture.weights[k]))} {fitted.of_what}, around {_centre(fitted, k)}"
        for k, letter in enumerate(fitted.letters)
    ]
    return f"{count}: {'; '.join(parts)}{_odd(fitted)}."


def cautions(fitted: Fitted) -> list[str]:
    """What to beware of in this fit, the gravest first."""
    fit, features = fitted.fit, fitted.features
    found = [*unfinished(fitted), *few_rows(fitted.evidence.n_parameters, fit.n_rows), *lost(fitted), *merged(fitted)]
    found += astray(fit)
    if features.n_dropped:
        found.append(f"{counted(features.n_dropped, 'row')} with gaps in these columns left out{_could_stay(fitted)}.")
    if features.n_filtered:
        found.append(f"{counted(features.n_filtered, 'row')} left out by the filters or the sample.")
    if features.weights is not None:
        found.append(f"Each row counts as often as its {escaped(str(fitted.workspace.spec.weights))} says.")
    return found


def _could_stay(fitted: Fitted) -> str:
    """Where rows with gaps can be kept; nothing where the rule keeps all that it can."""
    return "; Features can keep them" if fitted.workspace.spec.gaps == "drop" else ""


def few_rows(n_parameters: int, n_rows: int) -> list[str]:
    """A caution where a model has many free parameters for its rows."""
    if n_rows >= THIN * n_parameters:
        return []
    return [
        f"{n_parameters:,} free parameters for {counted(n_rows, 'row')}: too few rows for details, so take this as a "
        "sketch. Fewer groups or a plainer shape need fewer."
    ]


def unfinished(fitted: Fitted) -> list[str]:
    """Cautions on starts that were not run, and on a fit that has not settled."""
    run, wanted = len(fitted.fit.starts), fitted.workspace.settings.n_init
    if fitted.mixture.n_components == 1 and fitted.mixture.noise is None:
        wanted = 1  # all starts would end in the same place, so one is run
    found = [f"Only {run} of {wanted} starts were run, so there may be better groups."] if run < wanted else []
    return found if fitted.fit.converged else [*found, STOPPED if fitted.stopped else UNSETTLED]


def astray(fit: Fit) -> list[str]:
    """How many starts did not count; where it were many, what happened in one of them and what helps."""
    lost = [start.reason for start in fit.starts if not start.sound]
    if not lost:
        return []
    said = f"{len(lost):,} of {counted(len(fit.starts), 'start')} went astray and did not count."
    if 2 * len(lost) <= len(fit.starts):
        return [said]
    return [f"{said} In the first of them: {escaped(lost[0])} Fewer groups or a plainer shape would help."]


def merged(fitted: Fitted) -> list[str]:
    """Which groups are merged; nothing where none are."""
    joined = [name for name in fitted.names if JOIN in name]
    counts = "counts as one cluster" if len(joined) == 1 else "count as one cluster each"
    return [f"Merged on How many: {listed(joined)} {counts} in all that follows."] if joined else []


def lost(fitted: Fitted) -> list[str]:
    """Which groups are no row's likeliest; nothing where each has one."""
    from gmm_core.tables.row_views import decided_counts

    def count() -> list[int]:
        return decided_counts(fitted.labels, fitted.certainty, 0.0, len(fitted.names))

    pairs = zip(fitted.names, kept("assigned", 64, fitted.rows_key, count), strict=True)
    names = [tagging.called(fitted, name) for name, n in pairs if n == 0 and name != NOISE]
    return [f"No row belongs to {listed(names)} most likely, so fewer groups may do."] if names else []


def _called(fitted: Fitted, letter: str) -> str:
    """A group's letter, with its name unless it is merged: then its cluster has one."""
    return tagging.called(fitted, letter) if letter in fitted.names else letter


def _in_clusters(fitted: Fitted) -> str:
    """Into which clusters the groups are merged; nothing where none are."""
    if fitted.workspace.n_clusters is None:
        return ""
    return f" in {several(len(fitted.merged), 'cluster')}, {listed(list(fitted.names[: len(fitted.merged)]))}"


def _odd(fitted: Fitted) -> str:
    noise = fitted.mixture.noise
    return "" if noise is None else f"; {share(noise.weight)} {fitted.of_what} are odd and fit no group"


def _what_sets_apart(fitted: Fitted) -> str:
    """The column or two in which the centres differ most, in spreads within groups, with both ends."""
    mixture = fitted.mixture
    within = (mixture.weights @ mixture.standard_deviations**2) ** 0.5
    reach = (mixture.means.max(axis=0) - mixture.means.min(axis=0)) / within
    strongest = sorted(range(mixture.n_features), key=lambda j: -reach[j])[:MOST_NAMED]
    return listed([_ends(fitted, j) for j in strongest])


def _ends(fitted: Fitted, j: int) -> str:
    along, centres = fitted.centres[:, j], Centres(fitted)
    ends = [f"{centres.centre(k, j)} in {fitted.letters[k]}" for k in (int(along.argmin()), int(along.argmax()))]
    return f"{escaped(fitted.features.columns[j])} ({ends[0]}, {ends[1]})"


def _centre(fitted: Fitted, k: int) -> str:
    centres = Centres(fitted)
    return listed([f"{escaped(name)} {centres.centre(k, j)}" for j, name in enumerate(fitted.features.columns)])
