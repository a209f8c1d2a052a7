"""From a table and settings to the best sound solution over many starts."""

from collections.abc import Sequence
from dataclasses import replace

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model.checking import as_rows, check_cells, check_distinct, check_spread, row_positions
from gmm_core.model.choice.criteria import bic
from gmm_core.model.em.stopping import STOPPED
from gmm_core.model.families import COMMON, Family, get_family
from gmm_core.model.finishing import finished
from gmm_core.model.fit import Fit
from gmm_core.model.guides import guided
from gmm_core.model.mixture import Mixture
from gmm_core.model.outcome import Outcome
from gmm_core.model.reasons import name_rows, sentence
from gmm_core.model.reserve import reserve
from gmm_core.model.sample import Sample, check_weights
from gmm_core.model.scaling import scaling_for
from gmm_core.model.search import RESCUE_ROUNDS, RESCUES, Search
from gmm_core.model.settings import FitSettings
from gmm_core.model.solutions import Candidate
from gmm_core.model.soundness import Verdict
from gmm_core.model.starts import UserStart
from gmm_core.model.threads import one_blas_thread
from gmm_core.model.watching import Stopping, Watch

GUIDING = (*COMMON, "EEV")
"""Families whose solutions guide a search that has found none: groups that share their size and shape cannot collapse
one by one. Of 27 searches of full covariances (K = 4 to 7) whose plain starts found nothing sound, 5 did so from the
common families and 1 from a group fewer; of ten of the hardest, 1 from those and 2 more from EEV, at a tenth of what a
sound end costs by rescues. VEI, VEV and VVE added none (measured)."""


def fit_mixture(
    x: object,
    settings: FitSettings,
    start: UserStart | None = None,
    watch: Watch | None = None,
    suggest: bool = True,
    weights: object = None,
    guides: Sequence[Mixture] = (),
    rescue: bool = True,
) -> Fit:
    """Fit a mixture to the rows of ``x`` (N, D): the best sound solution over ``settings.n_init`` starts.

    Row ``weights`` (N,) are frequencies: a weight of 3 is the same as the row three times, so scaling all weights
    changes the number of rows that the criteria count. Rows of weight 0 are left out, whatever they hold. Rows of gaps
    only, where gaps are allowed, change nothing but that number.

    Messages name rows by the index of a frame where that is called ``POSITION``: places in the table it was taken from.
    ``guides`` are solutions for the same table from which EM starts too, after the starts asked for: of another family,
    or with a group fewer.

    ``suggest`` is for a fit that somebody waits for: where none is sound, the common families and a group fewer are
    fitted: EM starts from their solutions too, and the error can name the family that would do. Last, solutions are
    grown a group at a time, which all seeds have in common. For all other fits, starts that fall behind on a sample of
    many rows are not carried to their ends. ``rescue`` says whether further starts are tried at all.

    Raises
    ------
    SettingsError
        For settings without meaning or a start of the wrong shape.
    DataError
        For gaps that are not allowed, infinite values, a constant column, weights that are none, fewer distinct rows
        than components (TooFewRowsError), or, where the family may tilt groups, a column that follows exactly from
        others (CollinearError).
    NoSoundSolutionError
        Where every start collapses; it names the rows, and the family that would do.
    """
    settings.check()
    table, columns = as_rows(x)
    row_weights = check_weights(weights, len(table))
    check_cells(table, columns, settings.gaps, row_weights)
    sample = Sample.of(table, row_weights)
    positions = row_positions(x, len(table))[sample.kept]
    check_spread(sample.table, columns, positions)
    check_distinct(sample.table, settings.n_components)
    if start is not None:
        start.check(table.shape[1], settings.n_components)
        start = start.of_sample(sample, settings.n_components, bool(settings.noise))
    search = Search.over(sample.table, columns, settings, start, sample.weights)
    search = replace(search, positions=positions)
    n_rescues = RESCUE_ROUNDS * len(RESCUES) if rescue else 0
    search = replace(search, n_rescues=n_rescues, best_only=not suggest)
    if start is not None:
        start.check_reach(search.scaling)
    with one_blas_thread():
        search.check_columns()
        found = _found(search, watch, guides, suggest and start is None)
    return replace(found, n_rows=sample.n_rows, total_weight=sample.total_weight)


