"""Peak memory of a whole fit beside the table itself, ours and scikit-learn's, printed side by side.

Run by hand from the root of the clone: ``python -m tests.benchmarks.memory`` (a minute; Linux). Each fit runs in
a process of its own, which loads the same saved table, notes its memory, fits, and reports how far the peak rose above
that. Both sides stop after the same few iterations, since more of them need no more memory.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

Fit = Callable[[np.ndarray], object]


def our_fit(n_components: int, family: str, n_iterations: int) -> Fit:
    """``fit_mixture`` with its default number of starts."""
    from gmm_core.model.fitting import fit_mixture
    from gmm_core.model.settings import FitSettings

    settings = FitSettings(n_components, family, max_iter=n_iterations, tol=0.0)
    return lambda x: fit_mixture(x, settings)


def their_fit(n_components: int, family: str, n_iterations: int) -> Fit:
    """scikit-learn's fit with its defaults: one start, from k-means."""
    import warnings

    from sklearn.mixture import GaussianMixture

    warnings.simplefilter("ignore")  # that it has not converged, which nobody asked for
    model = GaussianMixture(n_components, covariance_type=family, max_iter=n_iterations, tol=0.0, random_state=0)
    return model.fit


SIDES = {"ours": our_fit, "scikit-learn": their_fit}


def memory_kib(field: str, process: int | str = "self") -> int:
    """A field of a process's status in KiB: VmRSS is what it holds, VmHWM the most it has held."""
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith(field))
    return int(line.split()[1])


def measure(path: str, fit: Fit) -> dict[str, float]:
    """Extra memory in MB and seconds of a fit to the saved table."""
    x = np.load(path)
    before, began = memory_kib("VmRSS"), time.perf_counter()
    fit(x)
    return {"extra": (memory_kib("VmHWM") - before) * 1024 / 1e6, "seconds": time.perf_counter() - began}


def save_table(path: Path, n_rows: int, n_features: int, n_components: int) -> None:
    """Rows of overlapping groups of different sizes and widths."""
    rng = np.random.default_rng(0)
    centres, widths = 3 * rng.normal(size=(n_components, n_features)), rng.uniform(0.7, 1.5, n_components)
    labels = rng.choice(n_components, n_rows, p=rng.dirichlet(np.full(n_components, 5.0)))
    np.save(path, centres[labels] + widths[labels, None] * rng.normal(size=(n_rows, n_features)))


def in_fresh_process(side: str, path: Path, options: argparse.Namespace) -> dict[str, float]:
    """The measurement of one side."""
    sizes = {name: getattr(options, name) for name in ("components", "family", "iterations")}
    given = [f"--{name}={value}" for name, value in {"side": side, "table": path, **sizes}.items()]
    command = [sys.executable, "-m", "tests.benchmarks.memory", *given]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """What to run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--features", type=int, default=10)
    parser.add_argument("--components", type=int, default=10)
    parser.add_argument("--family", default="full")
    parser.add_argument("--iterations", type=int, default=10)
    parser.add_argument("--side", choices=list(SIDES), help="measure this side in this process, on a saved table")
    parser.add_argument("--table", help="path of the saved table")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> None:
    """Print the table, or, in the process of one side, its numbers."""
    options = read_options(arguments)
    if options.side:
        fit = SIDES[options.side](options.components, options.family, options.iterations)
        print(json.dumps(measure(options.table, fit)))
        return
    size = 8 * options.rows * options.features / 1e6
    print(f"{options.rows:,} x {options.features} ({size:.0f} MB), K = {options.components}, {options.family}\n")
    print("| side | extra memory at the peak, MB | seconds |\n|:---|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.npy"
        save_table(path, options.rows, options.features, options.components)
        for side in SIDES:
            found = in_fresh_process(side, path, options)
            print(f"| {side} | {found['extra']:.0f} | {found['seconds']:.1f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
