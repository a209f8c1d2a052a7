"""Mixtures as JSON: read back bit for bit, and nothing but a mixture is ever read."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gmm_core
from gmm_core.errors import InterchangeError, NotFittedError, SettingsError
from gmm_core.model import interchange
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import FAMILIES
from gmm_core.model.interchange import FIELDS, fields, from_json, read_document, to_json
from gmm_core.model.mixture import Mixture
from tests.model.drawing import spd
from tests.model.reference_data import TABLES, faithful

seeds = st.integers(0, 2**32 - 1)


def mixture_of(seed=0, n_components=2, n_features=2, family="full"):
    """A random mixture of a family, with numbers that have all their digits."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.full(n_components, 2.0))
    dense = np.array([spd(rng, n_features, 10.0 ** rng.uniform(-8, 8)) for _ in range(n_components)])
    form = FAMILIES[family].form
    covariances = np.array(form.to_dense(form.from_dense(dense), n_components, n_features))
    return Mixture(weights, rng.normal(scale=1e3, size=(n_components, n_features)), covariances, family)


def content(**changed):
    """The fields of a good document with some replaced; one replaced by ``...`` is left out."""
    good = json.loads(to_json(mixture_of(), ["a", "b"])) | changed
    return {name: value for name, value in good.items() if value is not ...}


def bits(mixture):
    """All numbers of a mixture as bytes."""
    return mixture.weights.tobytes(), mixture.means.tobytes(), mixture.covariances.tobytes(), mixture.family


# -- there and back ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", ["full", "tied", "diag", "spherical"])
@given(seed=seeds, n_components=st.integers(1, 4), n_features=st.integers(1, 5))
def test_a_mixture_comes_back_bit_for_bit(family, seed, n_components, n_features):
    mixture = mixture_of(seed, n_components, n_features, family)
    names = [f"säule {i}" for i in range(n_features)]
    again = read_document(to_json(mixture, names))
    assert bits(again.mixture) == bits(mixture)
    assert again.columns == tuple(names)
    assert bits(from_json(to_json(mixture))) == bits(mixture)
    assert read_document(to_json(mixture)).columns is None


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_every_fit_can_be_kept_and_predicts_the_same(family, table, scale):
    X = TABLES[table]() * scale
    model = GaussianMixture(2, covariance_type=family, random_state=0, n_init=2, max_iter=50).fit(X)
    again = GaussianMixture.from_json(model.to_json())
    assert bits(again.mixture_) == bits(model.mixture_)
    assert again.predict_proba(X).tobytes() == model.predict_proba(X).tobytes()
    assert (again.bic(X), again.covariance_type) == (model.bic(X), model.mixture_.family)
    for name in ("covariances_", "precisions_", "n_features_in_", "n_parameters_"):
        np.testing.assert_array_equal(getattr(again, name), getattr(model, name))


def test_noise_and_what_was_held_are_kept():
    X = faithful()
    model = GaussianMixture(2, noise=True, equal_weights=True, random_state=0, n_init=2).fit(X)
    again = GaussianMixture.from_json(model.to_json())
    assert again.predict_proba(X).tobytes() == model.predict_proba(X).tobytes()
    assert (again.noise_weight_, again.noise_volume_) == (model.noise_weight_, model.noise_volume_)
    assert again.n_parameters_ == model.n_parameters_


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("ridge", [1e-6, 1.0, 1e6])
def test_what_reg_covar_added_is_told_apart_from_the_family(family, ridge):
    X = faithful() * [1.0, 3.0]
    model = GaussianMixture(2, covariance_type=family, reg_covar=ridge, random_state=0, n_init=1, max_iter=20).fit(X)
    again = GaussianMixture.from_json(model.to_json()).mixture_
    assert again.ridge.tolist() == pytest.approx([ridge, ridge], rel=1e-12)
    assert bits(from_json(to_json(model.mixture_))) == bits(again) == bits(model.mixture_)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("noise", [1e-4, 1e-5])
def test_columns_that_nearly_follow_from_each_other_are_kept(family, noise, rng):
    a = np.concatenate([rng.normal(0, 1, 60), rng.normal(8, 2, 60)])
    X = np.column_stack([a, a + noise * rng.normal(size=120)])
    model = GaussianMixture(2, covariance_type=family, random_state=0, n_init=1, max_iter=50).fit(X)
    assert bits(from_json(model.to_json())) == bits(model.mixture_)


def test_scikit_learn_gets_no_mixture_with_noise():
    with pytest.raises(SettingsError, match="have no noise component"):
        GaussianMixture(2, noise=True, random_state=0, n_init=2).fit(faithful()).to_sklearn()


