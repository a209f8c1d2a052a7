"""Texts of every dialect come back as the table that a person sees in them."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.errors import TableError
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.reading import read_report, read_table

NAN = np.nan

CORPUS = {
    "commas": (b"a,b\n1,2\n3,4\n", {"a": [1, 3], "b": [2, 4]}),
    "no newline at the end": (b"a,b\n1,2", {"a": [1], "b": [2]}),
    "Windows line ends": (b"a,b\r\n1,2\r\n", {"a": [1], "b": [2]}),
    "old Mac line ends": (b"a,b\r1,2\r3,4\r", {"a": [1, 3], "b": [2, 4]}),
    "tabs": (b"a\tb\n1.5\t2\n", {"a": [1.5], "b": [2]}),
    "bars": (b"a|b\n1|x\n3|y\n", {"a": [1, 3], "b": ["x", "y"]}),
    "semicolons and decimal commas": (b"a;b\n1,5;2\n0,25;3\n", {"a": [1.5, 0.25], "b": [2, 3]}),
    "semicolons and decimal points": (b"a;b\n1.5;2\n", {"a": [1.5], "b": [2]}),
    "decimal commas and grouping points": (b"a;b\n1.234,5;1.000\n", {"a": [1234.5], "b": [1000]}),
    "decimal commas in quotes between commas": (b'a,b\n"1,5",2\n"2,75",3\n', {"a": [1.5, 2.75], "b": [2, 3]}),
    "grouping commas in quotes between commas": (
        b'a,b\n"1,234",2\n"12,345,678",3\n',
        {"a": [1234, 12345678], "b": [2, 3]},
    ),
    "grouping commas between tabs": (b"a\tb\n1,234\t1.5\n", {"a": [1234], "b": [1.5]}),
    "a comma before three digits between semicolons": (b"a;b\n1,234;2\n", {"a": [1.234], "b": [2]}),
    "a point before three digits between semicolons": (b"a;b\n1.234;2\n", {"a": [1234], "b": [2]}),
    "grouping apostrophes and blanks": (
        "a;b\n1'234,5;1\u00a0234\n2,5;7\n".encode(),
        {"a": [1234.5, 2.5], "b": [1234, 7]},
    ),
    "a column that goes against the rest": (
        b"a;b;c\n1,5;2,5;3.5\n1,5;2,5;12.25\n",
        {"a": [1.5] * 2, "b": [2.5] * 2, "c": [3.5, 12.25]},
    ),
    "one column of decimal commas": (b"value\n1,5\n2,75\n", {"value": [1.5, 2.75]}),
    "one column": (b"value\n1\n2\n", {"value": [1, 2]}),
    "no header": (b"1,2.5\n3,4\n", {"column 1": [1, 3], "column 2": [2.5, 4]}),
    "no header and a gap in the first row": (b"1,NA\n3,4\n", {"column 1": [1, 3], "column 2": [NAN, 4]}),
    "years among the names": (b"country,2019,2020\nx,1,2\n", {"country": ["x"], "2019": [1], "2020": [2]}),
    "a sep line": (b"sep=;\na;b\n1;2\n", {"a": [1], "b": [2]}),
    "a sep line that only decides": (b"sep=|\na,b|c\n1,5|2\n", {"a,b": [1.5], "c": [2]}),
    "blank lines": (b"\n\na,b\n\n1,2\n\n3,4\n\n", {"a": [1, 3], "b": [2, 4]}),
    "lines of delimiters at the foot": (b"a;b\n1;2\n;\n;\n", {"a": [1], "b": [2]}),
    "a row of nothing but null words stays": (b"a,b\n1,2\nNA,NA\n", {"a": [1, NAN], "b": [2, NAN]}),
    "rows that end in a delimiter": (b"a;b\n1;2;\n3;4;\n", {"a": [1, 3], "b": [2, 4]}),
    "header and rows that end in a delimiter": (b"a;b;\n1;2;\n3;4;\n", {"a": [1, 3], "b": [2, 4]}),
    "short rows": (b"a,b,c\n1\n4,5,6\n7,8\n", {"a": [1, 4, 7], "b": [NAN, 5, 8], "c": [NAN, 6, NAN]}),
    "a long row whose rest is blank": (b"a,b\n1,2\n3,4,,\n5,6\n", {"a": [1, 3, 5], "b": [2, 4, 6]}),
    "duplicate and blank names": (b"x,x,,x (2)\n1,2,3,4\n", {"x": [1], "x (3)": [2], "column 3": [3], "x (2)": [4]}),
    "white space around cells": (b" a , b \n 1 , 2 \n", {"a": [1], "b": [2]}),
    "quoted delimiters, quotes and line breaks": (
        b'a,"b ""c"", d"\n1,"x, ""y""\nz"\n',
        {"a": [1], 'b "c", d': ['x, "y"\nz']},
    ),
    "an inch mark inside a cell": (b'a,b\n1,5" pipe\n2,x\n', {"a": [1, 2], "b": ['5" pipe', "x"]}),
    "a header over two lines in quotes": (b'"a\nb",c\n1,2\n', {"a b": [1], "c": [2]}),
    "leading zeros": (b"code,x\n00123,1\n45678,2\n", {"code": ["00123", "45678"], "x": [1, 2]}),
    "zero is no leading zero": (b"x\n0\n0.5\n-0.5\n", {"x": [0, 0.5, -0.5]}),
    "more digits than a float has": (
        b"card,x\n1234567890123456789012,1\n9,2\n",
        {"card": ["1234567890123456789012", "9"], "x": [1, 2]},
    ),
    "large integers without gaps are exact": (b"n\n9007199254740993\n1\n", {"n": [9007199254740993, 1]}),
    "large integers with a gap stay text": (
        b"n,x\n9007199254740993,1\n,2\n",
        {"n": ["9007199254740993", NAN], "x": [1, 2]},
    ),
    "exponents and signs": ("x\n1e3\n+2\n\u22123\n-4.5E-1\n".encode(), {"x": [1000, 2, -3, -0.45]}),
    "infinite values": (b"x\n1\ninf\n-Infinity\n", {"x": [1, np.inf, -np.inf]}),
    "the infinity sign": ("x\n1\n\u221e\n".encode(), {"x": [1, np.inf]}),
    "dates": (b"d,x\n2024-01-31,1\n,2\n", {"d": [pd.Timestamp("2024-01-31"), pd.NaT], "x": [1, 2]}),
    "'none' and '-' are words among words": (b"w,x\nnone,1\n-,2\nNA,3\n", {"w": ["none", "-", NAN], "x": [1, 2, 3]}),
    "names that are dangerous elsewhere": (
        b"a.b[c],<b>:$x,=1+1\n1,2,3\n",
        {"a.b[c]": [1], "<b>:$x": [2], "=1+1": [3]},
    ),
}


@pytest.mark.parametrize(("data", "expected"), CORPUS.values(), ids=CORPUS)
def test_a_text_comes_back_as_the_table_in_it(data, expected):
    table = read_table(data)
    assert list(table.columns) == list(expected)
    for name, values in expected.items():
        assert table[name].isna().tolist() == pd.isna(values).tolist(), name
        assert table[name].dropna().tolist() == pd.Series(values).dropna().tolist(), name


@pytest.mark.parametrize(
    "word",
    ["", " ", "NA", "n/a", "N/A", "#N/A", "nan", "NaN", "null", "NULL", "-", "--", "?", ".", "None", "#DIV/0!"],
)
def test_null_words_are_gaps_among_numbers(word):
    table = read_table(f"a,b\n1,2\n{word},3\n4,5\n".encode())
    assert table["a"].dtype == float
    assert table["a"].isna().tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
def test_an_encoding_is_found(encoding, words):
    report = read_report("größe;straße\n1,5;é\n".encode(encoding))
    assert list(report.frame.columns) == ["größe", "straße"]
    assert report.frame["straße"].tolist() == ["é"]
    assert report.notes.encoding == words


def test_big_endian_utf_16_and_bytes_beyond_windows_1252_are_read_too():
    assert list(read_table("größe\n1\n".encode("utf-16"))) == ["größe"]
    assert list(read_table(b"\xfe\xff" + "größe\n1\n".encode("utf-16-be"))) == ["größe"]
    assert read_report(b"x\x81,y\n1,2\n").notes.encoding == "Latin-1"


def test_the_summary_is_one_plain_sentence():
    data = "größe;b\n1,5;2\n2,5;3\n".encode("cp1252")
    expected = "Read as text: semicolons between columns, decimal comma, Windows-1252; 2 rows, 2 columns."
    assert read_report(data).notes.summary() == expected
    assert read_report(b"x\n1\n").notes.summary() == "Read as text: one column, UTF-8; 1 row, 1 column."


def test_nothing_is_to_be_said_of_a_clean_table():
    assert read_report(b"a,b\n1,2\n").notes.details() == ()


def test_cells_that_are_no_numbers_become_gaps_and_are_named():
    report = read_report(b"x,y\n" + b"1,2\n" * 60 + b"oops,2\n3,4\nbad,5\n")
    assert report.frame["x"].dtype == float
    assert report.frame["x"].isna().sum() == 2
    [unread] = report.notes.unread
    assert (unread.column, unread.count, unread.examples, unread.rows) == ("x", 2, ("oops", "bad"), (61, 63))
    assert report.notes.details() == (
        "Column “x”: 2 cells are no numbers and count as gaps (“oops” in row 61, “bad” in row 63).",
    )


def test_a_column_with_many_words_stays_text():
    table = read_table(b"x,y\n" + b"1,2\n" * 8 + b"oops,2\nbad,5\n")
    assert table["x"].tolist() == ["1"] * 8 + ["oops", "bad"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"1,2\n3,4\n", "No names were found above the columns, so they are numbered."),
        (b"a,b\n1,2\n3\n", "1 row had fewer cells than the header; the missing ones count as gaps."),
        (b"a,b\n1,2\n,\n,\n", "2 blank rows left out."),
    ],
)
def test_what_was_done_to_the_rows_is_said(data, sentence):
    assert read_report(data).notes.details() == (sentence,)


def test_a_table_of_words_is_read_where_that_is_asked_for():
    table = read_report(b"name,city\nx,y\n", options=ReadOptions(needs_numbers=False)).frame
    assert table["city"].tolist() == ["y"]


def test_bytes_paths_and_files_give_the_same(tmp_path):
    data = "größe,x\n1,2\n".encode()
    path = tmp_path / "size.csv"
    path.write_bytes(data)
    expected = read_table(data)
    with path.open("rb") as binary, path.open(encoding="utf-8") as text:
        for source in (bytearray(data), memoryview(data), path, str(path), io.BytesIO(data), binary, text):
            pd.testing.assert_frame_equal(read_table(source), expected)


def test_a_table_is_called_by_its_file_or_as_one_says(tmp_path):
    path = tmp_path / "size.csv"
    path.write_bytes(b"x\n1\n")
    assert read_report(path).name == "size.csv"
    with path.open("rb") as file:
        assert read_report(file).name == "size.csv"
    assert read_report(path, name="Sizes").name == "Sizes"
    assert read_report(b"x\n1\n").name == "The file"


def test_a_file_that_is_not_there_is_an_error_with_a_remedy(tmp_path):
    with pytest.raises(TableError, match=r"^none\.csv cannot be opened\. Check its name"):
        read_table(tmp_path / "none.csv")


cells = st.one_of(
    st.integers(-(10**9), 10**9).map(str),
    st.floats(-1e9, 1e9).map(lambda x: f"{x:.4f}"),
)


@given(
    rows=st.lists(st.tuples(cells, cells, st.text("ab, ;|\"'é", max_size=6)), min_size=1, max_size=30),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_written_by_the_csv_module_comes_back(rows, delimiter, encoding, line_end):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerows([("one", "two", "words, é"), *rows])
    table = read_table(out.getvalue().encode(encoding))
    assert list(table.columns) == ["one", "two", "words, é"]
    for position in (0, 1):
        assert table.iloc[:, position].tolist() == [float(row[position]) for row in rows]
    assert [word for word in table.iloc[:, 2] if isinstance(word, str)] == [
        row[2].strip() for row in rows if row[2].strip()
    ]


def _outcome(data):
    try:
        return read_table(data)
    except TableError as error:
        return error


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_table_error(data):
    found = _outcome(data)
    if isinstance(found, TableError):
        assert found.remedy
    else:
        assert len(found) > 0
        assert found.columns.is_unique


@given(st.text("abc123,;.\t\n\"-'= ", max_size=120))
def test_any_text_is_a_table_or_a_table_error(text):
    found = _outcome(text.encode())
    assert found.remedy if isinstance(found, TableError) else len(found.select_dtypes("number").columns) > 0
