"""missing_values="em" as the estimator offers it, and what it refuses."""

import numpy as np
import pytest

from gmm_core.errors import DataError, SettingsError
from gmm_core.model.estimator import GaussianMixture
from tests.model.reference_data import faithful
from tests.model.test_missing_values import faithful_missing

# -- estimator -------------------------------------------------------------------------------------------------------


def test_the_estimator_takes_gaps_in_all_that_is_asked_of_it():
    X = faithful_missing()
    model = GaussianMixture(2, missing_values="em", random_state=0).fit(X)
    assert model.predict_proba(X).sum(axis=1) == pytest.approx(1.0)
    np.testing.assert_array_equal(model.predict(X), model.predict_proba(X).argmax(axis=1))
    assert model.score_samples(X).sum() == pytest.approx(model.log_likelihood_, rel=1e-10)
    assert model.score(X) == pytest.approx(model.lower_bound_, rel=1e-9)
    assert model.bic(X) == pytest.approx(-2 * model.log_likelihood_ + 11 * np.log(272), rel=1e-10)
    filled = model.impute(X)
    np.testing.assert_array_equal(filled[~np.isnan(X)], X[~np.isnan(X)])
    assert np.isfinite(filled).all()
    again = GaussianMixture(2, missing_values="em", means_init=model.means_, precisions_init=model.precisions_).fit(X)
    assert again.log_likelihood_ == pytest.approx(model.log_likelihood_, rel=1e-9)


def test_imputed_values_are_nearer_to_the_removed_ones_than_means_are_and_their_spread_is_told():
    X, gaps = faithful_missing(), np.isnan(faithful_missing())
    model = GaussianMixture(2, missing_values="em", random_state=0).fit(X)
    error = (model.impute(X) - faithful()) / model.mixture_.conditional_deviations(X).clip(1e-300)
    assert np.abs(error[~gaps]).max() == 0
    assert np.sqrt((error[gaps] ** 2).mean()) == pytest.approx(1.0, abs=0.25)
    by_mean = np.where(gaps, np.nanmean(X, axis=0), X)
    assert np.abs(model.impute(X) - faithful()).sum() < 0.5 * np.abs(by_mean - faithful()).sum()


# -- bad input -------------------------------------------------------------------------------------------------------


def test_gaps_are_refused_by_default_with_the_way_to_keep_them():
    with pytest.raises(DataError, match=r'Row 2, column 2: the value is missing.*missing_values="em"'):
        GaussianMixture(2).fit(faithful_missing())


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        (np.full(6, np.nan), "column 2 has no value in any row, so it cannot separate groups."),
        ([5.0, np.nan, 5.0, 5.0, np.nan, 5.0], "column 2 has the same value in every row"),
        ([1.0, np.nan, np.inf, 5.0, np.nan, 5.0], "Row 3, column 2: the value is infinite; 1 such cell(s) in all."),
    ],
)
def test_what_cannot_be_fitted_is_still_told_by_row_and_column(column, sentence):
    X = np.column_stack([np.arange(6.0) ** 2, column])
    with pytest.raises(DataError) as error:
        GaussianMixture(2, missing_values="em").fit(X)
    assert str(error.value).startswith(sentence)
    assert error.value.columns == ("column 2",)


def test_a_table_of_gaps_only_is_told():
    with pytest.raises(DataError, match="column 1 has no value in any row"):
        GaussianMixture(1, missing_values="em").fit(np.full((4, 2), np.nan))


def test_more_groups_than_distinct_rows_with_gaps_are_refused():
    with pytest.raises(DataError, match=r"4 groups cannot be told apart in 3 distinct row\(s\)"):
        GaussianMixture(4, missing_values="em").fit([[1.0, np.nan], [1.0, np.nan], [2.0, 3.0], [2.0, 4.0], [2.0, 4.0]])


def test_a_way_to_treat_missing_values_that_is_none_is_refused():
    with pytest.raises(SettingsError, match="no way 'drop' to treat missing values"):
        GaussianMixture(2, missing_values="drop").fit(faithful())
