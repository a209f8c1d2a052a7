"""What is exported opens right in a spreadsheet, runs nothing there, and comes back the same."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.tables.export import CSV_STYLES, style_like, to_csv
from gmm_core.tables.notes import ReadingNotes
from gmm_core.tables.reading import read_table


def test_columns_that_arrow_holds_in_pieces_are_written_whole():
    texts = pa.chunked_array([["a", "b"], ["c"]])
    frame = pa.table({"text": texts, "number": pa.chunked_array([[1.5], [2.5, 3.5]])}).to_pandas()
    frame["arrow"] = pd.Series(texts, dtype=pd.ArrowDtype(pa.string()))
    written = to_csv(frame).decode("utf-8-sig").splitlines()
    assert written == ['"text","number","arrow"', '"a",1.5,"a"', '"b",2.5,"b"', '"c",3.5,"c"']


def test_a_spreadsheet_can_tell_that_it_is_utf_8():
    assert to_csv(pd.DataFrame({"größe": [1]})) == b"\xef\xbb\xbf" + '"größe"\n1\n'.encode()


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1", "  =1+1", "\u00a0@x"]
)
def test_text_that_would_run_as_a_formula_is_escaped(text):
    data = to_csv(pd.DataFrame({text: [text]})).decode("utf-8-sig")
    assert data == f'"\'{text}"\n"\'{text}"\n'


def test_numbers_are_never_escaped_and_keep_all_their_digits():
    values = [-1.5, 0.1 + 0.2, 1 / 3, 1e-300, -2.0, np.nan]
    data = to_csv(pd.DataFrame({"x": values, "n": [-1, 2, 3, 4, 5, 2**53 + 1]}))
    table = read_table(data)
    assert table["x"].tolist()[:-1] == values[:-1]
    assert np.isnan(table["x"].iloc[-1])
    assert table["n"].tolist() == [-1, 2, 3, 4, 5, 2**53 + 1]


def test_every_kind_of_column_is_written():
    table = pd.DataFrame(
        {
            "group": pd.Categorical.from_codes([0, -1], categories=["A", "B"]),
            "day": pd.to_datetime(["2024-05-01", None]),
            "seen": [True, False],
            "odd": [("a", 1), None],
            "n": pd.array([1, None], dtype="Int64"),
        }
    )
    lines = to_csv(table).decode("utf-8-sig").splitlines()
    assert lines == ['"group","day","seen","odd","n"', '"A","2024-05-01",true,"(\'a\', 1)",1', ",,false,,"]


def test_for_a_country_of_decimal_commas_semicolons_stand_between():
    table = pd.DataFrame({"x": [-1.5, 1e-300, np.nan], "n": [1, 2, 3], "w": ["a;b", "c,d", "e"]})
    data = to_csv(table, CSV_STYLES["comma"])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines()[0] == '"x";"n";"w"'
    assert '\n-1,5;1;"a;b"\n' in data.decode("utf-8-sig")
    pd.testing.assert_frame_equal(read_table(data), table)


@pytest.mark.parametrize("style", CSV_STYLES.values(), ids=CSV_STYLES)
def test_numbers_are_written_without_quotes_and_gaps_are_empty(style):
    whole = {"w": [1.0, np.nan, 3.0], "n": pd.array([1, None, 3], "Int64"), "o": pd.Series([1, None, 3], dtype=object)}
    table = pd.DataFrame({**whole, "x": [0.5, np.nan, 2]})
    lines = to_csv(table, style).decode("utf-8-sig").splitlines()
    between, half = style.delimiter, f"0{style.decimal}5"
    assert lines[1:] == [between.join(cells) for cells in (("1", "1", "1", half), ("",) * 4, ("3", "3", "3", "2"))]


def test_many_rows_are_written_like_few(monkeypatch, rng):
    table = pd.DataFrame({"x": rng.normal(size=7), "w": list('a"c;e,g')})
    whole = to_csv(table)
    monkeypatch.setattr("gmm_core.tables.export.BLOCK", 3)
    assert to_csv(table) == whole
    assert to_csv(table[:0]) == b'\xef\xbb\xbf"x","w"\n'
    assert to_csv(table[[]]) == b"\xef\xbb\xbf"


def test_columns_of_one_name_are_both_written():
    table = pd.DataFrame([[1, 2]], columns=["x", "x"])
    assert to_csv(table) == b'\xef\xbb\xbf"x","x"\n1,2\n'


words = st.text("ab ,;\"'é\n", min_size=1, max_size=8).filter(lambda word: word == word.strip())


@given(st.lists(st.tuples(words, st.floats(allow_nan=False)), min_size=1, max_size=20))
def test_what_is_exported_comes_back_the_same(rows):
    table = pd.DataFrame(rows, columns=['a, "b"', "x"])
    pd.testing.assert_frame_equal(read_table(to_csv(table)), table, check_dtype=False)


@pytest.mark.parametrize(
    ("decimal", "delimiter", "name"),
    [
        (",", ";", "comma"),
        (",", "\t", "comma"),
        (".", ";", "point"),
        ("", ";", "comma"),
        ("", ",", "point"),
    ],
)
def test_a_file_is_answered_in_its_own_way_of_writing(decimal, delimiter, name):
    assert style_like(ReadingNotes("text", decimal=decimal, delimiter=delimiter)).name == name
    assert style_like(None).name == "point"
