"""Time and inertia of k-means, ours against scikit-learn's, printed as a Markdown table.

Run by hand from the root of the clone: ``python -m tests.benchmarks.kmeans`` (a few minutes), or with ``--rows 10000
--clusters 9``. The rows are drawn around K centres, far apart or so near that groups overlap. Both sides start once and
ten times, with their defaults otherwise: ours goes on for longer, until the centres stay. They take turns and the best
time of each stands, since whatever else runs on the machine can only add to it. "One pass" is Lloyd's from the same
centres over all rows: the time of ten passes and of what comes before them, divided by ten.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np
from sklearn.cluster import KMeans

from gmm_core.model.choice.kmeans import k_means
from gmm_core.model.em.lloyd import in_blocks, lloyd
from gmm_core.model.threads import one_blas_thread

DISTANCES = {"apart": 3.0, "overlapping": 1.0}
"""Standard deviation of the centres, in those of the groups."""

PASSES = 10


def best_of(turns: int, *sides: Callable[[], float]) -> list[tuple[float, float]]:
    """Least seconds of each side, which take turns, and what it gave the last time."""
    seconds, values = [np.inf] * len(sides), [0.0] * len(sides)
    for _ in range(turns):
        for i, side in enumerate(sides):
            began = time.perf_counter()
            values[i] = side()
            seconds[i] = min(seconds[i], time.perf_counter() - began)
    return list(zip(seconds, values, strict=True))


def whole(X: np.ndarray, k: int, n_init: int, turns: int) -> list[tuple[float, float]]:
    """A call with its own starts: ours, theirs; the values are inertias."""
    return best_of(
        turns,
        lambda: k_means(X, k, n_init=n_init).inertia,
        lambda: float(KMeans(k, n_init=n_init, random_state=0).fit(X).inertia_),
    )


def one_pass(X: np.ndarray, k: int, turns: int) -> list[tuple[float, float]]:
    """Lloyd's passes from the same centres; the values are the passes taken."""
    start = X[:k].copy()

    def ours() -> float:
        with one_blas_thread():
            return lloyd(in_blocks(X), start, PASSES).n_iterations

    def theirs() -> float:
        return float(KMeans(k, init=start, n_init=1, max_iter=PASSES, tol=0).fit(X).n_iter_)

    return [(seconds / passes, passes) for seconds, passes in best_of(turns, ours, theirs)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--features", type=int, default=5)
    parser.add_argument("--clusters", type=int, default=5)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    k = options.clusters
    print("| groups | what | ours, s | scikit-learn, s | times faster | inertia, ours / theirs - 1 |")
    print("|---|---|---|---|---|---|")
    for name, distance in DISTANCES.items():
        rng = np.random.default_rng(0)
        centres = rng.normal(scale=distance, size=(k, options.features))
        X = centres[rng.integers(k, size=options.rows)] + rng.normal(size=(options.rows, options.features))
        for n_init in (1, 10):
            (ours, mine), (theirs, other) = whole(X, k, n_init, options.turns)
            timed = f"{ours:.3f} | {theirs:.3f} | {theirs / ours:.1f} | {mine / other - 1:+.1e}"
            print(f"| {name} | {n_init} start(s) | {timed} |", flush=True)
        (ours, _), (theirs, _) = one_pass(X, k, options.turns)
        print(f"| {name} | one pass | {ours:.4f} | {theirs:.4f} | {theirs / ours:.1f} | |", flush=True)


if __name__ == "__main__":
    main()
