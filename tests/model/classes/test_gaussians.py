"""One Gaussian a class: scikit-learn's discriminant analysis, the classes' own moments, and classes of too few rows."""

import numpy as np
import pytest
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis

from gmm_core.errors import DataError
from gmm_core.model.choice.criteria import bic
from gmm_core.model.classes.classifier import Classifier
from gmm_core.model.classes.gaussians import best_gaussians, class_gaussians, evidence, parted
from gmm_core.model.classes.labelled import Labelled
from gmm_core.model.families import FAMILIES, distinct_families
from tests.model import family_oracle, oracle
from tests.model.classes.tables import drawn, irises


def taught(data, family, priors=None):
    return Classifier(data.classes, data.shares if priors is None else priors, parted(class_gaussians(data, family)))


@pytest.mark.parametrize("priors", [None, [0.2, 0.3, 0.5]])
def test_one_shape_has_the_posteriors_of_scikit_learns_linear_discriminant_analysis(priors):
    data = irises()
    # its "lsqr" weighs the classes' scatter by the priors, so that these are given to the posterior alone
    theirs = LinearDiscriminantAnalysis(solver="lsqr").fit(data.x, data.codes)
    if priors is not None:
        theirs.intercept_ += np.log(np.array(priors) * 3)
    ours = taught(data, "tied", priors if priors is None else np.array(priors)).posteriors(data.x)
    np.testing.assert_allclose(ours, theirs.predict_proba(data.x), atol=1e-9)


def test_free_shapes_have_the_posteriors_of_scikit_learns_quadratic_discriminant_analysis():
    data = irises()
    theirs = QuadraticDiscriminantAnalysis().fit(data.x, data.codes)
    deviations = [data.of_class(code).x - mean for code, mean in enumerate(theirs.means_)]
    theirs.scalings_ = [np.linalg.svd(d)[1] ** 2 / 50 for d in deviations]  # earlier versions divide by n - 1
    np.testing.assert_allclose(taught(data, "full").posteriors(data.x), theirs.predict_proba(data.x), atol=1e-9)


@pytest.mark.parametrize("code", [family.code for family in FAMILIES.values()])
def test_every_family_is_the_m_step_from_the_known_classes(code):
    data = drawn(5, 80, 2, 3)
    _, means, covariances = oracle.m_step(data.x, np.eye(3)[data.codes], code)
    mixture = class_gaussians(data, code)
    np.testing.assert_allclose(mixture.weights, data.shares)
    np.testing.assert_allclose(mixture.means, means)
    np.testing.assert_allclose(mixture.covariances, covariances, rtol=family_oracle.tolerance(code, 1e-6), atol=1e-6)


def test_the_best_family_has_the_lowest_bic():
    data = irises()
    values = {name: bic(evidence(data, class_gaussians(data, name))) for name in distinct_families(4)}
    assert best_gaussians(data).family == min(values, key=values.get)


def test_weights_count_as_repeated_rows():
    data, counts = drawn(7, 40, 2, 2), np.random.default_rng(0).integers(1, 4, size=48)
    labels = np.array(data.classes)[data.codes]
    weighted = class_gaussians(Labelled.of(data.x, labels, counts), "VEI")
    repeated = class_gaussians(Labelled.of(np.repeat(data.x, counts, axis=0), np.repeat(labels, counts)), "VEI")
    np.testing.assert_allclose(weighted.covariances, repeated.covariances)
    np.testing.assert_allclose(weighted.weights, repeated.weights)


def test_a_row_with_gaps_is_told_by_the_values_that_it_has_and_an_empty_one_by_the_priors():
    data = irises()
    found = taught(data, "full")
    lone = Classifier(data.classes, data.shares, tuple(each.marginal([2]) for each in found.mixtures))
    gappy = np.array([[np.nan, np.nan, 4.9, np.nan], [np.nan] * 4])
    np.testing.assert_allclose(found.posteriors(gappy)[0], lone.posteriors(np.array([[4.9]]))[0])
    np.testing.assert_allclose(found.posteriors(gappy)[1], data.shares)


def test_the_density_whatever_the_class_is_that_of_the_mixture_of_all():
    data = irises()
    mixture = class_gaussians(data, "full")
    np.testing.assert_allclose(taught(data, "full").log_density(data.x), mixture.log_density(data.x))


def test_a_row_far_from_everything_has_finite_log_probabilities():
    assert np.isfinite(taught(irises(), "full").log_posteriors(np.full((1, 4), 1e9))).all()


FEW = np.concatenate([np.arange(100), [100, 101, 102]])


def test_a_class_with_too_few_rows_is_named_with_a_family_that_would_do():
    full = irises()
    data = full.only(FEW)
    with pytest.raises(DataError, match=r"Class “virginica” has 3 distinct.*need 5.*“same shape” would do") as caught:
        class_gaussians(data, "full")
    assert caught.value.value == "virginica"
    class_gaussians(data, "tied")
    assert best_gaussians(data).family in distinct_families(4)


def test_a_class_on_a_line_is_named():
    data = irises()
    x = np.where((data.codes == 1)[:, None], data.x[:, :1] * np.ones(4), data.x)
    with pytest.raises(DataError, match=r"class “versicolor” lie on a line or a plane"):
        class_gaussians(Labelled.of(x, np.array(data.classes)[data.codes]), "full")
