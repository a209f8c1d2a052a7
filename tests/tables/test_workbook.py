"""Workbooks: the sheet, the table on it, its cells; and what is told of those that can't be read."""

import datetime as dt
import zipfile
from io import BytesIO

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import TableError
from gmm_core.tables import limits, workbook_archive
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.reading import read_report, read_table

TABLE = [["name", "x", "y"], ["a", 1, 2.5], ["b", 3, 4.5]]


def test_a_sheet_comes_back_as_the_table_on_it(workbook):
    report = read_report(workbook({"Data": TABLE}), name="shop.xlsx")
    assert report.frame.to_dict("list") == {"name": ["a", "b"], "x": [1, 3], "y": [2.5, 4.5]}
    assert [str(dtype) for dtype in report.frame.dtypes] == ["str", "int64", "float64"]
    assert report.notes.summary() == "Read as workbook: sheet “Data”; 2 rows, 3 columns."
    assert report.notes.details() == ()


def test_the_first_sheet_with_numbers_is_read_unless_one_is_asked_for(workbook):
    sheets = {"Empty": [], "Notes": [["read me"], ["thanks"]], "First": TABLE, "Second": [["z"], [1]]}
    report = read_report(workbook(sheets))
    assert report.notes.sheet == "First"
    assert report.notes.sheets == ("Empty", "Notes", "First", "Second")
    assert report.notes.summary() == "Read as workbook: sheet “First” of 4; 2 rows, 3 columns."
    assert list(read_table(workbook(sheets), sheet="Second")) == ["z"]


def test_a_hidden_sheet_is_read_only_when_asked_for(workbook):
    def hide(book):
        book.worksheets()[1].activate()
        book.worksheets()[0].hide()

    data = workbook({"Hidden": [["h"], [1]], "Seen": TABLE}, hide)
    assert read_report(data).notes.sheet == "Seen"
    assert list(read_table(data, sheet="Hidden")) == ["h"]


def test_a_chart_is_no_sheet(workbook):
    def add_chart(book):
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Data!$B$2:$B$3"})
        book.add_chartsheet("Chart").set_chart(chart)

    assert read_report(workbook({"Data": TABLE}, add_chart)).notes.sheets == ("Data",)


def test_the_header_is_found_below_titles_and_between_blank_rows_and_columns(workbook):
    rows = [
        [],
        ["", "Sales of the year"],
        ["", "as of", "May"],
        [],
        ["", "region", "sales", "", "costs", "gain"],
        ["", "north", 1, "", 2, 3],
        [],
        ["", "south", 4, "", 5, 6],
    ]
    report = read_report(workbook({"Data": rows}))
    assert report.frame.to_dict("list") == {
        "region": ["north", "south"],
        "sales": [1, 4],
        "costs": [2, 5],
        "gain": [3, 6],
    }
    assert report.notes.details() == (
        "2 lines above the table left out (“Sales of the year”, “as of May”).",
        "1 blank row left out.",
    )


def test_a_table_far_down_the_sheet_is_found(workbook):
    data = workbook(
        {"Data": []}, lambda book: [book.worksheets()[0].write_column(90_000, c, ["x", 1, 2]) for c in (40, 41)]
    )
    assert read_table(data).to_dict("list") == {"x": [1, 2], "x (2)": [1, 2]}


def test_numbers_without_names_are_numbered(workbook):
    report = read_report(workbook({"Data": [[1, 2], [3, 4]]}))
    assert list(report.frame) == ["column 1", "column 2"]
    assert not report.notes.has_header
    assert list(read_table(workbook({"Data": [[2019, 2020], [3, 4]]}))) == ["column 1", "column 2"]
    named = read_report(workbook({"Data": [[2019, 2020], [3, 4]]}), options=ReadOptions(header_rows=1))
    assert list(named.frame) == ["2019", "2020"]


