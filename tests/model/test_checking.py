"""Bad input: one sentence that names what is wrong, where, and what to do."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import DataError, GmmError, TooFewRowsError
from gmm_core.model import checking
from gmm_core.model.checking import as_table, check_distinct, check_spread
from gmm_core.model.estimator import GaussianMixture

GOOD = np.arange(12.0).reshape(6, 2) ** 1.5


def with_cells(**cells):
    """Six good rows with some cells replaced: r3c1=value is row 3, column 1, counted from 1."""
    table = GOOD.copy()
    for place, value in cells.items():
        table[int(place[1]) - 1, int(place[3]) - 1] = value
    return table


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (with_cells(r3c1=np.nan), "Row 3, column 1: the value is missing (NaN); 1 such cell(s) in all."),
        (with_cells(r6c2=np.nan, r2c2=np.nan), "Row 2, column 2: the value is missing (NaN); 2 such cell(s) in all."),
        (with_cells(r4c2=np.inf), "Row 4, column 2: the value is infinite; 1 such cell(s) in all."),
        (with_cells(r4c2=-np.inf), "Row 4, column 2: the value is infinite; 1 such cell(s) in all."),
        (with_cells(r1c1=np.inf, r5c2=-np.inf), "Row 1, column 1: the value is infinite; 2 such cell(s) in all."),
        (with_cells(r1c1=np.inf, r5c2=np.nan), "Row 1, column 1: the value is infinite; 2 such cell(s) in all."),
        (with_cells(r2c1=1e200), "Row 2, column 1: the value is too large (1e+200); 1 such cell(s) in all."),
        (np.full((3, 2), 1.7e308), "Row 1, column 1: the value is too large (1.7e+308); 6 such cell(s) in all."),
        ([[1.0, 2.0], [3.0]], "This is no table of numbers"),
        ("a table", "This is a str, no table."),
        (np.empty((0, 2)), "The table has 0 sample(s) (shape=(0, 2)) while a minimum of 1 is required."),
        (np.empty((4, 0)), "The table has 0 feature(s) (shape=(4, 0)) while a minimum of 1 is required."),
        ([1.0, 2.0, 3.0], "Expected a table with rows and columns, got 1 dimension(s). Reshape your data: X.reshape"),
        ([], "Expected a table with rows and columns, got 1 dimension(s)."),
        (3.0, "Expected a table with rows and columns, got 0 dimension(s)."),
        (np.zeros((2, 2, 2)), "Expected a table with rows and columns, got 3 dimension(s)."),
        (np.column_stack([GOOD, np.full(6, 7.0)]), "column 3 has the same value in every row"),
        ([[1.0, 2.0]], "Row 1 is the only one that counts (n_samples = 1), and a single row has no spread."),
        (1e16 + GOOD, "column 1: its values differ by too little to compute with."),
        (1e-200 * GOOD, "column 1: its values differ by too little to compute with."),
    ],
)
def test_a_table_that_cannot_be_fitted_is_refused_with_a_sentence_and_a_remedy(table, sentence):
    with pytest.raises(DataError) as error:
        GaussianMixture(2, random_state=0).fit(table)
    assert str(error.value).startswith(sentence)
    assert error.value.problem.endswith(".")


def test_a_gap_is_told_with_its_rows_and_columns_and_by_the_columns_name():
    table = pd.DataFrame(with_cells(r3c1=np.nan, r5c1=np.inf), columns=["length [cm]", "b.c"])
    with pytest.raises(DataError, match=r"Row 3, length \[cm\]: the value is missing") as error:
        GaussianMixture(2).fit(table)
    assert error.value.rows == (2, 4)
    assert error.value.columns == ("length [cm]",)


def test_a_constant_column_is_told_by_its_name_and_value():
    table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "same": [5.0, 5.0, 5.0]})
    with pytest.raises(DataError, match=r"same has the same value in every row.*Leave that column out") as error:
        GaussianMixture(2).fit(table)
    assert (error.value.columns, error.value.value) == (("same",), 5.0)


def test_a_column_lost_in_rounding_is_told_by_its_name():
    table = pd.DataFrame({"a": [1.0, 2.0, 4.0], "stamp": [1e17, 1e17 + 16, 1e17 + 32]})
    with pytest.raises(DataError, match="stamp: its values differ by too little") as error:
        GaussianMixture(1).fit(table)
    assert error.value.columns == ("stamp",)


@pytest.mark.parametrize("n_distinct", [1, 2, 3])
def test_more_groups_than_distinct_rows_are_refused_with_the_most_there_can_be(n_distinct):
    table = np.repeat(GOOD[:n_distinct], 4, axis=0)
    with pytest.raises(TooFewRowsError, match=rf"Ask for {n_distinct} group\(s\) or fewer") as error:
        check_distinct(table, n_distinct + 1)
    assert error.value.value == n_distinct + 1
    check_distinct(table, n_distinct)


def test_a_fit_with_more_groups_than_distinct_rows_says_so():
    with pytest.raises(TooFewRowsError, match=r"3 groups cannot be told apart in 2 distinct row\(s\)"):
        GaussianMixture(3).fit([[0.0], [1.0], [0.0], [1.0]])


def test_distinct_rows_are_looked_for_beyond_the_first_of_a_long_table(monkeypatch):
    monkeypatch.setattr(checking, "DISTINCT_SAMPLE", 4)
    table = np.array([[0.0]] * 6 + [[1.0], [2.0]])
    check_distinct(table, 3)
    with pytest.raises(TooFewRowsError):
        check_distinct(table, 4)


def test_a_good_table_comes_back_as_rows_of_floats_with_names():
    table, columns = as_table([[1, 2], [3, 4]])
    assert (table.dtype, table.tolist(), columns) == (float, [[1.0, 2.0], [3.0, 4.0]], ("column 1", "column 2"))
    frame = pd.DataFrame({"a": [1, 2], 5: [True, False]})
    table, columns = as_table(frame)
    assert (table.tolist(), columns) == ([[1.0, 1.0], [2.0, 0.0]], ("a", "5"))
    check_spread(table, columns, np.arange(2))


def test_a_good_array_is_not_copied():
    assert as_table(GOOD)[0] is GOOD


@pytest.mark.parametrize(
    "method", ["predict", "predict_proba", "score_samples", "score", "bic", "aic", "icl"], ids=lambda name: name
)
def test_rows_of_another_width_are_refused_after_the_fit(method):
    model = GaussianMixture(1).fit(GOOD)
    with pytest.raises(DataError, match="X has 3 features, but GaussianMixture is expecting 2 features as input"):
        getattr(model, method)(np.zeros((4, 3)))
    with pytest.raises(DataError, match="Row 1, column 2: the value is missing"):
        getattr(model, method)([[1.0, np.nan]])


def test_every_error_of_the_package_is_a_value_error_with_its_facts():
    error = GmmError("Something is wrong.", "Do this.", rows=[1], columns=["a"], value=3)
    assert isinstance(error, ValueError)
    assert (str(error), error.rows, error.columns, error.value) == ("Something is wrong. Do this.", (1,), ("a",), 3)
