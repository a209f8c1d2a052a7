"""The settings of a fit in its JSON: what is loaded fits as before, and only what can be fitted with is loaded."""

import json

import numpy as np
import pytest

from gmm_core.errors import InterchangeError, SettingsError
from gmm_core.model.em.priors import Prior
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.interchange import FIELDS
from gmm_core.model.interchange.chosen import SETTINGS
from tests.model.reference_data import faithful

FITTED = json.loads(
    GaussianMixture(
        2,
        covariance_type="VEI",
        reg_covar=0.1,
        noise=True,
        prior=Prior(mean=[3, 70]),
        means_init=faithful()[:2],
        random_state=0,
    )
    .fit(faithful())
    .to_json()
)
ODD = [
    True,
    0,
    -1,
    1e-320,
    1e200,
    10**400,
    "",
    "x",
    [],
    {},
    [[1, 2], [3, 4]],
    ["means"],
    [["means"]],
    [None],
    "VVV",
    "EII",
]
DEEP = json.loads("[" * 800 + "]" * 800)


def test_what_is_loaded_fits_as_before():
    X = faithful()
    gaps = np.where(np.arange(272)[:, None] % 7 == [3, 9], np.nan, X)
    start = {"means_init": X[:2], "weights_init": [0.4, 0.6], "precisions_init": [np.eye(2), np.eye(2)]}
    for chosen in (
        {"missing_values": "em", "noise": True, "tol": 1e-6, "n_init": 2, "init_params": "random"},
        {"prior": Prior(mean=[3, 70], scale=[[1, 0], [0, 9]]), "equal_weights": True, "covariance_type": "VVI"},
        {"fixed": ["means"], "acceleration": None, "max_iter": np.int64(7), **start},
        {"prior": "default", "noise": 2000.0, "variance_floor": 1e-9, "reg_covar": 1e-3, "warm_start": False},
    ):
        model = GaussianMixture(2, random_state=np.int64(3), **chosen)
        rows = gaps if model.missing_values == "em" else X
        text = model.fit(rows).to_json()
        again = GaussianMixture.from_json(text)
        assert again.predict_proba(rows).tobytes() == model.predict_proba(rows).tobytes()
        assert again.covariances_.shape == model.covariances_.shape
        assert again.to_json() == text
        assert again.fit(rows).lower_bounds_ == model.lower_bounds_


def test_of_a_generator_no_seed_is_kept_and_none_is_drawn():
    generator = np.random.default_rng(0)
    model = GaussianMixture(2, random_state=generator, n_init=1).fit(faithful())
    before = generator.bit_generator.state
    assert GaussianMixture.from_json(model.to_json()).random_state is None
    assert generator.bit_generator.state == before


def test_another_family_asked_for_since_the_fit_is_not_that_of_the_mixture():
    model = GaussianMixture(2, random_state=0, n_init=1).fit(faithful()).set_params(covariance_type="diag")
    assert GaussianMixture.from_json(model.to_json()).covariance_type == "full"
    with pytest.raises(SettingsError, match="tol is -1"):
        model.set_params(tol=-1).to_json()


def test_a_text_of_the_first_version_has_the_settings_of_a_new_estimator():
    new = ("ridge", "settings")
    fields = {name: value for name, value in FITTED.items() if name not in new}
    text = json.dumps(fields | {"version": 1, "family": "VVV"})
    assert GaussianMixture.from_json(text).get_params() == GaussianMixture(2).get_params()


# -- what is refused ---------------------------------------------------------------------------------------------------


def settings_with(**changed):
    """The settings of a fit with some replaced."""
    return FITTED["settings"] | changed


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (7, "The field settings is no object."),
        ({}, "The field covariance_type is missing."),
        (settings_with(colour=1), "The field 'colour' is unknown."),
        (settings_with(covariance_type="full"), "The field settings is for full, another family. Say VEI."),
        (settings_with(tol=-1), "The field settings cannot be fitted with: tol is -1."),
        (settings_with(means_init=[[1, 2]]), "The field settings cannot be fitted with: The starting means have shape"),
        (settings_with(prior={"mean": 1}), "The field shrinkage is missing."),
        (settings_with(prior="flat"), "The field settings cannot be fitted with: prior is 'flat'."),
    ],
)
def test_settings_without_meaning_are_refused(settings, sentence):
    with pytest.raises(InterchangeError) as error:
        GaussianMixture.from_json(json.dumps(FITTED | {"settings": settings}))
    assert str(error.value).startswith(sentence)


def outcome(text):
    """The estimator in a text, or the sentence with which it is refused."""
    try:
        return GaussianMixture.from_json(text)
    except InterchangeError as error:
        return error


def is_sound(found):
    """Whether an outcome is an estimator to compute with, or a sentence with a remedy."""
    if isinstance(found, InterchangeError):
        return found.problem.endswith(".") and found.remedy.endswith(".")
    return np.isfinite(found.predict_proba(faithful())).all() and np.isfinite(found.precisions_).all()


@pytest.mark.parametrize("field", [*FIELDS, *SETTINGS])
def test_whatever_a_field_of_a_fit_holds_there_is_an_estimator_or_a_sentence(field):
    for value in [*ODD, DEEP]:
        chosen = {field: value} if field in FIELDS else {"settings": settings_with(**{field: value})}
        assert is_sound(outcome(json.dumps(FITTED | chosen))), value
