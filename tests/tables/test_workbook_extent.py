"""The reach of a sheet's cells, from its XML."""

import io
from functools import partial

import pytest

from gmm_core.tables import workbook_extent
from gmm_core.tables.workbook_extent import Extent, column_number, measure, trim


def _xml(rows: str) -> bytes:
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()


def _measured(rows: str) -> Extent:
    return measure(partial(io.BytesIO, _xml(rows)))


@pytest.mark.parametrize(
    ("letters", "number"), [(b"A", 1), (b"Z", 26), (b"AA", 27), (b"XFD", 16_384), (b"xfd", 16_384)]
)
def test_letters_are_column_numbers(letters, number):
    assert column_number(letters) == number


@pytest.mark.parametrize(
    ("rows", "extent"),
    [
        ("", Extent()),
        ('<row r="2"><c r="B2"><v>1</v></c></row>', Extent(2, 2, 2, 2)),
        ("<row r='2'><c s='1'\n r = 'B2'><v>1</v></c><c x='>' r='D9'><v>1</v></c></row>", Extent(2, 2, 9, 4)),
        ('<x:row r="1"><x:c r="AA1"><x:v>1</x:v></x:c></x:row>', Extent(1, 27, 1, 27)),
        ("<row><c><v>1</v></c><c><v>1</v></c></row><row><c><v>1</v></c></row>", Extent(1, 1, 2, 2)),
        ('<row r="7"><c r="C7"><v>1</v></c><c><v>1</v></c></row>', Extent(1, 1, 8, 5)),
    ],
)
def test_the_extent_reaches_at_least_as_far_as_the_cells(rows, extent):
    assert _measured(rows) == extent


def test_a_sheet_that_breaks_off_is_measured_to_its_end():
    assert measure(partial(io.BytesIO, b'<sheetData><row><c r="B2"><v>1</v></c><c r="C3"')) == Extent(2, 2, 3, 3)


def test_what_is_no_sheet_has_no_cells():
    assert measure(partial(io.BytesIO, b'<calcChain><c r="XFD1048576"/></calcChain>')).n_cells == 0


def test_the_extent_doesnt_depend_on_where_the_xml_is_cut(monkeypatch):
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c><c r="BC{r}"><v>1</v></c></row>' for r in range(1, 60))
    whole = _measured(rows)
    assert whole == Extent(1, 1, 59, 55)
    for size in (100, 101, 137, 500):
        monkeypatch.setattr(workbook_extent, "CHUNK", size)
        assert _measured(rows) == whole


def test_the_bulk_stays_and_what_lies_apart_goes():
    near = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c><c r="B{r}" s="3"/></row>' for r in range(5, 9))
    far = '<row r="5000"><c r="A5000"><v>1</v></c><c r="XFD5000" s="1"/></row>'
    trimmed = trim(_xml(near + far))
    assert trimmed.removed == ("A5000",)
    assert measure(partial(io.BytesIO, trimmed.xml)) == Extent(5, 1, 8, 1)


def test_the_bulk_may_lie_below_what_is_cut():
    rows = "".join(f'<row r="{r}"><c r="C{r}"><v>1</v></c></row>' for r in (1, *range(9_000, 9_005)))
    assert trim(_xml(rows)).removed == ("C1",)
