"""Files have the digits that say something: all of the table's own, few of what is computed."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.tables.export import to_csv
from gmm_core.tables.written_digits import sensible, significant


def test_memberships_have_six_decimals_other_numbers_six_digits_and_the_tables_own_all():
    frame = pd.DataFrame({"x": [1 / 3], "p(A)": [1e-17], "certainty (2)": [2 / 3], "p-value": [1.23456789e-9]})
    frame.insert(4, "x", [1234567.891234], allow_duplicates=True)
    frame["centre"] = [-123456.789]
    assert to_csv(sensible(frame, {"x"})).decode().splitlines()[1] == (
        "0.3333333333333333,0,0.666667,1.23457e-9,1234567.891234,-123456.79"
    )
    assert frame["p(A)"].iloc[0] == 1e-17


def test_gaps_and_whole_numbers_stay():
    frame = pd.DataFrame({"n": [2**53 + 1, 2], "y": [np.nan, -0.0], "w": ["a", "b"]})
    pd.testing.assert_frame_equal(sensible(frame), frame)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_rounding_moves_no_number_by_more_than_its_sixth_digit(values):
    x = np.array(values)
    np.testing.assert_allclose(significant(x), x, rtol=6e-6, atol=0)
    assert all(len(repr(value).lstrip("-").partition("e")[0]) <= 19 for value in significant(x).tolist())
