"""Parametric bootstrap tests: how often chance alone gives as much as the data do.

Twice the rise in log-likelihood from K to K + 1 groups does not follow the chi-square distribution that it has between
other models: where K groups are enough, the parameters of one more are not defined. So tables are drawn from the
fitted K groups, and both models are fitted to each of them.

Sources: McLachlan (1987), On bootstrapping the likelihood ratio test statistic for the number of components in a normal
mixture, Applied Statistics 36, 318-324; McLachlan and Peel (2000), Finite Mixture Models, section 6.6.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from gmm_core.errors import DataError, NoSoundSolutionError, SettingsError
from gmm_core.model.checking import as_table, check_whole
from gmm_core.model.choice.refitting import TO_GAIN, less_precise, likeliest, start_at
from gmm_core.model.choice.replicates import gather
from gmm_core.model.em.forms import Array
from gmm_core.model.fit import Fit
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.sample import check_weights
from gmm_core.model.settings import FitSettings
from gmm_core.model.watching import Stopping, Watch

MOST_DRAWN = 10_000_000
"""Most rows of a replicate: row weights are counts, and a replicate has as many rows as they count."""

N_SEEDED = 2
"""Starts of the program's own for K + 1 groups, beside those from K groups split. With 5 such starts
the mean statistic of 30 replicates rose by 1.2, 0.2 and 0.5 (Old Faithful with K = 1 and 2, iris with K = 2), at up to
twice the time (measured)."""


@dataclass(frozen=True, eq=False)
class BootstrapTest:
    """A statistic of the data beside those of tables drawn under the null hypothesis; large ones speak against it.

    Attributes
    ----------
    statistic : float
    n_replicates : int
        As many were asked for.
    enough : int or None
        The test ends once so many replicates reach the statistic.
    replicates : (B,) array
        The statistics of those done.
    n_failed : int
        Replicates without a sound solution; they are left out.
    """

    statistic: float
    n_replicates: int
    enough: int | None = None
    replicates: Array = field(default_factory=lambda: np.empty(0))
    n_failed: int = 0

    @property
    def n_reached(self) -> int:
        """Replicates with a statistic as large as that of the data."""
        return int((self.replicates >= self.statistic).sum())

    @property
    def settled(self) -> bool:
        """Whether ``enough`` replicates reach the statistic."""
        return self.enough is not None and self.n_reached >= self.enough

    @property
    def p_value(self) -> float:
        """(1 + replicates that reach the statistic) / (1 + replicates); where ``enough`` do, ``enough`` / replicates.

        Source: Besag and Clifford (1991), Sequential Monte Carlo p-values, Biometrika 78, 301-304.
        """
        if self.settled:
            return self.n_reached / len(self.replicates)
        return (1 + self.n_reached) / (1 + len(self.replicates))

    @property
    def share_done(self) -> float:
        """Replicates done, of those asked for."""
        return (len(self.replicates) + self.n_failed) / self.n_replicates


@dataclass(frozen=True, eq=False)
class RatioTest(BootstrapTest):
    """The test of K groups, ``n_components``, against K + 1: twice the rise of the log-likelihood.

    ``unsound`` says why K + 1 groups have no sound solution for the data: then there is no statistic (nan) and no test,
    as where it was stopped before the data were fitted.
    """

    n_components: int = 1
    unsound: str = ""

    @property
    def n_negative(self) -> int:
        """Replicates whose search missed the larger model's best solution: its likelihood is never below.

        But with a prior or equal weights it may be.
        """
        return int((self.replicates < -2 * TO_GAIN).sum())


Test = TypeVar("Test", bound=BootstrapTest)
WatchTest = Callable[[Test], bool]
"""Given the test as far as it is, at every pass over the rows of the data or a replicate; False ends it there."""


def likelihood_ratio_test(
    X: object,
    settings: FitSettings,
    n_replicates: int = 99,
    watch: WatchTest[RatioTest] | None = None,
    weights: object = None,
    enough: int | None = None,
    fit: Fit | None = None,
) -> RatioTest:
    """Test K = ``settings.n_components`` groups against K + 1, on the rows of ``X`` (N, D).

    Gaps stay where they are in the table. Row ``weights`` (N,) are counts. With a prior, the likelihoods are those at
    the maximum a posteriori; then, and with equal weights, the larger model need not be the likelier one.

    K + 1 groups start from a few starts of the program's own, and from the K found with one of them parted; for the
    data and for the replicates alike, so that neither has the better chance to find more. Replicates of K groups start
    from the parameters that they were drawn with, and where K is above 1 once more.

    Parameters
    ----------
    enough : int, optional
        End once so many replicates reach the statistic; 10 are enough to see that a p-value is large.
    fit : Fit, optional
        The fit of K groups, where it is known already.

    Raises
    ------
    SettingsError
        For numbers of replicates without meaning, or where means or weights are fixed.
    DataError, NoSoundSolutionError
        Where K groups cannot be fitted to the data; see ``fit_mixture``. Where K + 1 cannot, the result says so.
    """
    _check(settings, n_replicates, enough)
    table, _ = as_table(X, gaps=settings.gaps)
    counts = check_weights(weights, len(table))
    one_more = replace(settings, n_components=settings.n_components + 1, n_init=N_SEEDED)
    check_counted(table, counts)
    test = RatioTest(np.nan, n_replicates, enough, n_components=settings.n_components)
    pulse = Stopping(None if watch is None else lambda progress: watch(test))
    null = fit or fit_mixture(X, settings, watch=pulse, weights=weights)
    try:
        larger = fit_mixture(X, one_more, watch=pulse, suggest=False, weights=weights, guides=[null.mixture])
    except (DataError, NoSoundSolutionError) as error:
        return test if pulse.stopped else replace(test, unsound=error.problem)
    if pulse.stopped:
        return test
    roughly = less_precise(settings, null)

    def statistic(rng: np.random.Generator, pulse: Watch) -> float:
        drawn = draw_like(table, counts, lambda n: null.mixture.sample(n, rng)[0])
        anew = replace(roughly, seed=int(rng.integers(2**31)))
        small = likeliest(drawn, anew, [start_at(null.mixture)], pulse, n_seeded=min(1, settings.n_components - 1))
        more = replace(one_more, tol=anew.tol, seed=anew.seed)
        return rise(small, fit_mixture(drawn, more, None, pulse, suggest=False, guides=[small.mixture], rescue=False))

    return run_test(replace(test, statistic=rise(null, larger)), statistic, settings.seed, watch)


def run_test(
    test: Test,
    statistic: Callable[[np.random.Generator, Watch], float],
    seed: int,
    watch: WatchTest[Test] | None = None,
) -> Test:
    """The test with its replicates, until it is settled or ``watch`` says that it is enough."""

    def go_on(so_far: Test) -> bool:
        return not so_far.settled and (watch is None or watch(so_far))

    return gather(test, statistic, _with, test.n_replicates, (seed,), go_on)


def _with(test: Test, value: float | None) -> Test:
    if value is None:
        return replace(test, n_failed=test.n_failed + 1)
    return replace(test, replicates=np.append(test.replicates, value))


def draw_like(table: Array, weights: Array | None, draw: Callable[[int], Array]) -> Array:
    """Rows from ``draw``: as many as the table (N, D) has, or its row ``weights`` (N,) count, and with its gaps."""
    n = len(table) if weights is None else round(float(weights.sum()))
    drawn = draw(n)
    if np.isnan(table).any():
        ends = np.cumsum(np.ones(len(table)) if weights is None else weights)
        like = np.searchsorted(ends[:-1], (np.arange(n) + 0.5) * (ends[-1] / n), side="right")
        drawn[np.isnan(table[like])] = np.nan
    return drawn


def check_counted(table: Array, weights: Array | None) -> None:
    """Raise ``DataError`` where the row ``weights`` (N,) of the table (N, D) count no row, or too many to draw."""
    total = len(table) if weights is None else float(weights.sum())
    if not 1 <= total <= MOST_DRAWN:
        problem = f"The row weights add up to {total:.3g}, and the test draws as many rows."
        raise DataError(problem, "Give weights that count rows.", value=total)


def rise(small: Fit, large: Fit) -> float:
    """Twice the rise in log-likelihood from one fit to another."""
    return 2 * (large.log_likelihood - small.log_likelihood)


def _check(settings: FitSettings, n_replicates: int, enough: int | None) -> None:
    check_whole("n_replicates", n_replicates, 1)
    if enough is not None:
        check_whole("enough", enough, 1)
    if settings.fixed:
        remedy = "Leave weights and means free for the test."
        raise SettingsError("A group more has no weight and no mean to be fixed at.", remedy, value=settings.fixed)
