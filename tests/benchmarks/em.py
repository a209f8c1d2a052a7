"""Time of one EM iteration, ours against scikit-learn's own E and M steps, printed as a Markdown table.

Run by hand from the root of the clone, on an idle machine: ``python -m tests.benchmarks.em`` (about ten minutes), or
with ``--quick`` for small tables only, or with ``--rows 10000 --features 5 10 --components 5 --families full``.
``--families all --rows 100000 --features 10 --components 5`` times all fourteen families, each against our own full:
none should take twice as long. ``--families diag spherical --features 50`` shows that narrow families cost no more than
1.5 times what scikit-learn's do.

Each cell draws rows from a mixture of overlapping groups and gives both sides the parameters of that mixture, brought
to the cell's family. Ours is what a fit repeats: ``Expectation`` and ``Maximisation`` on one BLAS thread, as ``run_em``
does under ``fit_mixture``. scikit-learn's is ``_e_step`` and ``_m_step``, at its default threading and at one thread,
and the better of the two is what counts. The sides take turns, and the best time of each stands, since whatever else
runs on the machine can only add to it. Before that, the log-likelihoods of both are compared: they did the same work.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
from sklearn.mixture import GaussianMixture
from sklearn.mixture._gaussian_mixture import _compute_precision_cholesky
from threadpoolctl import threadpool_limits

from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Rows
from gmm_core.model.families import COMMON, FAMILIES, get_family
from gmm_core.model.mixture import Mixture
from gmm_core.model.scaling import scaling_for
from gmm_core.model.settings import FitSettings
from gmm_core.model.threads import one_blas_thread

ROWS = (300, 10_000, 100_000, 1_000_000)
FEATURES = (1, 2, 5, 10, 50)
COMPONENTS = (2, 5, 10)

COPIES = 6
"""Arrays of the table's size that a scikit-learn step may hold at a time: what has to fit in memory."""

Iterate = Callable[[int], None]
"""Runs that many iterations from the starting parameters."""


@dataclass(frozen=True)
class Cell:
    """One size and family."""

    n_rows: int
    n_features: int
    n_components: int
    family: str


@dataclass(frozen=True)
class Side:
    """A way to iterate, and the threading under which it does."""

    iterate: Iterate
    threading: Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Timing:
    """Seconds an iteration takes: ours, scikit-learn's at its default threading, and at one thread."""

    cell: Cell
    ours: float
    default: float
    single: float

    @property
    def ratio(self) -> float:
        """How many times faster ours is than the better of scikit-learn's two."""
        return min(self.default, self.single) / self.ours


# -- what is iterated ------------------------------------------------------------------------------------------------


def overlapping_groups(n_features: int, n_components: int, rng: np.random.Generator) -> Mixture:
    """A mixture whose groups differ in size, shape and direction and overlap with their neighbours."""
    weights = rng.dirichlet(np.full(n_components, 5.0))
    means = rng.normal(size=(n_components, n_features)) * 3.0 / n_features**0.25
    mixing = np.eye(n_features) + 0.4 * rng.normal(size=(n_components, n_features, n_features)) / n_features**0.5
    covariances = mixing @ mixing.transpose(0, 2, 1) * rng.uniform(0.5, 1.5, size=(n_components, 1, 1))
    return Mixture(weights, means, covariances, "full")


def of_family(mixture: Mixture, family: str) -> Mixture:
    """The mixture with its covariances replaced by the nearest that the family has: the start of both sides."""
    form, average = get_family(family).form, np.einsum("k,kij->ij", mixture.weights, mixture.covariances)
    covariances = np.broadcast_to(average, mixture.covariances.shape) if family == "tied" else mixture.covariances
    dense = form.to_dense(form.from_dense(covariances), mixture.n_components, mixture.n_features)
    return Mixture(mixture.weights, mixture.means, np.array(dense), family)


