"""From a table and settings to the best sound solution over many starts."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model.checking import as_table, check_distinct, check_spread, row_positions
from gmm_core.model.choice.criteria import bic
from gmm_core.model.collinear import check_collinear
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.forms import Array
from gmm_core.model.em.loop import Control, Run, run_em
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Rows, Scaling
from gmm_core.model.families import FAMILIES, Family, get_family
from gmm_core.model.fit import Fit, Start
from gmm_core.model.mixture import Mixture
from gmm_core.model.saddles import coinciding, pushed_apart
from gmm_core.model.scaling import scaling_for
from gmm_core.model.settings import FitSettings
from gmm_core.model.solutions import Candidate, Solution, grouped, plain
from gmm_core.model.soundness import SADDLE, Verdict, judge, name_rows, sentence
from gmm_core.model.starts import SEEDING_ROWS, Seeds, UserStart, from_user, sample_positions, sample_rows, seeded
from gmm_core.model.support import rows_at
from gmm_core.model.threads import one_blas_thread
from gmm_core.model.watching import Watch, Watcher

SCOUT_ROWS = 20_000
"""Above twice as many rows, starts are tried on a sample of this size, and the best goes on with all rows."""

SHORT_RUNS = 6
SHORT = Control(tol=0.0, max_iter=5)
"""Each start is the best of so many short runs of so few passes, every other one from random rows, for variety. Of 48
such starts (Old Faithful with K = 3 and 4, its durations with K = 3, iris with K = 3, the galaxies with K = 4, a drawn
table with K = 10) 22 found the best sound solution; 12 where all six came from k-means++. Plain starts find it less
often still (11 % against 17 % over nine cases), and take a tenth more passes (measured)."""

RESCUES = [(way, floor) for floor in (0.3, 0.1) for way in ("k-means++", "random", "quantile", "random_from_data")]
"""Ways of starting, and variance floors for the way's first passes, for starts tried where none before was sound.

With a floor so high no group can shrink onto a few rows, so EM first finds where the groups are. On the galaxies with
K = 5 no plain start from k-means++ ends soundly, and of these three in four do (measured)."""

RESCUE_ROUNDS = 3
"""How often the rescues are gone through at most."""

CAUTIOUS = Control(tol=1e-6, max_iter=100)
"""When EM under a rescue's floor has seen enough."""

MAP_ROWS = 1_000
"""Rows at which solutions are compared to tell which are the same."""

LEAST_RISE = 1e-3
"""Nats that a push off a saddle must gain to prove that it was one."""

LEAST_FLOOR = 1e-13
"""A variance floor of zero means this: below it, rounding decides whether a matrix is positive definite."""


