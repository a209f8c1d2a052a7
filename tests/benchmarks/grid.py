"""Time of whole grids of K by family, ours against scikit-learn's and mclust's, printed as Markdown tables.

Run by hand from the root of the clone, on an idle machine: ``python -m tests.benchmarks.grid`` (hours, nearly all of
them scikit-learn's), or with ``--rows 20000 --most 5`` (minutes).

The first table is K = 1 to 9 by scikit-learn's four families with 5 starts each on 100,000 rows of 5 columns, drawn
from 5 overlapping groups. scikit-learn has its defaults, at the threading that fits the middle of the grid faster.
Beside the times stand those of the processor, summed over cores, which other work on the machine disturbs less, and the
smallest difference of the log-likelihoods, ours less scikit-learn's, over the cells.

The second is all fourteen families by K = 1 to 9 on Old Faithful, with 5 starts each and with 1; mclust's time stands
beside it where R is at hand, with mclust's one hierarchical start.
"""

import argparse
import shutil
import subprocess
import time
import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

import numpy as np
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_limits

from gmm_core import compare_models, load_example
from gmm_core.model.choice.comparison import Comparison
from gmm_core.model.em.forms import Array
from gmm_core.model.families import COMMON, FAMILIES
from tests.benchmarks.em import overlapping_groups

N_FEATURES, N_GROUPS, N_INIT = 5, 5, 5
MCLUST = "suppressMessages(library(mclust)); cat(system.time(mclustBIC(faithful, 1:9, verbose = FALSE))[['elapsed']])"


def clocks() -> Array:
    """Seconds on the wall, and of the processor."""
    return np.array([time.perf_counter(), time.process_time()])


def theirs(x: Array, k: int, family: str, one_thread: bool) -> tuple[Array, float]:
    """Times and log-likelihood of scikit-learn's fit."""
    limits: AbstractContextManager[object] = threadpool_limits(1) if one_thread else nullcontext()
    with limits, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it has not converged, which its defaults often leave it
        began = clocks()
        model = GaussianMixture(k, covariance_type=family, n_init=N_INIT, random_state=0).fit(x)
        times = clocks() - began
    return times, model.score(x) * len(x)


def ours(x: object, counts: range, families: Sequence[str], n_init: int) -> tuple[Array, Comparison]:
    """Times and cells of our grid."""
    began = clocks()
    compared = compare_models(x, counts, families, n_init=n_init, random_state=0)
    return clocks() - began, compared


def against_scikit_learn(n_rows: int, most: int, families: Sequence[str]) -> None:
    """Print the first table, a line a family."""
    rng = np.random.default_rng(0)
    x, _ = overlapping_groups(N_FEATURES, N_GROUPS, rng).sample(n_rows, rng)
    counts, middle = range(1, most + 1), (most + 1) // 2
    one_thread = theirs(x, middle, "full", True)[0][0] < theirs(x, middle, "full", False)[0][0]
    print(f"{n_rows} rows, K = 1 to {most}; scikit-learn with {'one BLAS thread' if one_thread else 'all its threads'}")
    print("\n| family | scikit-learn, s | ours, s | ratio | processor, s | ours, s | ratio | log-likelihood |")
    print("|---|---|---|---|---|---|---|---|")
    totals = np.zeros((2, 2))
    for family in families:
        own, compared = ours(x, counts, [family], N_INIT)
        found = [theirs(x, k, family, one_thread) for k in counts]
        least = min(cell.log_likelihood - level for cell, (_, level) in zip(compared.cells, found, strict=True))
        times = np.array([sum(each for each, _ in found), own])
        print(line(family, times, f"{least:+.3f}"), flush=True)
        totals += times
    print(line("all", totals, ""), flush=True)


def line(name: str, times: Array, last: str) -> str:
    """A line of the first table: ``times`` (2, 2) are scikit-learn's and ours, on the wall and of the processor."""
    cells = [f"{a:.1f} | {b:.1f} | {a / b:.1f}" for a, b in times.T]
    return f"| {name} | {' | '.join(cells)} | {last} |"


def against_mclust() -> None:
    """Print the second table."""
    print("\n| Old Faithful, all families, K = 1 to 9 | s | processor, s | sound cells |\n|---|---|---|---|")
    for n_init in (5, 1):
        (wall, processor), compared = ours(load_example("old-faithful"), range(1, 10), tuple(FAMILIES), n_init)
        n_sound = sum(cell.sound for cell in compared.cells)
        print(f"| ours, n_init = {n_init} | {wall:.1f} | {processor:.1f} | {n_sound} of 126 |", flush=True)
    if shutil.which("Rscript"):
        found = subprocess.run(["Rscript", "-e", MCLUST], capture_output=True, text=True, check=True)
        print(f"| mclust | {float(found.stdout):.1f} | | |")
    else:
        print("| mclust | no R here | | |")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--most", type=int, default=9, help="largest K of the first table")
    parser.add_argument("--families", nargs="+", choices=COMMON, default=COMMON, help="of the first table")
    parser.add_argument("--only", choices=("scikit-learn", "mclust"), help="print one table only")
    chosen = parser.parse_args()
    if chosen.only != "mclust":
        against_scikit_learn(chosen.rows, chosen.most, chosen.families)
    if chosen.only != "scikit-learn":
        against_mclust()


if __name__ == "__main__":
    main()
