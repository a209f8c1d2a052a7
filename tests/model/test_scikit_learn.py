"""GaussianMixture among scikit-learn's own: its checks, its pipelines and searches, and the way into its classes."""

import pickle
import subprocess
import sys
from contextlib import nullcontext

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError as RecognisedError
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import get_tags
from sklearn.utils.estimator_checks import estimator_checks_generator
from sklearn.utils.validation import check_is_fitted

from gmm_core.errors import DataError, MissingPackageError, NoSoundSolutionError, NotFittedError, SettingsError
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import FAMILIES
from gmm_core.model.layout import LAYOUTS
from gmm_core.model.scikit_learn import sklearn_fit
from tests.model.reference_data import faithful, iris

NEEDS_AN_ENVIRONMENT = {"check_array_api_input"}
"""Skipped by scikit-learn unless SCIPY_ARRAY_API is set before SciPy is imported; it asks for GPU arrays."""


EQUIVALENCE = "check_sample_weight_equivalence_on_dense_data"
UNSOUND = {
    GaussianMixture(covariance_type="spherical"): (),
    GaussianMixture(reg_covar=1e-6): (),
    GaussianMixture(): (EQUIVALENCE,),
    GaussianMixture(2, covariance_type="tied", n_init=1): (
        EQUIVALENCE,
        "check_sample_weights_not_overwritten",
        "check_sample_weights_shape",
    ),
}
"""Estimators, and which checks must end in ``NoSoundSolutionError``: one fits 15 distinct rows of 30 columns, in which
any matrix of full rank is flat; the others 4 distinct rows, on which two ellipses of one shape are flat. The first two
estimators, one of full covariance among them, have a sound answer there too, and pass every check."""


@pytest.mark.filterwarnings("ignore")  # the checks look after warnings themselves
@pytest.mark.parametrize("model", UNSOUND, ids=repr)
def test_scikit_learns_own_checks_pass(model):
    checks = list(estimator_checks_generator(model, mark="skip"))
    assert len(checks) > 30
    for estimator, check in checks:
        name = check.func.__name__
        if name not in NEEDS_AN_ENVIRONMENT:
            with pytest.raises(NoSoundSolutionError) if name in UNSOUND[model] else nullcontext():
                check(estimator)


def test_a_pipeline_fits_scores_and_labels():
    pipeline = make_pipeline(StandardScaler(), GaussianMixture(2, random_state=0))
    labels = pipeline.fit_predict(faithful())
    plain = GaussianMixture(2, random_state=0).fit(faithful())
    np.testing.assert_array_equal(labels, plain.predict(faithful()))
    np.testing.assert_allclose(pipeline.predict_proba(faithful()), plain.predict_proba(faithful()), atol=1e-6)
    jacobian = np.log(faithful().std(axis=0)).sum()
    assert pipeline.score(faithful()) == pytest.approx(plain.score(faithful()) + jacobian, rel=1e-9)
    assert "GaussianMixture" in pipeline._repr_html_()


def test_a_pipeline_hands_the_names_of_a_frame_on():
    frame = pd.DataFrame(faithful(), columns=["eruptions", "waiting"])
    pipeline = make_pipeline(StandardScaler(), GaussianMixture(2, random_state=0)).set_output(transform="pandas")
    pipeline.fit(frame)
    assert pipeline[-1].feature_names_in_.tolist() == ["eruptions", "waiting"]


def test_parameters_have_nested_names_in_a_pipeline():
    pipeline = Pipeline([("scale", StandardScaler()), ("groups", GaussianMixture())])
    pipeline.set_params(groups__n_components=3, groups__covariance_type="EEE")
    assert pipeline.get_params()["groups__n_components"] == 3
    assert pipeline["groups"].covariance_type == "EEE"


def test_a_clone_has_the_parameters_and_no_fit():
    start = np.array([[2.0, 55.0], [4.0, 80.0]])
    model = GaussianMixture(2, means_init=start, covariance_type="diag").fit(faithful())
    copy = clone(model)
    assert repr(copy) == repr(clone(copy))
    assert copy.get_params()["covariance_type"] == "diag"
    np.testing.assert_array_equal(copy.means_init, start)
    with pytest.raises(NotFittedError):
        copy.predict(faithful())


class Fresh(GaussianMixture):
    """An estimator of somebody else's, with a parameter more."""

    def __init__(self, n_components=2, *, extra=1):
        super().__init__(n_components)
        self.extra = extra


def test_a_subclass_with_its_own_parameters_is_cloned_with_them():
    model = clone(Fresh(3, extra=5))
    assert model.get_params() == {"n_components": 3, "extra": 5}
    assert repr(model) == "Fresh(n_components=3, extra=5)"
    with pytest.raises(SettingsError, match="Choose from n_components, extra"):
        model.set_params(tol=1)


def test_a_grid_search_chooses_by_the_held_out_log_density():
    grid = {"gmm__n_components": [1, 2], "gmm__covariance_type": ["tied", "full"]}
    pipeline = Pipeline([("scale", StandardScaler()), ("gmm", GaussianMixture(random_state=0, n_init=2))])
    search = GridSearchCV(pipeline, grid, cv=KFold(4, shuffle=True, random_state=0), error_score="raise")
    search.fit(faithful())
    assert search.best_params_["gmm__n_components"] == 2
    assert search.best_estimator_.predict(faithful()).max() == 1
    one, two = (cross_val_score(GaussianMixture(k, random_state=0), faithful(), cv=4).mean() for k in (1, 2))
    assert two > one


def test_its_tags_are_those_of_a_density_estimator_without_a_target():
    tags = get_tags(GaussianMixture())
    assert tags.estimator_type == "density_estimator"
    assert not tags.target_tags.required
    assert not tags.input_tags.sparse