def test_what_a_text_does_not_hold_is_not_made_up():
    again = GaussianMixture.from_json(GaussianMixture(2, random_state=0).fit(faithful()).to_json())
    assert not hasattr(again, "converged_")
    assert not hasattr(again, "feature_names_in_")
    named = GaussianMixture.from_json(json.dumps(content()))
    assert named.feature_names_in_.tolist() == ["a", "b"]


def test_before_the_fit_there_is_nothing_to_keep():
    with pytest.raises(NotFittedError):
        GaussianMixture().to_json()


def test_the_schema_is_as_documented():
    written = content()
    assert tuple(written) == FIELDS
    assert (written["format"], written["version"], written["family"]) == ("gmm-mixture", 2, "VVV")
    assert (written["columns"], written["noise"], written["held"]) == (["a", "b"], None, [])
    assert (written["ridge"], written["settings"]) == (None, None)
    assert np.shape(written["covariances"]) == (2, 2, 2)
    assert all(f"``{name}``" in interchange.__doc__ for name in FIELDS)


def test_a_text_by_hand_is_read():
    text = (
        '{"format": "gmm-mixture", "version": 1, "family": "VII", "columns": ["x"], "weights": [0.25, 0.75],'
        ' "means": [[0], [3]], "covariances": [[[1]], [[4]]], "noise": null, "held": []}'
    )
    mixture = gmm_core.from_json(text)
    assert (mixture.n_components, mixture.n_features, mixture.family) == (2, 1, "spherical")
    assert mixture.standard_deviations.tolist() == [[1.0], [2.0]]


def test_only_what_can_be_read_is_written():
    mixture = mixture_of()
    for columns in (["a"], [], ["a", "b", "c"]):
        with pytest.raises(InterchangeError, match="The field columns"):
            to_json(mixture, columns)
    wrong = Mixture(mixture.weights, mixture.means, mixture.covariances, "tied")
    with pytest.raises(InterchangeError, match="does not belong to the family EEE"):
        to_json(wrong)
    with pytest.raises(InterchangeError, match="NaN, which is no number"):
        to_json(Mixture(mixture.weights, mixture.means * np.nan, mixture.covariances, "full"))


# -- what is refused ---------------------------------------------------------------------------------------------------