def _found(search: Search, watch: Watch | None, guides: Sequence[Mixture], suggest: bool) -> Fit:
    """The best sound solution; where there is none and ``suggest`` is true, neighbouring models are guides to more.

    Most of these models are fitted anyway, to tell the error which family would do.
    """
    candidates = _candidates(search, watch, guides)
    found, family = _best(search, candidates, watch), None
    if isinstance(found, Verdict) and suggest:
        stopping = Stopping(watch)
        fits = _neighbours(search, stopping)
        family = _family_that_would_do(fits, search.settings.n_components)
        guides = [] if stopping.stopped else [fit.mixture for fit in fits if _leads(fit.mixture, search)]
        more = list(guided(search, guides, candidates, stopping))
        if search.n_rescues:
            more += reserve(search, more, stopping)
        if any(candidate.verdict.sound for candidate in more):
            found = _best(search, candidates + more, watch)
        elif family is None and search.n_rescues and not stopping.stopped:  # some need rescues too
            family = _family_that_would_do(_neighbours(search, stopping, len(RESCUES)), search.settings.n_components)
    if isinstance(found, Verdict):
        raise _no_solution(search, found.in_table(search.positions), family)
    return found


def _candidates(search: Search, watch: Watch | None, guides: Sequence[Mixture] = ()) -> list[Candidate]:
    """Where all starts end; guides come last, so that they change nothing of the others."""
    candidates = list(search.starts(watch))
    if search.racing and not _stopped(candidates):
        candidates = search.raced(candidates, watch)
    if not _stopped(candidates) and not any(each.verdict.sound for each in candidates):
        candidates += search.rescues(watch)
    if not _stopped(candidates):
        candidates += guided(search, guides, tuple(candidates), watch)
    return candidates


def _best(search: Search, candidates: list[Candidate], watch: Watch | None) -> Fit | Verdict:
    """The best sound solution, or what is wrong with the likeliest where none is sound.

    Where a user's own start was all there was to try, a solution that is only doubtful is an answer too.
    """
    winner, best = finished(search, candidates, watch)
    if best.verdict.sound or (search.lone and best.verdict.finite):
        return Outcome(search, candidates, winner, best.run).fit()
    return best.verdict


def _stopped(candidates: Sequence[Candidate]) -> bool:
    return any(candidate.run.stopped_by == STOPPED for candidate in candidates)


def _neighbours(search: Search, watch: Watch | None, n_rescues: int = 0) -> list[Fit]:
    """Sound fits to the same data from the starts asked for: of the ``GUIDING`` families, and of a group fewer."""
    k, own = search.settings.n_components, search.family.name
    models = [(k, name) for name in GUIDING if name != own] + [(k - 1, own)] * (k > 1)
    found = (_neighbour(search, *model, n_rescues, watch) for model in models)
    return [fit for fit in found if isinstance(fit, Fit)]


def _neighbour(search: Search, n_components: int, name: str, n_rescues: int, watch: Watch | None) -> Fit | Verdict:
    settings = replace(search.settings, n_components=n_components, covariance_type=name)
    family = search.family if name == search.family.name else get_family(name)  # another, in the columns' own spreads
    scaling = scaling_for(search.table, family.own_scales, search.columns, search.weights)
    own = search.weights, search.positions, n_rescues
    other = Search(search.table, search.columns, settings, None, family, scaling, *own)
    return _best(other, _candidates(other, watch), watch)


def _leads(mixture: Mixture, search: Search) -> bool:
    """Whether EM may start from a neighbour: not where only its groups would be others if a column were rescaled."""
    return mixture.family == search.family.name or get_family(mixture.family).own_scales


def _family_that_would_do(fits: Sequence[Fit], n_components: int) -> Family | None:
    """The common family of lowest BIC with a sound solution among ``fits`` of so many groups, where there is one."""
    would_do = [fit for fit in fits if fit.mixture.n_components == n_components and fit.mixture.family in COMMON]
    return get_family(min(would_do, key=lambda fit: bic(fit.evidence)).mixture.family) if would_do else None


def _no_solution(search: Search, verdict: Verdict, family: Family | None) -> NoSoundSolutionError:
    """The error for a search without a sound solution, and a family that has one, if known."""
    remedy = "Ask for fewer groups."
    if verdict.n_rows == 1:
        fault = "is a mistake, leave it" if len(verdict.rows) == 1 else "are mistakes, leave them"
        remedy = f"If {name_rows(verdict.rows)} {fault} out; or ask for fewer groups."
    if search.settings.noise and search.settings.n_components == 1:
        remedy = "Do without noise: all rows together make a group, or none does."
    if search.start is not None:
        remedy = "Start elsewhere, or leave the start to the program."
    if family is not None:
        remedy = f"Try the {family.words} family (covariance_type={family.name!r}), or fewer groups."
    return NoSoundSolutionError(
        sentence(verdict, search.columns),
        remedy,
        rows=verdict.rows,
        columns=[search.columns[i] for i in verdict.columns],
        value=None if family is None else family.name,
    )
