"""Whatever holds numbers becomes floats; whatever does not is refused with its row, its column and a way out."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from scipy import sparse

from gmm_core.errors import DataError, NotNumericError
from gmm_core.model.checking import as_table
from gmm_core.model.conversion import as_floats
from gmm_core.model.estimator import GaussianMixture

NAN = float("nan")
DAYS = pd.date_range("2024-05-01", periods=2)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([[1, 2], [3, 4]], [[1, 2], [3, 4]]),
        ([[True, 2.5], [False, 3]], [[1, 2.5], [0, 3]]),
        (np.array([[True], [False]]), [[1], [0]]),
        (np.array([[1, 2]], dtype=np.uint8), [[1, 2]]),
        (np.array([[1.5]], dtype=np.longdouble), [[1.5]]),
        (np.array([[1, 2.5], [Decimal("0.25"), Fraction(1, 2)]], dtype=object), [[1, 2.5], [0.25, 0.5]]),
        ([[1, None], [np.nan, pd.NA], [pd.NaT, 4]], [[1, NAN], [NAN, NAN], [NAN, 4]]),
        (np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]]), [[1, NAN], [3, 4]]),
        (np.ma.array([[1, "x"]], mask=[[0, 1]], dtype=object), [[1, NAN]]),
        (pd.DataFrame({"a": pd.array([1, None], dtype="Int64")}), [[1], [NAN]]),
        (pd.DataFrame({"a": pd.array([1.5, None], dtype="Float64"), "b": [1, 2]}), [[1.5, 1], [NAN, 2]]),
        (pd.DataFrame({"a": pd.array([True, None], dtype="boolean")}), [[1], [NAN]]),
        (pd.DataFrame({"a": pd.array([1, None], dtype="int64[pyarrow]"), "b": [0.5, 1]}), [[1, 0.5], [NAN, 1]]),
        (pd.DataFrame({"a": pd.array([True, None], dtype="bool[pyarrow]")}), [[1], [NAN]]),
        (pd.DataFrame({"a": pd.array([0, 1.0], dtype="Sparse[float]")}), [[0], [1]]),
        (pd.DataFrame({"a": [1, 2], "a.1": [True, False]}).set_axis(["a", "a"], axis=1), [[1, 1], [2, 0]]),
        (pd.DataFrame(index=range(3)), [[], [], []]),
        (pa.table({"a": [1, 2], "b": [0.5, None]}), [[1, 0.5], [2, NAN]]),
    ],
)
def test_numbers_and_gaps_of_every_kind_become_floats(given, expected):
    table = as_floats(given)
    assert table.dtype == float
    assert table.flags.c_contiguous
    np.testing.assert_array_equal(table, expected)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([[1.0, "x"], [2.0, "y"]], "Row 1, column 2: 'x' is text."),
        ([[1.0, None], [2.0, "3"]], "Row 2, column 2: '3' is text."),
        (np.array([["1", "2"]]), "Row 1, column 1: '1' is text."),
        (np.array([[b"1"]]), "Row 1, column 1: \"b'1'\" is text."),
        (pd.DataFrame({"a": [1, 2], "size [cm]": ["1", "2"]}), "Row 1, size [cm]: '1' is text."),
        (pd.DataFrame({"a": pd.array(["u", "v"], dtype="string[pyarrow]")}), "Row 1, a: 'u' is text."),
        (pd.DataFrame({"kind": pd.Categorical(["u", "v"])}), "Row 1, kind: 'u' is text."),
        (pa.table({"a": [1, 2], "b": ["u", "v"]}), "Row 1, b: 'u' is text."),
        (pd.DataFrame({"a": [1, 2], "when": DAYS}), "Row 1, when: '2024-05-01 00:00:00' is a date or time."),
        (pd.DataFrame({"when": DAYS.tz_localize("UTC")}), "Row 1, when: '2024-05-01 00:00:00+00:00' is a date or"),
        (np.array([["2024-05-01"]], dtype="datetime64[D]"), "Row 1, column 1: '2024-05-01' is a date or time."),
        ([[1, 2], [3, date(2024, 5, 1)]], "Row 2, column 2: '2024-05-01' is a date or time."),
        (pd.DataFrame({"a": DAYS - DAYS[0]}), "Row 1, a: '0 days 00:00:00' is a span of time."),
        ([[timedelta(1)]], "Row 1, column 1: '1 day, 0:00:00' is a span of time."),
        ([[1.0], [2j]], "Row 1, column 1: '(1+0j)' is a complex number."),
        ([[1.0], [{"a": 1}]], "Row 2, column 1: \"{'a': 1}\" is not a number (float() argument must be"),
    ],
)
def test_what_is_no_number_is_refused_with_its_place_and_a_way_out(given, sentence):
    with pytest.raises(NotNumericError) as error:
        as_floats(given)
    assert str(error.value).startswith(sentence)
    assert error.value.remedy
    assert len(error.value.rows) == len(error.value.columns) == 1
    assert isinstance(error.value, TypeError)
    assert isinstance(error.value, DataError)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (sparse.csr_array(np.eye(3)), r"A sparse matrix cannot be fitted\. Make it dense with X.toarray"),
        ([[1.0, 2.0], [3.0]], r"This is no table of numbers .* Give rows of the same length"),
        (None, "This is a NoneType, no table"),
        ({"a": [1, 2]}, "This is a dict, no table"),
        (iter([[1, 2]]), "This is a list_iterator, no table"),
    ],
)
def test_what_is_no_table_is_refused(given, sentence):
    with pytest.raises(DataError, match=sentence):
        as_floats(given)


def test_a_number_beyond_the_doubles_is_reported_as_infinite():
    for x in ([[10**400, 1]], np.array([[np.longdouble("1e4000"), 1]])):
        with pytest.raises(DataError, match="Row 1, column 1: the value is infinite"):
            as_table(x)


def test_a_series_is_told_how_to_become_a_table():
    with pytest.raises(DataError, match=r"got 1 dimension\(s\)\. .* \(of a Series, \.to_frame\(\)\)"):
        GaussianMixture().fit(pd.Series([1.0, 2.0, 3.0]))


def test_a_frame_of_pandas_own_types_is_fitted_as_its_numbers():
    x = np.array([[1.0, 5], [2, 7], [4, 6], [11, 15], [12, 18], [15, 16]])
    plain = GaussianMixture(2, random_state=0, covariance_type="tied").fit(x)
    for dtype in ("Float64", "Int64", "double[pyarrow]"):
        frame = pd.DataFrame(x).astype(dtype)
        model = GaussianMixture(2, random_state=0, covariance_type="tied").fit(frame)
        assert model.means_.tobytes() == plain.means_.tobytes()
    with pytest.raises(DataError, match=r"Row 2, b: the value is missing \(NaN\)"):
        GaussianMixture().fit(pd.DataFrame({"a": [1.0, 2], "b": pd.array([1, None], dtype="Int64")}))


def test_an_array_of_floats_is_not_copied():
    x = np.arange(6.0).reshape(3, 2)
    assert as_floats(x) is x