UNIT = [[1.0, 0.0], [0.0, 1.0]]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"format": "pmml"}, "The field format is not 'gmm-mixture'."),
        ({"format": ...}, "The field format is not 'gmm-mixture'."),
        ({"version": 3}, "The field version is 3, not 1 or 2. Use the program that wrote it."),
        ({"version": 1}, "The field 'ridge' is unknown."),
        ({"version": [1]}, "The field version is [1], not 1 or 2."),
        ({"version": True}, "The field version is True, not 1 or 2."),
        ({"version": ...}, "The field version is None, not 1 or 2."),
        ({"means": ...}, "The field means is missing."),
        ({"noise": ...}, "The field noise is missing."),
        ({"colour": 1}, "The field 'colour' is unknown."),
        ({"noise": 0.1}, "The field noise is no object."),
        ({"noise": {"weight": 0.1}}, "The field centre is missing."),
        ({"noise": {"weight": 1.5, "centre": [0, 0], "edges": UNIT}}, "The field noise.weight is 1.5."),
        (
            {"noise": {"weight": 0.1, "centre": [0, 0], "edges": [[1, 1], [1, 1]]}},
            "The field noise.edges hold no volume.",
        ),
        ({"noise": {"weight": 0.1, "centre": [0, 0], "edges": UNIT}}, "The field weights does not hold shares."),
        ({"held": ["colour"]}, "The field held is ['colour']."),
        ({"held": ...}, "The field held is missing."),
        ({"family": "XYZ"}, "The field family is 'XYZ'. It must be one of EII"),
        ({"family": "full"}, "The field family is 'full'."),
        ({"family": ["VVV"]}, "The field family is ['VVV']."),
        ({"family": "EEE"}, "The field covariances does not belong to the family EEE. Say VVV"),
        ({"family": "VVI"}, "The field covariances does not belong to the family VVI."),
        ({"family": "VII"}, "The field covariances does not belong to the family VII."),
        ({"columns": ["a"]}, "The field columns has the wrong shape. It must be a list of 2."),
        ({"columns": ["a", 2]}, "The field columns holds something other than names."),
        ({"columns": "ab"}, "The field columns has the wrong shape."),
        ({"weights": []}, "The field weights has the wrong shape. It must be a list of 1 to 1000 values."),
        ({"weights": 1.0}, "The field weights has the wrong shape."),
        ({"weights": [0.5, 0.6]}, "The field weights does not hold shares."),
        ({"weights": [1.0, 0.0]}, "The field weights does not hold shares."),
        ({"weights": [1.5, -0.5]}, "The field weights does not hold shares."),
        ({"weights": [0.5, "0.5"]}, "The field weights[1] is '0.5'. It must be a finite number."),
        ({"weights": [0.5, True]}, "The field weights[1] is True."),
        ({"weights": [0.5, None]}, "The field weights[1] is None."),
        ({"weights": [1.0]}, "The field means has the wrong shape. It must be a list of 1."),
        ({"weights": [1 / 2000] * 2000}, "The field weights has the wrong shape."),
        ({"means": [[0.0, 0.0]]}, "The field means has the wrong shape."),
        ({"means": [[0.0, 0.0], [0.0]]}, "The field means[1] has the wrong shape."),
        ({"means": [[], []]}, "The field means[0] has the wrong shape."),
        ({"means": [[0.0, 0.0], [0.0, [1.0]]]}, "The field means[1][1] is [1.0]."),
        ({"means": [[0.0, 0.0], [0.0, 10**400]]}, "The field means[1][1] is 1000000"),
        ({"means": [[0.0, 0.0], [0.0, 1e150]]}, "The field means holds a value beyond 1e+100."),
        ({"covariances": [UNIT]}, "The field covariances has the wrong shape."),
        ({"covariances": [UNIT, [[1.0]]]}, "The field covariances[1] has the wrong shape."),
        ({"covariances": [UNIT, [[1.0, 0.5], [0.4, 1.0]]]}, "The field covariances[1] is not symmetric."),
        ({"covariances": [UNIT, [[1.0, 2.0], [2.0, 1.0]]]}, "The field covariances[1] is not positive definite."),
        ({"covariances": [UNIT, [[1.0, 1.0], [1.0, 1.0]]]}, "The field covariances[1] is not positive definite."),
        ({"covariances": [UNIT, [[0.0, 0.0], [0.0, 1.0]]]}, "The field covariances[1] holds a variance that is not"),
        ({"covariances": [UNIT, [[-1.0, 0.0], [0.0, 1.0]]]}, "The field covariances[1] holds a variance that is not"),
        (
            {"covariances": [[[1e180, 0.0], [0.0, 1.0]], [[1e-180, 0.0], [0.0, 1.0]]]},
            "The field covariances holds variances of sizes too different",
        ),
    ],
)
def test_a_field_without_meaning_is_named_with_what_it_must_be(changed, sentence):
    with pytest.raises(InterchangeError) as error:
        from_json(json.dumps(content(**changed)))
    assert str(error.value).startswith(sentence)
    assert error.value.remedy


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "This is not JSON"),
        ("{", "This is not JSON"),
        ("[" * 100_000, "This is not JSON"),
        ("1" * 10_000, "This is not JSON"),
        ("[]", "This JSON is no object with fields"),
        ("null", "This JSON is no object with fields"),
        ("{}", "The field format is not 'gmm-mixture'"),
        ('{"weights": [NaN]}', "The text holds NaN, which is no number"),
        ('{"weights": [-Infinity]}', "The text holds -Infinity, which is no number"),
        ('{"format": "gmm-mixture", "format": "gmm-mixture"}', "The text gives a field twice"),
        (b"{}", "A mixture is a text of at most"),
        (None, "A mixture is a text of at most"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_text_that_is_no_document_is_refused(text, sentence):
    with pytest.raises(InterchangeError, match=sentence):
        from_json(text)


def test_a_number_that_overflows_is_refused():
    text = json.dumps(content()).replace('"weights": [', '"weights": [1e999, ')
    with pytest.raises(InterchangeError, match=r"The field weights|The field means has the wrong shape"):
        from_json(text)


def test_a_text_beyond_the_longest_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(fields, "LONGEST", 10)
    with pytest.raises(InterchangeError, match="at most 10 characters"):
        from_json(json.dumps(content()))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def outcome(text):
    """The mixture in a text, or the sentence with which it is refused."""
    try:
        return from_json(text)
    except InterchangeError as error:
        return error


def is_sound(found):
    """Whether an outcome is a mixture to compute with, or a sentence with a remedy."""
    if isinstance(found, InterchangeError):
        return found.problem.endswith(".") and found.remedy
    return np.isfinite(found.log_density(found.means)).all()


@settings(max_examples=25)
@given(field=st.sampled_from(FIELDS), value=anything)
def test_whatever_a_field_holds_there_is_a_mixture_or_a_sentence(field, value):
    assert is_sound(outcome(json.dumps(content(**{field: value}))))


@settings(max_examples=40)
@given(place=st.sampled_from(["weights", "means", "covariances"]), value=st.floats(), at=st.integers(0, 100))
def test_whatever_a_number_is_there_is_a_mixture_or_a_sentence(place, value, at):
    changed = np.array(content()[place])
    changed.flat[at % changed.size] = value
    assert is_sound(outcome(json.dumps(content(**{place: changed.tolist()}))))
