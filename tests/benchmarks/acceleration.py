"""Passes over the data with and without acceleration, on mixtures whose groups overlap.

Both begin at the same start, drawn by k-means++ or from random rows. A run has arrived once it is within 1e-10 per row
of the limit that plain EM reaches in the end. Cases in which plain EM collapses or has not arrived after 30,000 passes
are left out; where the limits differ, both are better or worse by what the table says, and arrival is at their own.

Run it from the top folder: ``python -m tests.benchmarks.acceleration [--seeds 0 1 2] [--families full tied]``, with
``--noise`` for mixtures with a noise component: the sensor readings, and generated groups among evenly spread rows.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from gmm_core.examples import load_example
from gmm_core.model.em.acceleration import ACCELERATIONS
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.forms import Array
from gmm_core.model.em.loop import Control, Run, run_em
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.noise import data_region
from gmm_core.model.em.rows import Rows
from gmm_core.model.families import FAMILIES, get_family
from gmm_core.model.scaling import scaling_for
from gmm_core.model.starts import Seeds, seeded
from gmm_core.model.threads import one_blas_thread

TOL = 1e-10
MOST_PASSES = 30_000
FLOOR = 1e-8
N_ROWS = 500
NOISE_SHARE = 0.1
"""With which the noise begins, and of the generated rows with noise."""


@dataclass(frozen=True, eq=False)
class Case:
    """A table (N, D), K, a family, and the seed of the start."""

    name: str
    table: Array
    n_components: int
    family: str
    seed: int
    init_params: str
    noise: bool = False


@dataclass(frozen=True)
class Outcome:
    """Passes until both arrive and until their rules stop them, and how much higher the accelerated limit is."""

    case: Case
    plain: int
    fast: int
    plain_stop: int
    fast_stop: int
    higher: float

    @property
    def ratio(self) -> float:
        """Accelerated passes per plain one, until they arrive."""
        return self.fast / self.plain


def generated(n_features: int, distance: float, seed: int) -> Array:
    """Rows of three groups whose centres are about ``distance`` spreads apart."""
    rng = np.random.default_rng([n_features, int(10 * distance), seed])
    centres = rng.normal(size=(3, n_features)) * distance / np.sqrt(2 * n_features)
    factors = 0.5 * rng.normal(size=(3, n_features, n_features)) / np.sqrt(n_features) + np.eye(n_features)
    group = rng.choice(3, size=N_ROWS, p=[0.5, 0.3, 0.2])
    return centres[group] + np.einsum("nij,nj->ni", factors[group], rng.normal(size=(N_ROWS, n_features)))


def tables(seed: int) -> Iterator[tuple[str, Array, int]]:
    """Name, rows and K of each data set."""
    faithful = load_example("old-faithful").to_numpy(dtype=float)
    galaxies = load_example("galaxies").to_numpy(dtype=float)
    yield "Old Faithful, eruptions", faithful[:, :1], 3
    yield "Old Faithful", faithful, 3
    for n_components in (4, 5, 6):
        yield "galaxies", galaxies, n_components
    for n_features in (1, 2, 5):
        for distance in (1.5, 2.5):
            yield f"generated, D = {n_features}, {distance} apart", generated(n_features, distance, seed), 3


def tables_with_noise(seed: int) -> Iterator[tuple[str, Array, int]]:
    """Name, rows and K of each data set to be fitted with noise."""
    columns = ["temperature (°C)", "pressure (bar)"]
    yield "sensor readings", load_example("sensor-readings")[columns].to_numpy(dtype=float), 3
    for n_features, distance in ((1, 2.5), (2, 2.5), (5, 2.5)):
        rows = generated(n_features, distance, seed)
        odd = np.random.default_rng(seed).uniform(-6, 6, size=(int(NOISE_SHARE * N_ROWS), n_features))
        yield f"generated, D = {n_features}, {distance} apart", np.concatenate([rows, odd]), 3


def cases(seeds: Sequence[int], families: Sequence[str], noise: bool = False) -> Iterator[Case]:
    """Every table by every family, from two starts a seed."""
    for seed in seeds:
        for name, table, n_components in (tables_with_noise if noise else tables)(seed):
            for family in families:
                for init_params in ("k-means++", "random_from_data"):
                    yield Case(name, table, n_components, family, seed, init_params, noise)


def outcome_of(case: Case) -> Outcome | None:
    """Both runs of a case; None where plain EM collapses or does not arrive."""
    family = get_family(case.family)
    scaling = scaling_for(case.table, family.any_units)
    rng = np.random.default_rng(case.seed)
    region = data_region(scaling.to_z(case.table)) if case.noise else None
    expect, maximise = Expectation(Rows.scaled(case.table, scaling)), Maximisation(family, FLOOR, region=region)
    seeds = Seeds(case.init_params, case.n_components, FLOOR)
    start = maximise.holding(seeded(case.table, scaling, family, seeds, rng), NOISE_SHARE)

    def run(tol: float, acceleration: str | None) -> Run:
        return run_em(expect, start, maximise, Control(tol, MOST_PASSES, acceleration=acceleration))

    limits = run(TOL / 1e4, None), run(TOL / 1e4, _FASTEST)
    if limits[0].parameters.sharpness * FLOOR > 0.1 or not limits[0].converged:
        return None
    higher = limits[1].log_likelihood - limits[0].log_likelihood
    same = abs(higher) < 1e-6 * len(case.table)
    highest = max(limit.log_likelihood for limit in limits)
    arrived = [_arrival(limit, highest if same else limit.log_likelihood, len(case.table)) for limit in limits]
    stopped = [run(TOL, acceleration).n_iterations for acceleration in (None, _FASTEST)]
    return Outcome(case, arrived[0], arrived[1], stopped[0], stopped[1], higher)


_FASTEST = next(iter(ACCELERATIONS))


def _arrival(run: Run, limit: float, n_rows: int) -> int:
    return max(1, int(np.argmax(run.trace >= limit - TOL * n_rows)))


HEADER = """\
| data | K | family | start | plain passes | accelerated | ratio | until the rule stops | log-likelihood higher by |
|:---|---:|:---|:---|---:|---:|---:|---:|---:|"""


def table_line(outcome: Outcome) -> str:
    """A line of the Markdown table."""
    case, higher = outcome.case, outcome.higher
    start = f"{case.init_params}, {case.seed}"
    passes = f"| {outcome.plain} | {outcome.fast} | {outcome.ratio:.3f} | {outcome.plain_stop} / {outcome.fast_stop} "
    return f"| {case.name} | {case.n_components} | {case.family} | {start} {passes}| {higher:.1e} |"


def summary(outcomes: Sequence[Outcome]) -> str:
    """Geometric means, and how often the limits differ."""
    arrival = np.exp(np.mean([np.log(each.ratio) for each in outcomes]))
    stop = np.exp(np.mean([np.log(each.fast_stop / each.plain_stop) for each in outcomes]))
    higher = np.array([each.higher / len(each.case.table) for each in outcomes])
    return (
        f"{len(outcomes)} cases: geometric mean of the ratios {arrival:.3f} until arrival, {stop:.3f} until the rule "
        f"stops; another optimum in {(abs(higher) > 1e-6).sum()}, a lower one in {(higher < -1e-6).sum()}."
    )


def main(arguments: Sequence[str]) -> None:
    """Run the cases asked for, a line each as it is done."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--families", nargs="+", choices=list(FAMILIES), default=["full", "tied", "diag", "spherical"])
    parser.add_argument("--noise", action="store_true", help="mixtures with a noise component")
    options = parser.parse_args(arguments)
    print(HEADER)
    outcomes = []
    with one_blas_thread():
        for case in cases(options.seeds, options.families, options.noise):
            outcome = outcome_of(case)
            if outcome is not None:
                print(table_line(outcome), flush=True)
                outcomes.append(outcome)
    print(f"\n{summary(outcomes)}")


if __name__ == "__main__":
    main(sys.argv[1:])