def fit_mixture(
    x: object,
    settings: FitSettings,
    start: UserStart | None = None,
    watch: Watch | None = None,
    suggest: bool = True,
) -> Fit:
    """Fit a mixture to the rows of ``x`` (N, D): the best sound solution over ``settings.n_init`` starts.

    Messages name rows by the index of a frame where that is called ``POSITION``: places in the table it was taken from.
    ``suggest`` says whether the other families are tried where none is sound, so that the error can name one.

    Raises
    ------
    SettingsError
        For settings without meaning or a start of the wrong shape.
    DataError
        For gaps, infinite values, a constant column, fewer distinct rows than components (TooFewRowsError), or, where
        the family may tilt groups, a column that follows exactly from others (CollinearError).
    NoSoundSolutionError
        Where every start collapses; it names the rows, and the family that would do.
    """
    settings.check()
    table, columns = as_table(x)
    check_spread(table, columns)
    check_distinct(table, settings.n_components)
    if start is not None:
        start.check(table.shape, settings.n_components)
    search = replace(Search.over(table, columns, settings, start), positions=row_positions(x, len(table)))
    with one_blas_thread():
        search.check_columns()
        outcome = search.outcome(watch)
        if isinstance(outcome, Verdict):
            family = search.family_that_would_do(watch) if suggest and start is None else None
            raise _no_solution(search, outcome.in_table(search.positions), family)
    return outcome


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
    n_rescues: int = RESCUE_ROUNDS * len(RESCUES)
    """Most starts that are tried beyond those asked for, as long as none is sound."""

    @classmethod
    def over(cls, table: Array, columns: tuple[str, ...], settings: FitSettings, start: UserStart | None) -> "Search":
        """A search over checked data (N, D)."""
        family = get_family(settings.covariance_type)
        return cls(table, columns, settings, start, family, scaling_for(table, family.any_units, columns))

    def check_columns(self) -> None:
        """Raise ``CollinearError`` where the family may tilt groups and a column follows exactly from others."""
        if self.family.tilted and self.settings.reg_covar == 0:
            check_collinear(self._expect.rows, self.columns)

    def outcome(self, watch: Watch | None = None) -> Fit | Verdict:
        """The best sound solution, or what is wrong with the likeliest where none is sound.

        Where a user's own start was all there was to try, a solution that is only doubtful is an answer too.
        """
        candidates = list(self._try_starts(watch))
        ranked = sorted(candidates, key=lambda candidate: candidate.rank, reverse=True)
        place, best = (0, ranked[0]) if self._scouts is self.table else self._polish(ranked, watch)
        if best.verdict.sound or (self._lone and best.verdict.finite):
            return self._to_table(best.run, candidates, ranked[place])
        return best.verdict

    def family_that_would_do(self, watch: Watch | None = None) -> Family | None:
        """The family of lowest BIC with a sound solution for the same data and settings, where there is one."""
        others = [replace(self.settings, covariance_type=name) for name in FAMILIES if name != self.family.name]
        searches = [Search.over(self.table, self.columns, settings, None) for settings in others]
        outcomes = [replace(search, positions=self.positions, n_rescues=0).outcome(watch) for search in searches]
        fits = [fit for fit in outcomes if isinstance(fit, Fit)]
        return get_family(min(fits, key=lambda fit: bic(fit.evidence)).mixture.family) if fits else None

    @cached_property
    def _expect(self) -> Expectation:
        """E steps over all rows."""
        return Expectation(Rows.scaled(self.table, self.scaling))

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

    @property
    def _lone(self) -> bool:
        """Whether the user's start leaves nothing to chance."""
        return self.start is not None and self.start.complete

    @cached_property
    def _expect_scouts(self) -> Expectation:
        """E steps over the rows on which starts are tried."""
        return self._expect if self._scouts is self.table else Expectation(Rows.scaled(self._scouts, self.scaling))

    @cached_property
    def _expect_short(self) -> Expectation:
        """E steps of short runs: over a sample of the scouts where these are many."""
        if len(self._scouts) <= SEEDING_ROWS:
            return self._expect_scouts
        some = sample_rows(self._scouts, SEEDING_ROWS, np.random.default_rng(self.settings.seed))
        return Expectation(Rows.scaled(some, self.scaling))

    def _try_starts(self, watch: Watch | None) -> Iterator[Candidate]:
        """The starts asked for and, round by round, the rescues, until a round holds a sound one."""
        n_starts = 1 if self._lone else self.settings.n_init
        n_most = 1 if self._lone else n_starts + self.n_rescues
        sound = False
        for index, seed in enumerate(np.random.SeedSequence(self.settings.seed).spawn(n_most)):
            rescue = index - n_starts
            if sound and rescue >= 0 and rescue % len(RESCUES) == 0:
                return
            watcher = Watcher(watch, index, n_starts if rescue < 0 else n_most, self._jacobian(len(self._scouts)))
            candidate = self._run(self._expect_scouts, self._first(index, rescue, np.random.default_rng(seed)), watcher)
            sound |= candidate.verdict.sound
            yield candidate
            if watcher.stopped:
                return

    def _first(self, index: int, rescue: int, rng: np.random.Generator) -> Parameters:
        """Where start ``index`` begins; every other one looks for its groups in a sphered space."""
        sphere = self.family.tilted and index % 2 == 0
        seeds = Seeds(self.settings.init_params, self.settings.n_components, self._floor, sphere)
        if rescue < 0:
            return self._seeded(seeds, rng)
        way, floor = RESCUES[rescue % len(RESCUES)]
        seeds = replace(seeds, init_params=way, floor=max(floor, self._floor))
        first = self._seeded(seeds, rng)
        return run_em(self._expect_scouts, first, replace(self._maximise, floor=seeds.floor), CAUTIOUS).parameters

    def _seeded(self, seeds: Seeds, rng: np.random.Generator) -> Parameters:
        """The end of the likeliest of a few short runs, each from a seeding of its own.

        Source: Biernacki, Celeux and Govaert (2003), Choosing starting values for the EM algorithm, CSDA 41.
        """
        if self._lone:
            return self._one_seeded(seeds, rng)
        ways = [seeds, replace(seeds, init_params="random_from_data")] * (SHORT_RUNS // 2)
        starts = [self._one_seeded(way, rng) for way in ways]
        maximise = replace(self._maximise, floor=seeds.floor)
        runs = [run_em(self._expect_short, start, maximise, SHORT) for start in starts]
        return max(runs, key=lambda run: run.log_likelihood).parameters

    def _one_seeded(self, seeds: Seeds, rng: np.random.Generator) -> Parameters:
        if self.start is None:
            return seeded(self._scouts, self.scaling, self.family, seeds, rng)
        return from_user(self._scouts, self.scaling, self.family, seeds, self.start, rng)

    def _polish(self, ranked: list[Candidate], watch: Watch | None) -> tuple[int, Candidate]:
        """Carry the sample's solutions on with all rows, the best first, until one stays sound; which, and its end."""
        n_starts = len(ranked)
        place = 0
        while True:
            watcher = Watcher(watch, n_starts, n_starts, self._jacobian(len(self.table)))
            polished = self._run(self._expect, ranked[place].run.parameters, watcher)
            if polished.verdict.sound or watcher.stopped or place + 1 == n_starts:
                return place, polished
            place += 1

    def _run(self, expect: Expectation, first: Parameters, watcher: Watcher) -> Candidate:
        """EM from one start, pushed on where it ends on a saddle, and what is to be said of its end."""
        control = Control(self.settings.tol, self.settings.max_iter, watcher)
        run = run_em(expect, first, self._maximise, control)
        pair = None if watcher.stopped else coinciding(run.parameters)
        if pair is None:
            return self._judged(expect, run)
        pushed = run_em(expect, pushed_apart(run.parameters, pair, self.family, self._floor), self._maximise, control)
        if pushed.log_likelihood < run.log_likelihood + LEAST_RISE:
            return self._judged(expect, run)
        return Candidate(run, SADDLE) if self._lone else self._judged(expect, pushed)

    def _judged(self, expect: Expectation, run: Run) -> Candidate:
        return Candidate(run, judge(run.parameters, self.family, expect, self._floor))

    @cached_property
    def _maximise(self) -> Maximisation:
        """The M step."""
        reg_covar = self.settings.reg_covar
        return Maximisation(self.family, self._floor, reg_covar / self.scaling.scale**2 if reg_covar else None)

    @property
    def _floor(self) -> float:
        return max(self.settings.variance_floor, LEAST_FLOOR)

    def _jacobian(self, n_rows: int) -> float:
        """What the scaling adds to a log-likelihood over ``n_rows`` rows, to be taken off again."""
        return n_rows * float(np.log(self.scaling.scale).sum())

    def _reason(self, verdict: Verdict) -> str:
        """A verdict on the rows on which starts are tried, in words that name the rows of the table they come from."""
        if self._sampled is not None:
            verdict = verdict.in_table(self._sampled)
        return sentence(verdict.in_table(self.positions), self.columns)

    def _record(self, candidate: Candidate) -> Start:
        run, verdict, n_rows = candidate.run, candidate.verdict, len(self._scouts)
        log_likelihood = run.log_likelihood - self._jacobian(n_rows)
        reason = self._reason(verdict)
        return Start(log_likelihood, n_rows, run.n_iterations, run.converged, verdict.sound, reason)

    def _solutions(self, candidates: list[Candidate], winner: Candidate) -> tuple[Solution, ...]:
        """The distinct solutions among the candidates, that of the winner first."""
        n_rows = len(self._scouts)
        some = np.arange(0, n_rows, 1 + n_rows // MAP_ROWS)
        groups = grouped(candidates, rows_at(self._expect_scouts.rows, some))
        groups.sort(key=lambda group: winner not in group)
        return tuple(self._solution(group, len(candidates)) for group in groups)

    def _solution(self, group: list[Candidate], n_candidates: int) -> Solution:
        best, verdict = group[0].run, group[0].verdict
        parameters = best.parameters
        return Solution(
            best.log_likelihood - self._jacobian(len(self._scouts)),
            len(self._scouts),
            len(group),
            len(group) / n_candidates,
            verdict.sound,
            verdict.kind,
            self._reason(verdict),
            *plain(parameters.weights, self.scaling.centre + self.scaling.scale * parameters.means),
        )

    def _to_table(self, run: Run, candidates: list[Candidate], winner: Candidate) -> Fit:
        p = run.parameters
        dense = np.array(self.family.form.to_dense(p.covariances, p.n_components, p.n_features))
        scaled = Mixture(p.weights, p.means, dense, self.family.name)
        mixture = scaled.rescaled(self.scaling.centre, self.scaling.scale)
        return Fit(
            mixture.permuted(mixture.canonical_order().tolist()),
            len(self.table),
            run.trace - self._jacobian(len(self.table)),
            run.converged,
            self._expect.entropy(p),
            tuple(self._record(candidate) for candidate in candidates),
            self.columns,
            self._solutions(candidates, winner),
        )


def _no_solution(search: Search, verdict: Verdict, family: Family | None) -> NoSoundSolutionError:
    """The error for a search without a sound solution, and a family that has one, if known."""
    remedy = "Ask for fewer groups."
    if verdict.n_rows == 1:
        remedy = f"If {name_rows(verdict.rows)} is a mistake, leave it out; or ask for fewer groups."
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
