"""A small table whose rows a person edits."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from gmm_core.errors import TableError
from gmm_core.tables.edited import can_be_edited, changes_in_words, digest_of, editable, tidied

TABLE = pd.DataFrame({"n": [1, 2, 3], "x": [0.5, np.nan, 2.5], "w": ["a", None, "c"]})


def test_a_table_that_nobody_touched_comes_back_as_it_was():
    assert_frame_equal(tidied(editable(TABLE)), TABLE)
    assert changes_in_words(editable(TABLE), editable(TABLE)) == ""


def test_whole_numbers_can_become_fractions_and_gaps_and_blank_rows_go():
    edited = editable(TABLE)
    edited.loc[1, "n"], edited.loc[3, "n"] = 1.5, np.nan
    edited.loc[4] = [np.nan, np.nan, None]
    rows = tidied(edited)
    assert len(rows) == 3
    assert rows["n"].tolist()[:2] == [1.5, 2.0]
    assert np.isnan(rows["n"][2])


def test_changes_are_counted_by_cells_and_rows():
    edited = editable(TABLE)
    edited.loc[1, "x"], edited.loc[1, "w"] = 9.0, "z"
    edited = edited.drop(index=2)
    edited.loc[4] = [7.0, 7.0, "new"]
    assert changes_in_words(editable(TABLE), edited) == "2 cells changed, 1 row added, 1 row removed"


def test_another_cell_is_another_digest():
    edited = TABLE.assign(x=[0.5, np.nan, 2.5000001])
    assert digest_of(edited) != digest_of(TABLE) == digest_of(TABLE.copy())


def test_a_table_without_rows_is_refused_and_a_long_or_wide_one_is_not_edited():
    with pytest.raises(TableError, match="No row is left"):
        tidied(editable(TABLE).iloc[:0])
    assert can_be_edited(TABLE)
    assert not can_be_edited(pd.DataFrame({"x": range(501)}))
    assert not can_be_edited(pd.DataFrame(np.zeros((2, 51))))
