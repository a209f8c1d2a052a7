"""Components that hold scattered rows, and wide groups that are groups."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_core import EXAMPLES, FitSettings, fit_mixture, load_example
from gmm_core.model.mixture import Mixture
from gmm_core.model.scattered import Scattered, scattered

CENTRES = np.array([[0.0, 0.0], [6.0, 0.0], [3.0, 6.0]])


def mixture(centre, spread, share=0.04):
    """Three round groups of spread 0.5, and one more."""
    weights = np.append(np.full(3, (1 - share) / 3), share)
    spreads = np.array([0.5, 0.5, 0.5, spread])
    return Mixture(weights, np.vstack([CENTRES, centre]), spreads[:, None, None] ** 2 * np.eye(2), "full")


@pytest.mark.parametrize(
    ("made", "named"),
    [
        (mixture((3.0, 2.0), 5.0), True),
        (mixture((3.0, 2.0), 1.4), False),
        (mixture((30.0, 30.0), 5.0), False),
        (mixture((3.0, 2.0), 5.0, share=0.2), False),
        (mixture((3.0, 2.0), 5.0, share=1e-9), True),
    ],
    ids=["few, wide and around", "hardly wider", "apart", "many", "next to none"],
)
def test_few_rows_far_wider_than_the_groups_that_they_lie_around_are_scattered(made, named):
    assert [each.component for each in scattered(made)] == [3] * named


def test_how_many_times_as_wide_is_a_ratio_of_spreads_in_any_units():
    made = mixture((3.0, 2.0), 5.0)
    assert scattered(made) == (Scattered(3, pytest.approx(10.0)),)
    units = np.array([[1e6, 0.0], [2e-3, 1e-5]])
    other = replace(made, means=made.means @ units.T, covariances=units @ made.covariances @ units.T)
    assert scattered(other) == (Scattered(3, pytest.approx(10.0)),)


def test_two_that_are_scattered_do_not_hide_each_other():
    one = mixture((3.0, 2.0), 5.0)
    weights = np.append(one.weights * 0.95, 0.05)
    both = replace(
        one,
        weights=weights,
        means=np.vstack([one.means, (2.0, 3.0)]),
        covariances=np.concatenate([one.covariances, 36.0 * np.eye(2)[None]]),
    )
    assert [each.component for each in scattered(both)] == [3, 4]


def test_one_group_and_many_small_ones_are_not_scattered():
    assert scattered(Mixture(np.ones(1), np.zeros((1, 2)), np.eye(2)[None], "full")) == ()
    many = Mixture(np.full(12, 1 / 12), np.zeros((12, 1)), np.arange(1.0, 13.0)[:, None, None] ** 4, "full")
    assert scattered(many) == ()


def test_of_the_examples_only_the_faulty_sensors_are_scattered():
    readings = load_example("sensor-readings")[list(EXAMPLES["sensor-readings"].columns)]
    fit = fit_mixture(readings, FitSettings(n_components=4, n_init=10))
    (found,) = scattered(fit.mixture)
    assert fit.mixture.weights[found.component] < 0.02
    for name in ("old-faithful", "penguins", "iris", "galaxies", "simulator"):
        example = EXAMPLES[name]
        rows = load_example(name)[list(example.columns)].dropna()
        assert not scattered(fit_mixture(rows, FitSettings(n_components=example.n_components, n_init=2)).mixture), name
