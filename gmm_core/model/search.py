"""The search for the best sound solution over many starts: where each begins, and how the best goes on."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.collinear import check_collinear
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.forms import Array
from gmm_core.model.em.loop import Control, run_em
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.noise import without_noise
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Scaling
from gmm_core.model.families import Family, get_family
from gmm_core.model.m_step import m_step
from gmm_core.model.runs import Runs
from gmm_core.model.scaling import scaling_for
from gmm_core.model.scouting import Scouting
from gmm_core.model.settings import FitSettings
from gmm_core.model.solutions import Candidate
from gmm_core.model.starts import SEEDING_ROWS, Seeds, UserStart, from_user, sample_rows, seeded
from gmm_core.model.watching import Watch, Watcher

SCOUT_TOL = 1e-6
"""``tol`` of starts on a sample: 0.01 nats in all tell them apart, and the best goes on over all rows anyway."""

SHORT_RUNS = 6
SHORT = Control(tol=0.0, max_iter=5)
"""Each start is the best of so many short runs of so few passes, every other one from random rows, for variety. Of 48
such starts (Old Faithful with K = 3 and 4, its durations with K = 3, iris with K = 3, the galaxies with K = 4, a drawn
table with K = 10) 22 found the best sound solution; 12 where all six came from k-means++. Plain starts find it less
often still (11 % against 17 % over nine cases), and take a tenth more passes (measured)."""

RESCUES = [(way, floor) for floor in (0.0, 0.3) for way in ("k-means++", "random", "quantile", "random_from_data")]
"""Ways of starting, and variance floors for the way's first passes, for starts tried where none before was sound.

With a floor so high no group can shrink onto a few rows, so EM first finds where the groups are. From either start,
components that can't win are moved elsewhere, several times (``gmm_core.model.moves``). Of 14 tables in which plain
starts seldom end soundly (K = 3 to 7), rescues found a way in 13 from a high floor and in 11 without (measured)."""

CAUTIOUS = Control(tol=1e-6, max_iter=100)
"""When EM under a rescue's floor has seen enough."""

RESCUE_ROUNDS = 3
"""How often the rescues are gone through at most."""

LEAST_FLOOR = 1e-13
"""A variance floor of zero means this: below it, rounding decides whether a matrix is positive definite."""


