"""Rules held to rows that they have not seen: published error rates, scores, and what each rule can and cannot see."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_core.errors import DataError, SettingsError
from gmm_core.model.classes import mixtures
from gmm_core.model.classes.judging import Judged, Validation, judge
from gmm_core.model.classes.labelled import Labelled
from gmm_core.model.classes.mixtures import MixtureChoice, class_mixtures
from gmm_core.model.classes.rules import RULES
from gmm_core.model.settings import FitSettings
from gmm_core.model.watching import Stopping
from tests.model.classes.tables import SPECIES, irises, two_bars

PUBLISHED = {"one shape": 3, "free shapes": 4}
"""Of 150 irises those told wrongly, one left out at a time: by linear and by quadratic discriminant analysis.

Source: R's MASS, lda and qda with CV = TRUE.
"""


@pytest.mark.parametrize("name", PUBLISHED)
def test_errors_on_the_irises_are_those_published(name):
    found = judge(RULES[name], irises(), Validation(n_folds=150))
    assert found.error == pytest.approx(PUBLISHED[name] / 150)
    assert np.trace(found.confusion.counts) == 150 - PUBLISHED[name]


def test_the_commonest_class_errs_on_all_others_and_scores_the_entropy_of_the_shares():
    labels = np.where(np.arange(150) < 120, "a", "b")
    found = judge(RULES["commonest"], Labelled.of(irises().x, labels), Validation(n_folds=5))
    assert found.error == pytest.approx(0.2)
    assert found.log_score == pytest.approx(-(0.8 * np.log(0.8) + 0.2 * np.log(0.2)))
    assert found.brier == pytest.approx(0.8 * 2 * 0.2**2 + 0.2 * 2 * 0.8**2)
    np.testing.assert_array_equal(found.confusion.counts, [[120, 0], [30, 0]])


CHOICE = MixtureChoice(most_groups=2, families=("full",), settings=FitSettings(n_init=1, tol=1e-8))
THREE = Validation(n_folds=3, choice=CHOICE)


@pytest.fixture(scope="module")
def bars():
    return two_bars(np.random.default_rng(2))


@pytest.fixture(scope="module")
def taught(bars):
    """What each rule learns of the bars."""
    return {name: rule.taught(bars, CHOICE, Stopping(None)) for name, rule in RULES.items()}


def test_a_mixture_a_class_tells_a_class_in_two_halves_that_one_shape_cannot(bars, taught):
    assert judge(RULES["mixtures"], bars, THREE).error < 0.02
    assert judge(RULES["one shape"], bars, THREE).error > 0.3
    assert [mixture.n_components for mixture in taught["mixtures"].mixtures] == [1, 2]


@pytest.mark.parametrize("name", RULES)
def test_every_rule_gives_probabilities_and_those_that_look_at_rows_follow_given_priors(name, bars, taught):
    densities = taught[name].mixtures
    again = replace(RULES[name], learn=lambda data, choice, stopping: densities)
    tilted = again.taught(bars, CHOICE, Stopping(None), priors=(0.9, 0.1))
    np.testing.assert_allclose(taught[name].posteriors(bars.x).sum(axis=1), 1.0)
    odds = tilted.log_posteriors(bars.x) - taught[name].log_posteriors(bars.x)
    np.testing.assert_allclose(odds[:, 0] - odds[:, 1], 0.0 if name == "commonest" else np.log(9), rtol=1e-6)


@pytest.mark.parametrize("name", RULES)
def test_every_rule_can_be_stopped_between_folds(name, bars):
    assert judge(RULES[name], bars, THREE, lambda done: done < 1) is None


def test_mixtures_can_be_stopped_while_they_are_fitted(bars):
    assert RULES["mixtures"].taught(bars, CHOICE, Stopping(lambda progress: False)) is None


def test_on_one_column_families_that_are_the_same_there_are_fitted_once(bars, monkeypatch):
    fitted = []
    monkeypatch.setattr(mixtures, "_growing", lambda rows, family, *_: fitted.append(family) or iter(()))
    with pytest.raises(DataError, match="no mixture of their own"):
        class_mixtures(bars, MixtureChoice(), Stopping(None))
    assert sorted(fitted) == ["full", "tied"]


def test_perfect_and_opposite_probabilities_have_the_scores_of_the_definition():
    data = irises()
    sure = np.full((150, 3), -50.0)
    sure[np.arange(150), data.codes] = 0.0
    assert Judged(data, sure).brier == pytest.approx(0.0)
    assert Judged(data, sure).log_score == 0.0
    wrong = np.roll(sure, 1, axis=1)
    assert Judged(data, wrong).brier == pytest.approx(2.0)
    assert Judged(data, wrong).log_score == pytest.approx(50.0)
    assert (Judged(data, wrong).error, Judged(data, wrong).standard_error) == (1.0, 0.0)


def test_weights_count_in_error_and_confusion():
    weights = np.where(np.arange(150) < 50, 3.0, 1.0)
    found = judge(RULES["commonest"], Labelled.of(irises().x, SPECIES, weights), Validation(n_folds=5))
    assert found.error == pytest.approx(100 / 250)
    np.testing.assert_array_equal(found.confusion.row_totals, [150, 50, 50])


def test_a_class_too_small_for_a_fold_is_named_with_the_fold():
    data = irises().only(np.arange(106))
    with pytest.raises(DataError, match=r"Without fold \d of 3: Class “virginica” has 4 distinct"):
        judge(RULES["free shapes"], data, Validation(n_folds=3))
    assert judge(RULES["one shape"], data, Validation(n_folds=3)).error < 0.1


@pytest.mark.parametrize("n_folds", [1, 151])
def test_folds_must_be_at_least_two_and_at_most_the_rows(n_folds):
    with pytest.raises(SettingsError, match="n_folds"):
        judge(RULES["commonest"], irises(), Validation(n_folds=n_folds))


@pytest.mark.parametrize("priors", [(0.5, 0.5), (1.0, 0.0, 0.0), (1.0, float("nan"), 1.0)])
def test_priors_must_be_shares_of_the_classes(priors):
    with pytest.raises(SettingsError, match="class priors"):
        judge(RULES["one shape"], irises(), Validation(priors=priors))
