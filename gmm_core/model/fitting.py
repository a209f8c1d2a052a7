"""From a table and settings to the best sound solution over many starts."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model.audit import Audit, Solution, audit
from gmm_core.model.checking import as_table, check_distinct, check_spread, row_positions
from gmm_core.model.choice.criteria import bic
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.forms import Array
from gmm_core.model.em.gaps import expectation_over
from gmm_core.model.em.loop import Control, Run, run_em
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.noise import without_noise
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Scaling
from gmm_core.model.families import COMMON, Family, get_family
from gmm_core.model.filling import filled
from gmm_core.model.fit import Fit, Start
from gmm_core.model.m_step import m_step
from gmm_core.model.mixture import Mixture
from gmm_core.model.sample import Sample, check_weights
from gmm_core.model.scaling import scaling_for
from gmm_core.model.settings import FitSettings
from gmm_core.model.soundness import Verdict, judge, sentence
from gmm_core.model.starts import SEEDING_ROWS, Seeds, UserStart, from_user, sample_positions, sample_rows, seeded
from gmm_core.model.threads import one_blas_thread
from gmm_core.model.watching import Watch, Watcher

SCOUT_ROWS = 20_000
"""Above twice as many rows, starts are tried on a sample of this size, and the best goes on with all rows."""

LEAST_FLOOR = 1e-13
"""A variance floor of zero means this: below it, rounding decides whether a matrix is positive definite."""


def fit_mixture(
    x: object,
    settings: FitSettings,
    start: UserStart | None = None,
    watch: Watch | None = None,
    suggest: bool = True,
    weights: object = None,
) -> Fit:
    """Fit a mixture to the rows of ``x`` (N, D): the best sound solution over ``settings.n_init`` starts.

    Row ``weights`` (N,) are frequencies: a weight of 3 is the same as the row three times, so scaling all weights
    changes the number of rows that the criteria count. Rows of weight 0 are left out. Rows of gaps only, where gaps
    are allowed, change nothing but that number.

    Messages name rows by the index of a frame where that is called ``POSITION``: places in the table it was taken from.
    ``suggest`` says whether the common families are tried where none is sound, so that the error can name one.

    Raises
    ------
    SettingsError
        For settings without meaning or a start of the wrong shape.
    DataError
        For gaps that are not allowed, infinite values, a constant column, weights that are none, or fewer distinct
        rows than components (TooFewRowsError).
    NoSoundSolutionError
        Where every start collapses; it names the rows, and the family that would do.
    """
    settings.check()
    table, columns = as_table(x, gaps=settings.gaps)
    sample = Sample.of(table, check_weights(weights, len(table)))
    check_spread(sample.table, columns)
    check_distinct(sample.table, settings.n_components)
    if start is not None:
        start.check(table.shape, settings.n_components)
        start = start.of_rows(sample.kept)
    search = Search.over(sample.table, columns, settings, start, sample.weights)
    search = replace(search, positions=row_positions(x, len(table))[sample.kept])
    if start is not None:
        start.check_reach(search.scaling)
    with one_blas_thread():
        outcome = search.outcome(watch)
        if isinstance(outcome, Verdict):
            family = search.family_that_would_do(watch) if suggest and start is None else None
            raise _no_solution(search, outcome.in_table(search.positions), family)
    return replace(outcome, n_rows=sample.n_rows, total_weight=sample.total_weight)


@dataclass(frozen=True, eq=False)
class Candidate:
    """Where a start ended, and whether it may win."""

    run: Run
    verdict: Verdict

    @property
    def rank(self) -> tuple[bool, float]:
        """Sound solutions before others, then by log-likelihood, or log posterior where there is a prior."""
        return self.verdict.sound, self.run.objective


@dataclass(frozen=True, eq=False)
class Search:
    """The search for the best sound solution, in the scaled space of one table."""

    table: Array
    columns: tuple[str, ...]
    settings: FitSettings
    start: UserStart | None
    family: Family
    scaling: Scaling
    positions: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    """Where the rows stand in the table they come from."""
    weights: Array | None = None

    @classmethod
    def over(
        cls,
        table: Array,
        columns: tuple[str, ...],
        settings: FitSettings,
        start: UserStart | None,
        weights: Array | None = None,
    ) -> "Search":
        """A search over checked data (N, D)."""
        family = get_family(settings.covariance_type)
        scaling = scaling_for(table, family.own_scales, columns, weights)
        family = family.measured_in(scaling.scale / scaling.scale.max())
        return cls(table, columns, settings, start, family, scaling, weights=weights)

    def outcome(self, watch: Watch | None = None) -> Fit | Verdict:
        """The best sound solution, or what is wrong with the likeliest where none is sound."""
        candidates = list(self._try_starts(watch))
        ranked = sorted(candidates, key=lambda candidate: candidate.rank, reverse=True)
        best = ranked[0] if self._scouts is self.table else self._polish(ranked, watch)
        if not best.verdict.sound:
            return best.verdict
        return self._to_table(best.run, tuple(self._record(candidate) for candidate in candidates))

    def family_that_would_do(self, watch: Watch | None = None) -> Family | None:
        """The family of lowest BIC with a sound solution for the same data and settings, where there is one."""
        others = [replace(self.settings, covariance_type=name) for name in COMMON if name != self.family.name]
        searches = [Search.over(self.table, self.columns, settings, None, self.weights) for settings in others]
        outcomes = [replace(search, positions=self.positions).outcome(watch) for search in searches]
        fits = [fit for fit in outcomes if isinstance(fit, Fit)]
        return get_family(min(fits, key=lambda fit: bic(fit.evidence)).mixture.family) if fits else None

    @cached_property
    def _expect(self) -> Expectation:
        """E steps over all rows."""
        return expectation_over(self.table, self.scaling, self.weights)

    @cached_property
    def _sampled(self) -> NDArray[np.intp] | None:
        """Positions of the rows on which starts are tried; None where they are all."""
        if len(self.table) <= 2 * SCOUT_ROWS or self.start is not None:
            return None
        return sample_positions(len(self.table), SCOUT_ROWS, np.random.default_rng(self.settings.seed))

    @cached_property
    def _scouts(self) -> Array:
        """The rows on which starts are tried."""
        return self.table if self._sampled is None else np.asarray(self.table[self._sampled])

    @cached_property
    def _scout_weights(self) -> Array | None:
        """Their weights."""
        return self.weights if self.weights is None or self._sampled is None else self.weights[self._sampled]

    @cached_property
    def _scout_expect(self) -> Expectation:
        """E steps over the rows on which starts are tried."""
        if self._sampled is None:
            return self._expect
        return expectation_over(self._scouts, self.scaling, self._scout_weights)

    @cached_property
    def _start_rows(self) -> Array:
        """The rows on which starts are tried, without gaps."""
        return filled(self._scouts, self._scout_weights, self._floor)

    def _try_starts(self, watch: Watch | None) -> Iterator[Candidate]:
        expect = self._scout_expect
        n_starts = 1 if self.start is not None and self.start.complete else self.settings.n_init
        for index, seed in enumerate(np.random.SeedSequence(self.settings.seed).spawn(n_starts)):
            watcher = Watcher(watch, index, n_starts, self._jacobian(expect))
            yield self._run(expect, self._scouts, self._first(np.random.default_rng(seed)), watcher)
            if watcher.stopped:
                return

    def _first(self, rng: np.random.Generator) -> Parameters:
        seeds = Seeds(self.settings.init_params, self.settings.n_components, self._floor)
        rows, weights, noise_share = self._start_rows, self._scout_weights, 0.0
        if self.settings.noise:
            rows, noise_share = without_noise(sample_rows(rows, SEEDING_ROWS, rng, weights), self.scaling)
            weights = None
        if self.start is None:
            first = seeded(rows, self.scaling, self.family, seeds, rng, weights)
        else:
            first = from_user(self._start_rows, self.scaling, self.family, seeds, self.start, rng, self._scout_weights)
        return self._maximise.holding(first, noise_share)

    def _polish(self, ranked: list[Candidate], watch: Watch | None) -> Candidate:
        """Carry the sample's solutions on with all rows, the best first, until one stays sound."""
        n_starts = len(ranked)
        for candidate in ranked:
            watcher = Watcher(watch, n_starts, n_starts, self._jacobian(self._expect))
            polished = self._run(self._expect, self.table, candidate.run.parameters, watcher)
            if polished.verdict.sound or watcher.stopped:
                break
        return polished

    def _run(self, expect: Expectation, table: Array, first: Parameters, watcher: Watcher) -> Candidate:
        settings = self.settings
        control = Control(settings.tol, settings.max_iter, watcher, settings.acceleration)
        run = run_em(expect, first, self._maximise, control)
        return Candidate(run, judge(run.parameters, self.family, expect, table, self._floor))

    @cached_property
    def _maximise(self) -> Maximisation:
        """The M step."""
        rows = filled(self.table, self.weights, self._floor)
        return m_step(self.settings, self.family, self._floor, rows, self.scaling, self.start, self.weights)

    @property
    def _floor(self) -> float:
        return max(self.settings.variance_floor, LEAST_FLOOR)

    def _jacobian(self, expect: Expectation) -> float:
        """What the scaling adds to a log-likelihood over the rows of ``expect``, to be taken off again."""
        return float(expect.column_weights @ np.log(self.scaling.scale))

    def _record(self, candidate: Candidate) -> Start:
        run, verdict, n_rows = candidate.run, candidate.verdict, len(self._scouts)
        log_likelihood = run.log_likelihood - self._jacobian(self._scout_expect)
        if self._sampled is not None:
            verdict = verdict.in_table(self._sampled)
        reason = sentence(verdict.in_table(self.positions), self.columns)
        return Start(log_likelihood, n_rows, run.n_iterations, run.converged, verdict.sound, reason)

    def _audit(self, run: Run, entropy: float) -> Audit:
        """What is checked of a run over all rows."""
        complete = not np.isnan(self.table).any()
        return audit(Solution(run, self._expect.rows, self._maximise, self.settings.tol, entropy, complete))

    def _to_table(self, run: Run, starts: tuple[Start, ...]) -> Fit:
        p = run.parameters
        dense = np.array(self.family.form.to_dense(p.covariances, p.n_components, p.n_features))
        scaled = Mixture(p.weights, p.means, dense, self.family.name, p.noise, self.settings.held)
        mixture = scaled.rescaled(self.scaling.centre, self.scaling.scale)
        entropy = self._expect.entropy(p)
        return Fit(
            mixture if self.settings.fixed else mixture.permuted(mixture.canonical_order().tolist()),
            len(self.table),
            self._expect.total_weight,
            run.trace - self._jacobian(self._expect),
            run.stopped_by,
            run.remainder,
            entropy,
            starts,
            self.columns,
            self._audit(run, entropy),
            run.log_prior,
        )


def _no_solution(search: Search, verdict: Verdict, family: Family | None) -> NoSoundSolutionError:
    """The error for a search without a sound solution, and a family that has one, if known."""
    remedy = "Ask for fewer groups."
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