@dataclass(frozen=True, eq=False)
class Search:
    """The search over starts, in the scaled space of one table.

    Attributes
    ----------
    table : (N, D) array
        Checked; nan in gaps.
    columns : tuple of str
    settings : FitSettings
    start : UserStart or None
    family : Family
    scaling : Scaling
    weights : (N,) array or None
        How often each row counts, where not once.
    positions : (N,) array of int
        Where the rows stand in the table they come from.
    n_rescues : int
        Most starts that are tried beyond those asked for, as long as none is sound.
    best_only : bool
        Whether nobody asks where the other starts end.
    """

    table: Array
    columns: tuple[str, ...]
    settings: FitSettings
    start: UserStart | None
    family: Family
    scaling: Scaling
    weights: Array | None = None
    positions: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    n_rescues: int = RESCUE_ROUNDS * len(RESCUES)
    best_only: bool = False

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
        return cls(table, columns, settings, start, family, scaling, weights)

    def check_columns(self) -> None:
        """Raise ``CollinearError`` where the family may tilt groups and a column follows exactly from others."""
        steadied = self.settings.reg_covar > 0 or self.settings.prior is not None
        if self.family.tilted and not steadied and not self.rows.gaps:
            check_collinear(self.rows.expect.rows, self.columns)

    @cached_property
    def rows(self) -> Scouting:
        """The rows, and those on which starts are tried."""
        return Scouting(self.table, self.scaling, self.weights, self.floor, self.settings.seed, self.start is None)

    # -- what bounds a fit ---------------------------------------------------------------------------------------

    @property
    def lone(self) -> bool:
        """Whether the user's start leaves nothing to chance."""
        return self.start is not None and self.start.complete

    @property
    def _certain(self) -> bool:
        """Whether all starts end in the same place."""
        alone = self.settings.n_components == 1 and not self.settings.noise and not self.rows.gaps
        return self.lone or alone

    @property
    def decided(self) -> bool:
        """Whether further starts can't change anything: all end in one place, or the rows are too few for any."""
        needed = self.settings.n_components * self.family.rows_needed(self.table.shape[1])
        return self._certain or len(self.table) < needed

    @property
    def floor(self) -> float:
        """Smallest variance in any direction, in the scaled space."""
        return max(self.settings.variance_floor, LEAST_FLOOR)

    @cached_property
    def maximise(self) -> Maximisation:
        """The M step."""
        table = self.rows.complete
        return m_step(self.settings, self.family, self.floor, table, self.scaling, self.start, self.weights)

    def jacobian(self, expect: Expectation) -> float:
        """What the scaling adds to a log-likelihood over the rows of ``expect``, to be taken off again."""
        return float(expect.column_weights @ np.log(self.scaling.scale))

    # -- the starts ----------------------------------------------------------------------------------------------

    def starts(self, watch: Watch | None) -> Iterator[Candidate]:
        """Where EM ends from the starts asked for; or where a glance leaves them, for a race to go on from."""
        run = self.scout_runs.glance if self.racing else self.scout_runs.end
        for index, rng in enumerate(self._streams(self._n_starts)):
            watcher = Watcher(watch, index, self._n_starts, self.jacobian(self.rows.expect_scouts))
            yield run(self.rows.expect_scouts, self._first(index, -1, rng), watcher)
            if watcher.stopped:
                return

    @property
    def racing(self) -> bool:
        """Whether starts that fall behind on a sample are left there."""
        return self.best_only and self._n_starts > 1 and self.rows.sampled is not None

    def raced(self, glanced: list[Candidate], watch: Watch | None) -> list[Candidate]:
        """What a race has become of starts: see ``Runs.raced``."""
        watcher = Watcher(watch, len(glanced) - 1, len(glanced), self.jacobian(self.rows.expect_scouts))
        return self.scout_runs.raced(self.rows.expect_scouts, glanced, watcher)

    def rescues(self, watch: Watch | None) -> Iterator[Candidate]:
        """Further starts where none is sound: until as many are as were asked for, or a round holds a sound one."""
        n_most = self._n_starts + (0 if self.decided else self.n_rescues)
        n_sound = 0
        for rescue, rng in enumerate(self._streams(n_most)[self._n_starts :]):
            if n_sound >= self._n_starts or (n_sound and rescue % len(RESCUES) == 0):
                return
            index = self._n_starts + rescue
            watcher = Watcher(watch, index, n_most, self.jacobian(self.rows.expect_scouts))
            candidate = self.rescued(index, rescue, rng, watcher)
            n_sound += candidate.verdict.sound
            yield candidate
            if watcher.stopped:
                return

    def rescued(self, index: int, rescue: int, rng: np.random.Generator, watcher: Watcher) -> Candidate:
        """Where start ``index`` ends, which is a rescue, made by way ``rescue`` of all ``RESCUES``, over and over."""
        first = self._first(index, rescue, rng)
        return self.scout_runs.rescued(self.rows.expect_scouts, first, rng, watcher)

    @property
    def _n_starts(self) -> int:
        return 1 if self._certain else self.settings.n_init

    def _streams(self, n: int) -> list[np.random.Generator]:
        """A generator for each start; the first are the same however many there are."""
        return [np.random.default_rng(seed) for seed in np.random.SeedSequence(self.settings.seed).spawn(n)]

    def _first(self, index: int, rescue: int, rng: np.random.Generator) -> Parameters:
        """Where start ``index`` begins; every other one looks for its groups in a sphered space."""
        sphere = self.family.tilted and index % 2 == 0
        seeds = Seeds(self.settings.init_params, self.settings.n_components, self.floor, sphere)
        if rescue < 0:
            return self._seeded(seeds, rng)
        way, floor = RESCUES[rescue % len(RESCUES)]
        seeds = replace(seeds, init_params=way, floor=max(floor, self.floor))
        first = self._seeded(seeds, rng)
        if floor <= self.floor:
            return first
        raised = run_em(self.rows.expect_scouts, first, replace(self.maximise, floor=seeds.floor), CAUTIOUS).parameters
        return self.maximise(self.rows.expect_scouts(raised), raised.means)  # what was raised may not be of the family

    def _seeded(self, seeds: Seeds, rng: np.random.Generator) -> Parameters:
        """The end of the likeliest of a few short runs, each from a seeding of its own.

        Source: Biernacki, Celeux and Govaert (2003), Choosing starting values for the EM algorithm, CSDA 41.
        """
        if self._certain:
            return self.one_seeded(seeds, rng)
        ways = [seeds, replace(seeds, init_params="random_from_data")] * (SHORT_RUNS // 2)
        starts = [self.one_seeded(way, rng) for way in ways]
        maximise = replace(self.maximise, floor=seeds.floor)
        runs = [run_em(self.rows.expect_short, start, maximise, SHORT) for start in starts]
        return max(runs, key=lambda run: run.objective).parameters

    def one_seeded(self, seeds: Seeds, rng: np.random.Generator) -> Parameters:
        """Parameters from one seeding, as the user's start and the noise have it."""
        rows, weights, noise_share = self.rows.complete_scouts, self.rows.scout_weights, 0.0
        if self.settings.noise:
            rows, noise_share = without_noise(sample_rows(rows, SEEDING_ROWS, rng, weights), self.scaling)
            weights = None
            if self.start is not None and self.start.noise_weight is not None:
                noise_share = self.start.noise_weight
        if self.start is None:
            first = seeded(rows, self.scaling, self.family, seeds, rng, weights)
        else:
            own = self.rows.complete_scouts, self.scaling, self.family
            first = from_user(*own, seeds, self.start, rng, self.rows.scout_weights)
        return self.maximise.holding(first, noise_share)

    # -- from a start to its end ---------------------------------------------------------------------------------

    @cached_property
    def scout_runs(self) -> Runs:
        """How starts go on to their ends: less exactly where they are tried on a sample."""
        tol = self.settings.tol if self.rows.sampled is None else max(self.settings.tol, SCOUT_TOL)
        return Runs(replace(self.settings, tol=tol), self.maximise, self.lone)
