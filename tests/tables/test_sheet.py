"""What stands on a sheet beside plain cells: merged headers, hidden rows, formulas, times; what a person decides."""

import pytest

from gmm_core.errors import TableError
from gmm_core.tables import limits
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.reading import read_report

TABLE = [["name", "x", "y"], ["a", 1, 2.5], ["b", 3, 4.5]]


def test_formulas_that_nobody_has_computed_are_told(workbook, with_rows):
    rows = b'<row r="3"><c r="A3"><f>A2+1</f></c></row><row r="4"><c r="A4"><f>A3+1</f><v></v></c></row>'
    more = rows + b'<row r="5"><c r="A5"><v>5</v></c></row>'
    report = read_report(with_rows(workbook({"Data": [["x"], [1]]}), more))
    assert report.frame["x"].tolist() == [1, 5]
    assert "2 formulas without a saved value count as gaps; save the workbook anew to have them." in (
        report.notes.remarks
    )


def test_hidden_rows_are_read_and_told(workbook):
    data = workbook({"Data": TABLE}, lambda book: book.worksheets()[0].set_row(1, None, None, {"hidden": True}))
    report = read_report(data)
    assert len(report.frame) == 2
    assert report.notes.details() == ("1 hidden row of the workbook was read like the others.",)


def test_a_header_of_merged_cells_over_two_rows_is_joined(workbook):
    def merge(book):
        sheet = book.worksheets()[0]
        sheet.merge_range("A1:A2", "region")
        sheet.merge_range("B1:C1", "sales")
        sheet.merge_range("D1:E1", "costs")

    rows = [[], ["", "2019", "2020", "2019", "2020"], ["north", 1, 2, 3, 4], ["south", 5, 6, 7, 8]]
    report = read_report(workbook({"Data": rows}, merge))
    assert list(report.frame) == ["region", "sales 2019", "sales 2020", "costs 2019", "costs 2020"]
    assert report.notes.header_rows == 2


def test_decisions_can_be_overruled_for_a_sheet_too(workbook):
    rows = [["Report"], ["a", "b"], ["c", "d"], ["1,5", 2], ["2,5", 3], ["Total", 5]]
    options = ReadOptions(skip_lines=2, skip_foot=1, header_rows=1, decimal=",", text_columns=("d",))
    report = read_report(workbook({"Data": rows}), options=options)
    assert report.frame.to_dict("list") == {"c": [1.5, 2.5], "d": ["2", "3"]}
    assert report.notes.skipped == ("Report", "a b")
    assert report.notes.foot_left_out


def test_times_in_cells_become_hours(workbook):
    def clock(book):
        sheet = book.worksheets()[0]
        for row, value in enumerate((0.5, 0.25), start=1):
            sheet.write_number(row, 0, value, book.add_format({"num_format": "hh:mm"}))

    report = read_report(workbook({"Data": [["at"]]}, clock))
    assert report.frame["at"].tolist() == [12, 6]
    assert report.notes.details() == ("Column “at”: times, read as hours: 1:30 is 1.5.",)


def test_there_is_a_limit_to_the_sheets(workbook, monkeypatch):
    monkeypatch.setattr(limits, "MAX_SHEETS", 2)
    with pytest.raises(TableError, match=r"^The workbook has 3 sheets; at most 2 are read\."):
        read_report(workbook(dict.fromkeys("abc", TABLE)))