def our_iterations(x: np.ndarray, start: Mixture) -> tuple[Iterate, float]:
    """Our iterations on the rows ``x``, and the log-likelihood of a row at the start."""
    family = get_family(start.family)
    scaling = scaling_for(x, family.own_scales)
    family = family.measured_in(scaling.scale / scaling.scale.max())
    ridge = _ridge(x, start) / scaling.scale**2 if _ridge(x, start) else None
    maximise = Maximisation(family, FitSettings().variance_floor, ridge)
    expect = Expectation(Rows.scaled(x, scaling))
    z = start.rescaled(-scaling.centre / scaling.scale, 1 / scaling.scale)

    def first() -> Parameters:
        return Parameters.of(family.form, z.weights, z.means, family.form.from_dense(z.covariances))

    def iterate(n_iterations: int) -> None:
        parameters = first()
        for _ in range(n_iterations):
            parameters = maximise(expect(parameters), parameters.means, parameters.covariances)

    return iterate, expect(first()).log_likelihood / len(x) - float(np.log(scaling.scale).sum())


def their_iterations(x: np.ndarray, start: Mixture) -> tuple[Iterate, float]:
    """scikit-learn's iterations on the rows ``x``, and the log-likelihood of a row at the start."""
    model = GaussianMixture(start.n_components, covariance_type=start.family, reg_covar=_ridge(x, start))
    packed = np.array(get_family(start.family).form.from_dense(start.covariances))
    cholesky = _compute_precision_cholesky(packed, start.family)

    def begin() -> None:
        model.weights_, model.means_, model.covariances_ = start.weights, start.means, packed
        model.precisions_cholesky_ = cholesky

    def iterate(n_iterations: int) -> None:
        begin()
        for _ in range(n_iterations):
            _, log_resp = model._e_step(x)
            model._m_step(x, log_resp)

    begin()
    return iterate, float(model._e_step(x)[0])


def _ridge(x: np.ndarray, start: Mixture) -> float:
    """What both sides add to the variances: only where groups have too few rows for a matrix of full rank."""
    return 1e-6 if len(x) < 2 * start.n_components * start.n_features else 0.0


# -- timing ----------------------------------------------------------------------------------------------------------


def time_cell(x: np.ndarray, start: Mixture, budget: float) -> Timing:
    """Best times of the three sides, each given about ``budget`` seconds."""
    ours, our_level = our_iterations(x, start)
    theirs, their_level = their_iterations(x, start)
    assert np.isclose(our_level, their_level, rtol=1e-7), f"{our_level} and {their_level} should be equal"
    sides = [Side(ours, one_blas_thread), Side(theirs, nullcontext), Side(theirs, partial(threadpool_limits, 1))]
    cell = Cell(*x.shape, start.n_components, start.family)
    return Timing(cell, *best_times(sides, budget))


def best_times(sides: Sequence[Side], budget: float) -> list[float]:
    """Best seconds an iteration of each side, the sides taking turns: at least two turns each."""
    lengths = [_turn_length(side, budget) for side in sides]
    best, spent, n_turns = [np.inf] * len(sides), 0.0, 0
    while n_turns < 2 or spent < budget * len(sides):
        for i, side in enumerate(sides):
            seconds = _seconds(side, lengths[i])
            best[i] = min(best[i], seconds / lengths[i])
            spent += seconds
        n_turns += 1
    return best


def _turn_length(side: Side, budget: float) -> int:
    """Iterations that take about a tenth of the budget; finding out also warms up."""
    n_iterations, seconds = 1, _seconds(side, 1)
    while seconds < budget / 40:
        n_iterations *= 4
        seconds = _seconds(side, n_iterations)
    return max(1, round(n_iterations * budget / 10 / seconds))


def _seconds(side: Side, n_iterations: int) -> float:
    with side.threading():
        began = time.perf_counter()
        side.iterate(n_iterations)
        return time.perf_counter() - began


# -- the run ---------------------------------------------------------------------------------------------------------


