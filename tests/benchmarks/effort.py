"""What the constants of ``pages/shared/effort.py`` should be, and how its predictions compare with fits.

Run by hand from the root of the clone: ``python -m tests.benchmarks.effort`` (two minutes). All times are those of the
processor, so that whatever else runs on the machine disturbs them little.
"""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from gmm_core import FitSettings, fit_mixture
from gmm_core.model.em.expectation import Expectation, seconds_of_pass
from gmm_core.model.em.forms import Array
from gmm_core.model.em.gaps import count_patterns, expectation_over
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Scaling
from gmm_core.model.families import FAMILIES, Family, get_family
from gmm_core.model.threads import one_blas_thread
from pages.shared.effort import PATTERN, ROW_WITH_GAPS, STEP, STEPS, predicted_seconds
from tests.benchmarks.em import overlapping_groups

SCREEN = FitSettings(4, n_init=5, tol=1e-8, missing_values="em")
SHAPES = ("full", "diag", "VEV")
CASES = [
    *((n_rows, 5, 0.0, replace(SCREEN, covariance_type=f)) for n_rows in (10_000, 100_000, 1_000_000) for f in SHAPES),
    *((10_000, 10, 0.025, replace(SCREEN, covariance_type=f)) for f in SHAPES),
    *((10_000, 20, 0.115, replace(SCREEN, covariance_type=f)) for f in SHAPES),
    (300, 2, 0.0, replace(SCREEN, covariance_type="EVE")),
    (10_000, 2, 0.0, replace(SCREEN, noise=True)),
    (10_000, 2, 0.0, replace(SCREEN, acceleration=None)),
]
"""Rows, columns, share of gaps, and settings."""


def table(n_rows: int, n_features: int, share: float, n_components: int = 4) -> tuple[Array, Parameters]:
    """Rows of overlapping groups with a share of gaps, and the groups."""
    rng = np.random.default_rng(0)
    groups = overlapping_groups(n_features, n_components, rng)
    x, _ = groups.sample(n_rows, rng)
    if share:
        x[rng.random(x.shape) < share] = np.nan
    form = get_family("full").form
    return x[~np.isnan(x).all(axis=1)], Parameters.of(form, groups.weights, groups.means, groups.covariances)


def expectation(x: Array) -> Expectation:
    """E steps on one core over unscaled rows."""
    expect = expectation_over(x, Scaling(np.zeros(x.shape[1]), np.ones(x.shape[1])))
    expect.n_threads = 1
    return expect


def took(work: Callable[[], object], n_times: int = 1) -> float:
    """Least processor time of a few rounds, in seconds."""
    best = np.inf
    for _ in range(4):
        began = time.process_time()
        for _ in range(n_times):
            work()
        best = min(best, (time.process_time() - began) / n_times)
    return best


def step_seconds(family: Family) -> float:
    """The M step of a family from the state after a few passes, K = 4 and D = 5."""
    x, full = table(2_000, 5, 0.0)
    form, expect, maximise = family.form, expectation(x), Maximisation(family, 1e-13)
    now = Parameters.of(form, full.weights, full.means, form.from_dense(full.covariances))
    for _ in range(5):
        now = maximise(expect(now), now.means, now.covariances)
    moments = expect(now)
    return took(lambda: maximise(moments, now.means, now.covariances), 20)


def gap_seconds(n_rows: int, n_features: int) -> tuple[float, int, int]:
    """How much longer a pass takes with gaps in a tenth of the cells than without; numbers of patterns and rows."""
    x, parameters = table(n_rows, n_features, 0.1)
    gappy, complete = expectation(x), expectation(np.nan_to_num(x))
    more = took(lambda: gappy(parameters), 2) - took(lambda: complete(parameters), 2)
    return more, count_patterns(x), len(x)


def main() -> None:
    """Print the constants found beside those in use, then predictions beside fits."""
    with one_blas_thread():
        for family in FAMILIES.values():
            used = STEPS.get(family.code, STEP)
            print(f"{family.code}: M step {step_seconds(family):.1e}, in use with all else of a pass {used:.1e}")
        more, n_patterns, _ = gap_seconds(20_000, 5)
        print(f"each pattern of many rows: {more / n_patterns:.1e}, in use {PATTERN:.1e}")
        more, _, n_rows = gap_seconds(10_000, 20)
        print(f"each row of thin patterns and group: {more / n_rows / 4:.1e}, in use {ROW_WITH_GAPS:.1e}")
        x, parameters = table(20_000, 5, 0.0)
        expect = expectation(x)
        ratio = seconds_of_pass(*x.shape[:1], 4, 5, parameters.form) / took(lambda: expect(parameters))
        print(f"seconds_of_pass over what a pass took: {ratio:.2f}")
    print("| rows | D | patterns | family | fit, s | predicted, s | ratio |\n|---:|---:|---:|:---|---:|---:|---:|")
    for n_rows, n_features, share, settings in CASES:
        x, _ = table(n_rows, n_features, share)
        began = time.process_time()
        fit_mixture(x, settings)
        spent, n_patterns = time.process_time() - began, count_patterns(x)
        predicted = predicted_seconds(len(x), n_features, [settings], n_patterns)
        name = settings.covariance_type + " noise" * bool(settings.noise) + " plain" * (settings.acceleration is None)
        size = f"| {n_rows:,} | {n_features} | {n_patterns:,} | {name} "
        print(f"{size}| {spent:.2f} | {predicted:.2f} | {predicted / spent:.2f} |", flush=True)


if __name__ == "__main__":
    main()
