"""Every decision can be taken by a person, and what was decided is said."""

import pandas as pd
import pytest

from gmm_core.errors import SettingsError, TableError
from gmm_core.tables.dialect import NO_DELIMITER
from gmm_core.tables.encoding import OFFERED
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.reading import read_report, read_table


@pytest.mark.parametrize(
    ("data", "options", "expected"),
    [
        (b"a;b,c\n1;2,5\n", ReadOptions(delimiter=","), {"a;b": ["1;2"], "c": [5]}),
        (b"a;b\n1.234;2\n", ReadOptions(decimal=","), {"a": [1234], "b": [2]}),
        (b"1,2\n3,4\n", ReadOptions(header_rows=1), {"1": [3], "2": [4]}),
        (
            b"a,b\n3,4\n",
            ReadOptions(header_rows=0, needs_numbers=False),
            {"column 1": ["a", "3"], "column 2": ["b", "4"]},
        ),
        ("я\n1\n".encode("cp1251"), ReadOptions(encoding="cp1251"), {"я": [1]}),
        ("я\n1\n".encode("utf-8-sig"), ReadOptions(encoding="utf-8"), {"я": [1]}),
    ],
)
def test_what_a_person_decides_isnt_found_out(data, options, expected):
    assert read_report(data, options=options).frame.to_dict("list") == expected


def test_lines_above_the_table_and_rows_at_its_foot_are_left_out_as_one_says():
    data = b"a,b\nc,d\n1,2\n3,4\n5,6\n"
    report = read_report(data, options=ReadOptions(skip_lines=1, skip_foot=1))
    assert report.frame.to_dict("list") == {"c": [1, 3], "d": [2, 4]}
    assert report.notes.details() == ("1 line above the table left out (“a,b”).", "The last row left out (“5”).")
    with pytest.raises(TableError, match="no rows below it"):
        read_report(data, options=ReadOptions(skip_foot=4))


def test_a_header_of_two_rows_can_be_asked_for_or_refused():
    data = b"size,size\n(cm),(kg)\n1,2\n"
    assert list(read_table(data)) == ["size (cm)", "size (kg)"]
    once = read_report(data, options=ReadOptions(header_rows=1, needs_numbers=False)).frame
    assert once.to_dict("list") == {"size": ["(cm)", "1"], "size (2)": ["(kg)", "2"]}
    twice = read_report(b"a,b\nc,d\n1,2\n", options=ReadOptions(header_rows=2))
    assert list(twice.frame) == ["a c", "b d"]
    assert twice.notes.header_rows == 2


def test_columns_stay_text_and_days_come_first_as_one_says():
    options = ReadOptions(text_columns=("code",), day_first=True)
    report = read_report(b"code,d,x\n12,1/2/2024,1\n13,3/4/2024,2\n", options=options)
    assert report.frame["code"].tolist() == ["12", "13"]
    assert report.frame["d"].iloc[0] == pd.Timestamp("2024-02-01")
    assert report.notes.details() == ("Column “d”: dates, the day first.",)


def test_a_total_stays_in_but_is_told():
    report = read_report(b"place,n,x\na,1,2\nb,3,4\nSumme,4,6\n* estimated,,\n")
    assert report.frame["n"].tolist()[:3] == [1, 3, 4]
    assert report.notes.foot == ("Summe", "* estimated")
    assert "The last 2 rows look like totals or notes" in report.notes.details()[0]


@pytest.mark.parametrize(
    ("foot", "n_totals"),
    [
        ("Summe;1;2", 1),  # the word alone will do
        ("TOTAL: ;1;2\n* estimated;;", 2),
        ("Sum of all;15;35\nMean of all;3;7", 2),
        ("Mittelwert je Ort;3;7,01", 1),
        ("Total SE;15;3", 1),  # sums or means in half of the columns
        ("Total SE;1;2", 0),
        ("Total SE;1;2\nTotal;15;35", 0),
        ("Source: the office;;", 0),
        (";15;35", 1),
        (";15;", 0),  # may be chance
        ("f;15;34", 0),
    ],
)
def test_a_total_is_beyond_doubt_by_its_word_alone_or_by_its_sums(foot, n_totals):
    rows = [f"{name};{i};{2 * i + 1}" for i, name in enumerate("abcde", 1)]
    data = "\n".join(["place;n;x", *rows, foot]).encode()
    assert read_report(data).notes.n_totals == n_totals


def test_a_category_that_is_called_as_a_total_is_none():
    rows = [f"{level};{i};{i * i}" for i, level in enumerate(["alta", "media", "baja", "alta", "media"], 2)]
    notes = read_report("\n".join(["nivel;n;x", *rows]).encode()).notes
    assert (notes.foot, notes.n_totals) == (("media",), 0)