def test_scikit_learn_sees_whether_it_is_fitted():
    model = GaussianMixture()
    with pytest.raises(RecognisedError):
        check_is_fitted(model)
    check_is_fitted(model.fit(faithful()))


def test_not_fitted_is_caught_under_both_names_and_survives_a_process():
    with pytest.raises(RecognisedError) as theirs:
        GaussianMixture().predict(faithful())
    assert isinstance(theirs.value, NotFittedError)
    again = pickle.loads(pickle.dumps(theirs.value))
    assert (type(again), str(again)) == (type(theirs.value), str(theirs.value))


def test_without_scikit_learn_nothing_is_missed_but_the_way_into_it(root):
    script = (
        "import sys; sys.modules['sklearn'] = None\n"
        "from gmm_core import GaussianMixture, MissingPackageError, NotFittedError\n"
        "model = GaussianMixture()\n"
        "try: model.predict([[1.0]])\n"
        "except NotFittedError as error: print(type(error).__name__)\n"
        "try: model.fit([[1.0], [2.0], [4.0]]).to_sklearn()\n"
        "except MissingPackageError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True, cwd=root)
    lines = done.stdout.splitlines()
    assert lines[0] == "NotFittedError"
    assert lines[1].startswith("scikit-learn is not installed. Install it (pip install scikit-learn)")


def test_the_package_does_not_import_scikit_learn_to_fit(root):
    script = (
        "import sys, gmm_core; gmm_core.GaussianMixture().fit([[1.0], [2.0], [4.0]]); print('sklearn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True, cwd=root)
    assert done.stdout.strip() == "False"


# -- names of the columns ----------------------------------------------------------------------------------------------


def frame(*names):
    return pd.DataFrame(faithful(), columns=list(names))


def test_the_names_of_a_frame_are_kept_and_those_of_an_array_are_not_invented():
    model = GaussianMixture().fit(frame("a", "b"))
    assert model.feature_names_in_.tolist() == ["a", "b"]
    assert model.feature_names_in_.dtype == object
    assert not hasattr(model.fit(faithful()), "feature_names_in_")
    assert not hasattr(model.fit(frame("a", 2)), "feature_names_in_")


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("a", "c"), "unseen c; missing b"),
        (("b", "a"), "they come in another order"),
        (("a", "a"), "missing b"),
    ],
)
@pytest.mark.parametrize("method", ["predict", "score", "bic"])
def test_other_columns_than_those_fitted_are_refused_by_name(names, sentence, method):
    model = GaussianMixture().fit(frame("a", "b"))
    with pytest.raises(DataError, match=rf"should match those of the fit: {sentence}.* Give the columns a, b, in this"):
        getattr(model, method)(frame(*names))


def test_an_array_has_no_names_to_differ_by():
    named, plain = GaussianMixture().fit(frame("a", "b")), GaussianMixture().fit(faithful())
    assert named.score(faithful()) == plain.score(frame("a", "b"))


# -- into scikit-learn -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("table", [faithful, iris], ids=lambda table: table.__name__)
def test_the_mixture_of_scikit_learn_predicts_the_same(family, table):
    X = table()
    model = GaussianMixture(2, covariance_type=family, random_state=0, n_init=2).fit(X)
    theirs = model.to_sklearn()
    assert theirs.covariance_type == (family if family in LAYOUTS else "full")
    np.testing.assert_allclose(theirs.score_samples(X), model.score_samples(X), rtol=1e-9)
    np.testing.assert_allclose(theirs.predict_proba(X), model.predict_proba(X), atol=1e-9)
    np.testing.assert_array_equal(theirs.predict(X), model.predict(X))
    assert theirs._n_parameters() >= model.n_parameters_
    assert theirs.lower_bound_ == model.lower_bound_
    check_is_fitted(theirs)
    if family in LAYOUTS:
        assert theirs.bic(X) == pytest.approx(model.bic(X), rel=1e-12)


@pytest.mark.parametrize("family", LAYOUTS)
def test_its_attributes_have_the_shapes_that_scikit_learn_gives_them(family):
    ours = GaussianMixture(2, covariance_type=family, random_state=0).fit(faithful()).to_sklearn()
    theirs = clone(ours).set_params(random_state=0).fit(faithful())
    for name in ("weights_", "means_", "covariances_", "precisions_", "precisions_cholesky_"):
        assert getattr(ours, name).shape == getattr(theirs, name).shape
    assert ours.sample(3)[0].shape == (3, 2)


def test_the_names_of_the_columns_go_with_it():
    theirs = GaussianMixture().fit(frame("a", "b")).to_sklearn()
    assert theirs.feature_names_in_.tolist() == ["a", "b"]
    theirs.predict(frame("a", "b"))


def test_before_the_fit_there_is_nothing_to_convert():
    with pytest.raises(NotFittedError):
        GaussianMixture().to_sklearn()


def test_its_absence_is_an_error_that_says_what_to_install(monkeypatch):
    model = GaussianMixture().fit(faithful())
    monkeypatch.setitem(sys.modules, "sklearn.mixture", None)
    with pytest.raises(MissingPackageError, match="Install it") as error:
        model.to_sklearn()
    assert isinstance(error.value, ImportError)


def test_scikit_learns_own_fit_is_there_for_a_comparison_in_its_four_families_only():
    x = faithful()
    theirs = sklearn_fit(x, 2, "EEE", n_init=3, seed=0)
    ours = GaussianMixture(2, covariance_type="tied", n_init=3, random_state=0).fit(x)
    assert theirs.covariance_type == "tied"
    assert theirs.score(x) == pytest.approx(ours.score(x), abs=1e-3)
    with pytest.raises(SettingsError, match="no round, same size family"):
        sklearn_fit(x, 2, "EII", n_init=1, seed=0)