def test_merged_cells_fill_what_they_cover(workbook):
    def merge(book):
        sheet = book.worksheets()[0]
        sheet.merge_range("A1:C1", "Title over all")
        sheet.merge_range("A3:A4", "north")
        sheet.merge_range("A5:A6", 7)

    rows = [[], ["region", "x", "y"], ["", 1, 2], ["", 3, 4], ["", 5, 6], ["", 7, 8]]
    table = read_table(workbook({"Data": rows}, merge))
    assert table["region"].tolist() == ["north", "north", "7", "7"]
    assert table["y"].tolist() == [2, 4, 6, 8]


def test_gaps_dates_answers_and_error_values_keep_their_kind(workbook):
    def error(book):
        book.worksheets()[0].write_formula("B3", "=1/0", value="#DIV/0!")

    day = dt.date(2024, 5, 1)
    rows = [["day", "x", "member", "seen"], [day, 1.5, True, True], [day, "", False, ""], ["", 2.5, True, False]]
    table = read_table(workbook({"Data": rows}, error))
    assert table["day"].tolist()[:2] == [pd.Timestamp(day)] * 2
    assert table["day"].isna().tolist() == [False, False, True]
    assert table["x"].isna().tolist() == [False, True, False]
    assert table["member"].tolist() == [True, False, True]
    assert table["seen"].isna().tolist() == [False, True, False]


def test_numbers_stored_as_text_and_words_among_numbers_meet_the_rules_of_text(workbook):
    rows = [["text", "mixed", "code"], *[["1,5", i, "007"] for i in range(40)], ["n/a", "oops", "010"]]
    report = read_report(workbook({"Data": rows}))
    assert report.frame["text"].tolist()[:40] == [1.5] * 40
    assert report.frame["mixed"].tolist()[:40] == list(range(40))
    assert report.frame["code"].tolist()[-1] == "010"
    assert [unread.examples for unread in report.notes.unread] == [("oops",)]


def test_a_formula_gives_the_value_saved_with_it(workbook):
    data = workbook({"Data": [["x"], [1]]}, lambda book: book.worksheets()[0].write_formula("A3", "=A2+1", value=2))
    assert read_table(data)["x"].tolist() == [1, 2]


def test_numbers_keep_all_their_digits(workbook):
    values = [0.1, 1 / 3, 1e-300, 1e300, -2.5, 123456789012345.0]
    assert read_table(workbook({"Data": [["x"], *[[value] for value in values]]}))["x"].tolist() == values


@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "XFD1"])
def test_a_cell_far_away_costs_nothing_and_is_named(workbook, with_rows, monkeypatch, address):
    monkeypatch.setattr(workbook_archive, "MAX_SHEET_CELLS", 1_000)
    near = workbook({"Data": TABLE})
    report = read_report(with_rows(near, f'<row><c r="{address}"><v>5</v></c></row>'.encode()))
    pd.testing.assert_frame_equal(report.frame, read_table(near))
    assert report.notes.details() == (f"1 cell far from the table left out ({address}).",)


def test_formats_far_away_are_no_cells(workbook, with_rows):
    data = with_rows(workbook({"Data": TABLE}), b'<row r="1048576"><c r="XFD1048576" s="0"/></row>')
    report = read_report(data)
    assert report.frame.shape == (2, 3)
    assert report.notes.details() == ()


def test_cells_without_addresses_are_allowed_for(workbook, with_rows):
    near = workbook({"Data": TABLE})
    row = b"<row><c><v>1</v></c><c><v>2</v></c></row>"
    data = with_rows(near, row + b"<row><c><v>3</v></c></row>", replace=True)
    assert read_table(data).isna().sum().tolist() == [0, 1]
    far = b'<row r="1048576"><c r="XFC9"><v>1</v></c><c><v>3</v></c></row>'
    with pytest.raises(TableError, match=r"^A sheet of the workbook spans .* Save the table on it as CSV"):
        read_table(with_rows(near, row + far, replace=True))


