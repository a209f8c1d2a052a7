"""Settings without meaning are refused before anything is computed."""

import numpy as np
import pytest

from gmm_core.errors import SettingsError
from gmm_core.model.em.priors import Prior
from gmm_core.model.em.seeding import SEEDINGS
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import FAMILIES
from gmm_core.model.settings import FitSettings

X = np.arange(10.0).reshape(5, 2) ** 2


@pytest.mark.parametrize("value", [0, -1, 2.0, 2.5, "2", "two", None, float("nan"), float("inf")])
@pytest.mark.parametrize("name", ["n_components", "n_init", "max_iter"])
def test_counts_must_be_whole_numbers_from_one_up(name, value):
    with pytest.raises(SettingsError, match=rf"{name} is .* whole number from 1 (up|to 1000000)") as error:
        GaussianMixture(**{name: value}).fit(X)
    assert error.value.value is value


@pytest.mark.parametrize("value", [-1e-9, 1e101, 10**400, "small", None, float("nan"), float("inf")])
@pytest.mark.parametrize("name", ["tol", "variance_floor", "reg_covar"])
def test_tolerances_and_floors_must_be_finite_and_not_negative(name, value):
    with pytest.raises(SettingsError, match=rf"{name} is .* a number from 0 to (1|1e\+100)\."):
        GaussianMixture(**{name: value}).fit(X)


def test_settings_with_a_prior_can_be_keys():
    first, second = (FitSettings(prior=Prior(mean=np.zeros(2)), fixed=("weights",), noise=True) for _ in range(2))
    assert {first: 1}[second] == 1


def test_an_unknown_family_way_of_starting_or_acceleration_is_refused():
    with pytest.raises(SettingsError, match="There is no covariance family 'oval'"):
        GaussianMixture(covariance_type="oval").fit(X)
    with pytest.raises(SettingsError, match="There is no start 'k-medoids'"):
        GaussianMixture(init_params="k-medoids").fit(X)
    with pytest.raises(SettingsError, match="There is no acceleration 'warp'"):
        GaussianMixture(acceleration="warp").fit(X)


@pytest.mark.parametrize("value", [5, None, ["full"], np.nan])
@pytest.mark.parametrize("name", ["covariance_type", "init_params"])
def test_names_must_be_text(name, value):
    with pytest.raises(SettingsError, match=rf"{name} is .* It must be a name"):
        GaussianMixture(**{name: value}).fit(X)


@pytest.mark.parametrize("value", ["yes", None, -1, 0.5, np.array([1, 0])])
@pytest.mark.parametrize("name", ["warm_start", "verbose"])
def test_switches_must_be_true_false_or_a_whole_number(name, value):
    with pytest.raises(SettingsError, match=rf"{name} is .* whole number from 0 up"):
        GaussianMixture(**{name: value}).fit(X)
    GaussianMixture(**{name: np.False_}).fit(X)


@pytest.mark.parametrize("seed", [-1, 1.5, "one", [1]])
def test_a_seed_that_is_none_is_refused(seed):
    with pytest.raises(SettingsError, match=r"(seed|random_state) is "):
        GaussianMixture(random_state=seed).fit(X)


@pytest.mark.parametrize("number", [2, np.int64(2), np.uint8(2)])
def test_numpys_whole_numbers_are_whole_numbers(number):
    FitSettings(n_components=number, n_init=number, max_iter=number, seed=number, tol=np.float32(1e-3)).check()


@pytest.mark.parametrize("seeding", SEEDINGS)
@pytest.mark.parametrize("family", FAMILIES)
def test_every_registered_family_and_start_is_accepted(family, seeding):
    FitSettings(covariance_type=family, init_params=seeding).check()
    FitSettings(covariance_type=FAMILIES[family].code).check()


def test_the_estimator_and_the_settings_have_the_same_defaults():
    settings, params = FitSettings(), GaussianMixture().get_params()
    shared = set(FitSettings.__dataclass_fields__) & set(params) - {"n_components"}
    assert {name: params[name] for name in shared} == {name: getattr(settings, name) for name in shared}
