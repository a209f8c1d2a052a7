"""Groups, or one population that is skewed?"""

import numpy as np
import pytest

from gmm_core.errors import SettingsError
from gmm_core.model.choice.one_population import OnePopulation, against_one_population
from gmm_core.model.choice.powers import LEAST_POWER, Power, best_power
from gmm_core.model.choice.skewed_population import skewed_population
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.sample import Sample
from gmm_core.model.settings import FitSettings
from tests.model.drawing import with_gaps
from tests.model.reference_data import faithful

TWO = FitSettings(n_init=2)
GENERATOR = np.random.default_rng(4)
SKEWED = np.exp(GENERATOR.normal(size=(200, 2)) * [0.8, 0.5])
NORMAL = GENERATOR.normal(size=(200, 2))


def asked(X, settings=TWO, **more):
    """The answer for a table."""
    return against_one_population(fit_mixture(X, settings, **more), X, settings, **more)


@pytest.mark.parametrize(
    ("X", "kind"),
    [
        (faithful(), "several"),
        (NORMAL, "one"),
        (SKEWED, "skewed one"),
        (-SKEWED, "skewed one"),
        (np.exp(np.concatenate([NORMAL[:100], NORMAL[100:] + 6])), "several skewed"),
    ],
    ids=["Old Faithful", "normal", "lognormal", "lognormal upside down", "two lognormal"],
)
def test_it_tells_groups_from_skew(X, kind):
    assert asked(X).kind == kind


@pytest.mark.parametrize(
    ("bics", "kind"),
    [
        ((100, 100, 120, 107), "several"),
        ((105, 100, 120, 107), "several"),
        ((120, 100, 120, 107), "several skewed"),
        ((106, 100, 120, 107), "several skewed"),
        ((100, 100, 120, 105), "open"),
        ((110, 111, 100, 100), "one"),
        ((110, 109, 108, 100), "skewed one"),
    ],
)
def test_an_answer_is_firm_from_a_difference_of_six(bics, kind):
    assert OnePopulation(*bics, powers=(None,)).kind == kind


def test_units_change_no_difference():
    first, second = asked(SKEWED), asked(SKEWED * [1e6, 1e-6] - [3.0, 5e3])
    assert first.skewed - first.groups == pytest.approx(second.skewed - second.groups, abs=0.5)
    assert first.one - first.groups == pytest.approx(second.one - second.groups, abs=1e-4)


def test_the_likelihood_on_the_tables_scale_is_a_density():
    x = np.exp(np.random.default_rng(0).normal(size=(400, 1)))
    found = skewed_population(Sample.of(x, None))
    (power,) = found.powers
    grid = np.linspace(power.origin, 300, 400_001)[1:]
    t, log_slopes = power.apply(grid)
    density = np.exp(found.gaussian.mixture.log_density(t[:, None]) + log_slopes)
    assert np.trapezoid(density, grid) == pytest.approx(1.0, abs=0.01)
    at = np.interp(x[:, 0], grid, density)
    assert np.log(at).sum() == pytest.approx(found.log_likelihood, rel=1e-3)


@pytest.mark.parametrize("power", [Power(-1.0, 2.0, 0.0, 1), Power(9.0, 0.5, 0.4, -1), Power(-1.0, 1.0, -0.5, 1)])
def test_a_power_is_undone(power):
    x = np.linspace(0.0, 8.0, 9)
    t, log_slopes = power.apply(x)
    np.testing.assert_allclose(power.undo(t), x, atol=1e-12)
    step = 1e-6
    slopes = (power.apply(x + step)[0] - power.apply(x - step)[0]) / (2 * step)
    np.testing.assert_allclose(np.exp(log_slopes), slopes, rtol=1e-6)
    assert (np.diff(t) > 0).all()


def test_what_no_power_leads_to_is_not_a_number_and_never_drawn():
    assert np.isnan(Power(0.0, 1.0, -1.0, 1).undo(np.array([2.0])))[0]
    found = skewed_population(Sample.of(SKEWED[:, :1] ** -2.0, None))
    drawn = found.sample(2_000, np.random.default_rng(0))
    assert np.isfinite(drawn).all()
    assert (drawn > found.powers[0].origin).all()


def test_the_best_power_is_that_of_a_grid_search():
    z = np.random.default_rng(2).gamma(2.0, size=150)
    z = (z - z.mean()) / z.std()
    power, gain = best_power(z, np.ones(150))

    def gain_of(p, shift):
        u = z - z.min() + shift
        t = np.log(u) if p == 0 else (u**p - 1) / p
        return (p - 1) * np.log(u).sum() - 75 * np.log(t.var()) + 75 * np.log(z.var())

    grid = [gain_of(p, shift) for p in np.linspace(LEAST_POWER, 1, 41) for shift in np.geomspace(0.05, 20, 41)]
    assert gain >= max(grid) - 1e-6
    assert gain == pytest.approx(gain_of(power.power, z.min() - power.origin), abs=1e-6)


def test_weights_count_rows_and_gaps_are_left_out():
    rows = Sample.of(SKEWED.repeat(2, axis=0), None)
    weighted = Sample.of(SKEWED, np.full(200, 2.0))
    assert skewed_population(weighted).log_likelihood == pytest.approx(skewed_population(rows).log_likelihood, rel=1e-4)
    X = with_gaps(np.random.default_rng(0), SKEWED)
    assert asked(X, FitSettings(n_init=2, missing_values="em")).kind == "skewed one"


def test_the_fit_of_skewed_groups_can_be_stopped():
    X = np.random.default_rng(5).lognormal(size=(80, 1))
    fit, seen = fit_mixture(X, TWO), []
    whole = against_one_population(fit, X, TWO, watch=lambda progress: bool(seen.append(progress)) or True)
    assert whole == against_one_population(fit, X, TWO)
    n_passes = len(seen)
    against_one_population(fit, X, TWO, watch=lambda progress: bool(seen.append(progress)))
    assert len(seen) - n_passes < n_passes / 2


def test_one_group_is_nothing_to_set_against_one_population():
    one = FitSettings(1)
    with pytest.raises(SettingsError, match="The fit has one group only"):
        asked(NORMAL, one)