def test_a_note_at_the_foot_does_not_make_a_column_of_numbers_text():
    report = read_report(b"x,y,z\n1,2,3\n4,5,6\nSource: us,,\n")
    assert report.frame["x"].tolist()[:2] == [1, 4]
    assert [unread.examples for unread in report.notes.unread] == [("Source: us",)]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("城市,人口\n北京市,2189\n".encode("gbk"), "GBK"),
        ("x,y\n1,2\n".encode("utf-16-le"), "UTF-16"),
        ("x,y\n1,2\n".encode("utf-16-be"), "UTF-16"),
        ("größe,maß\n1,2\n".encode("cp1252"), "Windows-1252"),
        ("prénom,âge\nRené,2\nZoé,3\nLéa,4\nÉmilie,5\n".encode("cp1252"), "Windows-1252"),
        ("\u0426\u0435\u043d\u0430,y\n\u044e,2\n".encode("cp1251"), "Windows-1252"),
    ],
)
def test_encodings_without_a_mark_are_told_where_that_is_safe(data, encoding):
    assert read_report(data).notes.encoding == encoding


def test_a_column_is_read_as_numbers_where_one_says_so():
    data = b"zip,ms,card\n01067,1.5,9007199254740993\n80331,timeout,\n10115,slow,1\n"
    assert read_table(data, options=ReadOptions(needs_numbers=False)).dtypes.astype(str).tolist() == ["str"] * 3
    report = read_report(data, options=ReadOptions(number_columns=("zip", "ms", "card")))
    assert report.frame["zip"].tolist() == [1067, 80331, 10115]
    assert report.frame["ms"].isna().tolist() == [False, True, True]
    assert report.frame["card"].tolist()[::2] == [9007199254740992.0, 1.0]
    assert [unread.examples for unread in report.notes.unread] == [("timeout", "slow")]


def test_why_a_column_of_digits_stayed_text_is_said():
    data = b"zip,ms,card,x\n01067,1.5,9007199254740993,1\n80331,timeout,,2\n10115,2,1,3\n"
    assert dict(read_report(data).notes.understood) == {
        "zip": "kept as text, as cells begin with 0 like codes",
        "ms": "kept as text, though 2 of 3 cells are numbers",
        "card": "kept as text, as numbers of so many digits would be rounded",
    }


def test_words_taken_as_gaps_are_counted_and_more_can_be_named(workbook):
    data = b"x,w,d\n1,NA,1/2/2024\n-,-,3/4/2024\n-999,b,-999\nNA,c,5/6/2024\n"
    assert read_report(data).notes.gap_words == (("NA", 2), ("-", 1))
    options = ReadOptions(gap_words=("-999", "b"))
    report = read_report(data, options=options)
    assert report.frame["x"].isna().tolist() == [False, True, True, True]
    assert report.frame["w"].isna().tolist() == [True, False, True, False]
    assert dict(report.notes.gap_words) == {"-999": 2, "NA": 2, "-": 1, "b": 1}
    assert "Taken as gaps: “-999” in 2 cells, “NA” in 2 cells" in report.notes.details()[0]
    book = read_report(workbook({"A": [["x", "w"], [1.5, "b"], [-999, "c"], [2, "NA"]]}), options=options)
    assert book.frame["x"].isna().tolist() == [False, True, False]
    assert dict(book.notes.gap_words) == {"-999": 1, "b": 1, "NA": 1}


@pytest.mark.parametrize(
    ("data", "delimiter", "expected"),
    [
        (b"a;b\n1;2\n", NO_DELIMITER, {"a;b": ["1;2"]}),
        (b"a b  c\n1  2\n", "  ", {"a b": [1], "c": [2]}),
        (b"a:b\n1:2\n", ":", {"a": [1], "b": [2]}),
    ],
)
def test_rarer_signs_between_columns_can_be_given(data, delimiter, expected):
    options = ReadOptions(delimiter=delimiter, needs_numbers=False)
    assert read_report(data, options=options).frame.to_dict("list") == expected


@pytest.mark.parametrize("encoding", OFFERED, ids=lambda encoding: encoding.codec)
def test_every_encoding_on_offer_reads_what_it_writes(encoding):
    data = "x,y\n1,2\n".encode(encoding.codec)
    report = read_report(data, options=ReadOptions(encoding=encoding.codec))
    assert report.notes.encoding == encoding.words
    assert report.frame.to_dict("list") == {"x": [1], "y": [2]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"thousands": "x"},
        {"decimal": ".", "thousands": "."},
        {"header_rows": 3},
        {"skip_foot": -1},
        {"delimiter": ";;"},
        {"delimiter": '"'},
        {"decimal": "'"},
        {"encoding": "utf-9"},
    ],
)
def test_a_decision_without_meaning_is_refused(wrong):
    with pytest.raises(SettingsError):
        ReadOptions(**wrong)