def tables(options: argparse.Namespace) -> Iterator[tuple[np.ndarray, Mixture]]:
    """Rows of each size asked for that fit in memory, and the mixture they are from; the others are said to be
    skipped."""
    for n_rows, n_features, n_components in product(options.rows, options.features, options.components):
        if 8 * n_rows * n_features * COPIES > _free_bytes():
            print(f"skipped: {n_rows} x {n_features}, K = {n_components}: does not fit in memory", file=sys.stderr)
            continue
        rng = np.random.default_rng([n_rows, n_features, n_components])
        truth = overlapping_groups(n_features, n_components, rng)
        yield truth.sample(n_rows, rng)[0], truth


def timings(options: argparse.Namespace) -> Iterator[Timing]:
    """A timing for each size and family."""
    for x, truth in tables(options):
        for family in options.families:
            yield time_cell(x, of_family(truth, family), options.budget)


def _free_bytes() -> int:
    """Memory that is free or can be freed, from the kernel."""
    line = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemAvailable"))
    return 1024 * int(line.split()[1])


HEADER = """\
| rows | D | K | family | ours, ms | ns a row | scikit-learn, ms | at one thread, ms | times faster |
|---:|---:|---:|:---|---:|---:|---:|---:|---:|"""


AGAINST_FULL = """\
| rows | D | K | family | ms | times as long as full |
|---:|---:|---:|:---|---:|---:|"""


def lines_against_full(options: argparse.Namespace) -> Iterator[str]:
    """A line for each of the fourteen families: an iteration's time and that of full at the same rows, in turns."""
    for x, truth in tables(options):
        full, _ = our_iterations(x, truth)
        for family in FAMILIES.values():
            ours, _ = our_iterations(x, replace(truth, family=family.name))
            own, of_full = best_times([Side(ours, one_blas_thread), Side(full, one_blas_thread)], options.budget)
            size = f"| {len(x):,} | {x.shape[1]} | {truth.n_components} | {family.code} "
            yield f"{size}| {1e3 * own:.4g} | {own / of_full:.2f} |"


def table_line(timing: Timing) -> str:
    """A line of the Markdown table."""
    cell = timing.cell
    size = f"| {cell.n_rows:,} | {cell.n_features} | {cell.n_components} | {cell.family} "
    ours = f"| {1e3 * timing.ours:.4g} | {1e9 * timing.ours / cell.n_rows:.0f} "
    return size + ours + f"| {1e3 * timing.default:.4g} | {1e3 * timing.single:.4g} | {timing.ratio:.2f} |"


def summary(done: Sequence[Timing]) -> str:
    """Geometric mean and minimum of the ratios."""
    mean = float(np.exp(np.mean([np.log(timing.ratio) for timing in done])))
    slower = sum(timing.ratio < 1 for timing in done)
    least = min(done, key=lambda timing: timing.ratio)
    return (
        f"{len(done)} cells: geometric mean {mean:.2f}, minimum {least.ratio:.2f} at {least.cell}, "
        f"slower than scikit-learn in {slower}."
    )


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """What to run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS)
    parser.add_argument("--features", type=int, nargs="+", default=FEATURES)
    parser.add_argument("--components", type=int, nargs="+", default=COMPONENTS)
    parser.add_argument("--families", nargs="+", choices=[*COMMON, "all"], default=COMMON)
    parser.add_argument("--budget", type=float, default=0.3, help="seconds for each side of a cell")
    parser.add_argument("--quick", action="store_true", help="small tables only, with a small budget")
    options = parser.parse_args(arguments)
    if options.quick:
        options.rows, options.budget = [n for n in options.rows if n <= 10_000], options.budget / 4
    return options


def main(arguments: Sequence[str]) -> None:
    """Run the cells asked for, a line each as it is done."""
    options = read_options(arguments)
    if "all" in options.families:
        print(AGAINST_FULL)
        for line in lines_against_full(options):
            print(line, flush=True)
        return
    print(HEADER)
    done = []
    for timing in timings(options):
        print(table_line(timing), flush=True)
        done.append(timing)
    print(f"\n{summary(done)}")


if __name__ == "__main__":
    main(sys.argv[1:])