def test_a_sheet_that_is_too_large_in_itself_is_refused(workbook, monkeypatch):
    monkeypatch.setattr(workbook_archive, "MAX_SHEET_CELLS", 5)
    with pytest.raises(TableError, match=r"^A sheet of the workbook spans 9 cells; at most 5 are read\."):
        read_table(workbook({"Data": TABLE}))


def test_a_workbook_that_unpacks_beyond_the_limit_is_refused(workbook, monkeypatch):
    monkeypatch.setattr(workbook_archive, "MAX_UNPACKED_BYTES", 1024)
    with pytest.raises(TableError, match=r"^shop\.xlsx unpacks to .*; at most 0 MB are read\."):
        read_table(workbook({"Data": TABLE}), name="shop.xlsx")


def test_the_column_limit_holds_for_workbooks_too(workbook, monkeypatch):
    monkeypatch.setattr(limits, "MAX_COLUMNS", 2)
    with pytest.raises(TableError, match=r"^The table has 3 columns; at most 2 are read\."):
        read_table(workbook({"Data": TABLE}))


def test_an_unknown_sheet_is_told_with_those_there_are(workbook):
    with pytest.raises(TableError, match=r"^The workbook has no sheet called “July”\. Choose one of: May, June\.$"):
        read_table(workbook({"May": TABLE, "June": TABLE}), sheet="July")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "Sheet “Data” is empty."),
        ([["a", "b"]], "Sheet “Data” has a header but no rows below it."),
        ([["a"], ["x"]], "No column of the table holds numbers, so there is nothing to find groups in."),
    ],
)
def test_a_workbook_without_a_table_is_told_in_a_sentence(workbook, rows, sentence):
    with pytest.raises(TableError) as caught:
        read_table(workbook({"Data": rows}))
    assert caught.value.problem == sentence
    assert caught.value.remedy


def _archive(**members):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def test_what_is_no_workbook_is_told_in_a_sentence(workbook, with_rows):
    good = workbook({"Data": TABLE})
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    cases = {
        good[:-40]: "shop.xlsx is a damaged workbook or archive.",
        with_rows(good, b"<row><c></row>"): "shop.xlsx is a damaged workbook.",
        good[:60] + b"\xff" * 40 + good[100:]: "shop.xlsx is a damaged workbook.",
        _archive(xl__workbook_xml="<workbook"): "shop.xlsx is a damaged workbook.",
        _archive(
            **{"xl/workbook.bin": b"\x83\x01"}
        ): "shop.xlsx is a damaged workbook, or one whose cells lie too far apart.",
        with_rows(good, b'<row><c r="A99999999999999999999"><v>1</v></c></row>'): "shop.xlsx is a damaged workbook.",
        _archive(mimetype="application/epub+zip"): "shop.xlsx is another kind of document, not a workbook.",
        ole + "EncryptedPackage".encode("utf-16-le"): "shop.xlsx is a workbook locked with a password.",
        ole + b"WordDocument": "shop.xlsx is an old Office document without sheets.",
        ole
        + "Workbook\0".encode("utf-16-le"): "shop.xlsx is a damaged workbook, or one whose cells lie too far apart.",
    }
    for data, sentence in cases.items():
        with pytest.raises(TableError) as caught:
            read_table(data, name="shop.xlsx")
        assert caught.value.problem == sentence
        assert caught.value.remedy


def test_mutated_workbooks_are_tables_or_table_errors(workbook, rng):
    good = np.frombuffer(workbook({"Data": TABLE}), dtype=np.uint8)
    for _ in range(150):
        data = good.copy()
        at = rng.integers(len(data), size=rng.integers(1, 6))
        data[at] = rng.integers(256, size=len(at))
        found = _outcome(data.tobytes())
        assert found.remedy if isinstance(found, TableError) else len(found) > 0


def _outcome(data):
    try:
        return read_table(data)
    except TableError as error:
        return error
