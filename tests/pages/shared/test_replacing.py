"""From one table to the next, with the choices kept."""

import pytest

from gmm_core.errors import SettingsError, TableError
from pages.shared.replacing import read_again, with_file, with_rows, with_sheet, without_edits
from pages.shared.workspace import example_workspace, file_workspace
from tests.pages.shared.test_workspace import book

LINES = [f"{i % 7}.5;{i * i % 13};{i % 5 * i}" for i in range(50)]


ROWS_OF_TOTALS = [f"{i};{i % 7 + i / 100};{i % 5 * i}" for i in range(60)]


def content(*names, foot=()):
    return "\n".join([";".join(names), *LINES, *foot]).encode()


@pytest.fixture
def chosen():
    """A file of three columns, of which two others than the first choice are chosen."""
    workspace = file_workspace(content("x", "y", "z"), "own.csv")
    columns = ("x", "z") if workspace.spec.columns != ("x", "z") else ("x", "y")
    return workspace.with_spec(columns=columns, scaling="standard").with_settings(n_components=5, seed=3)


def test_a_corrected_file_keeps_columns_and_settings(chosen):
    corrected = with_file(chosen, content("x", "y", "z").replace(b"0.5", b"0.6"), "other name.csv")
    assert (corrected.spec, corrected.settings) == (chosen.spec, chosen.settings)
    assert corrected.fit_key != chosen.fit_key
    assert corrected.table.name == "other name.csv"


def test_another_file_begins_anew(chosen):
    other = with_file(chosen, content("a", "b", "z"), "own.csv")
    assert set(other.spec.columns) <= {"a", "b", "z"}
    assert other.spec.scaling == "none"
    assert other.settings.n_components != 5


def test_a_corrected_file_is_read_as_the_one_before_but_its_foot_is_found_anew(chosen):
    told = read_again(chosen, text_columns=("y",), skip_foot=2)
    for foot, n_left_out in (((), 0), (("Total costs;1;2",), 0), (("Total;1;2",), 1)):
        corrected = with_file(told, content("x", "y", "z", foot=foot), "own.csv")
        assert corrected.table.file.options.text_columns == ("y",)
        assert corrected.table.file.options.skip_foot == n_left_out
        assert len(corrected.table.file.notes.foot) == len(foot)
        assert corrected.spec == chosen.spec


def test_what_was_said_of_a_file_is_forgotten_where_it_does_not_fit_the_next(chosen):
    told = read_again(chosen, delimiter=";")
    corrected = with_file(told, content("x", "y", "z").replace(b";", b"|"), "own.csv")
    assert corrected.table.file.options.delimiter is None
    assert corrected.spec == chosen.spec


def test_a_way_of_reading_keeps_what_is_chosen_as_far_as_it_is_there(chosen):
    gone = chosen.spec.columns[1]
    otherwise = read_again(chosen, text_columns=(gone,))
    assert otherwise.spec.columns == chosen.spec.columns[:1]
    assert otherwise.settings == chosen.settings
    assert otherwise.table.digest != chosen.table.digest
    assert read_again(otherwise).table.digest == chosen.table.digest


def test_a_first_choice_that_no_longer_holds_is_made_anew():
    first = file_workspace(content("x", "y", "z"), "own.csv")
    otherwise = read_again(first, header_rows=0)
    assert otherwise.spec.columns == otherwise.table.suggested != ()


@pytest.mark.parametrize("wrong", [{"encoding": "utf-9"}, {"skip_lines": 1000}, {"decimal": ".", "thousands": "."}])
def test_a_way_that_fails_says_why(chosen, wrong):
    with pytest.raises((TableError, SettingsError)):
        read_again(chosen, **wrong)


def test_another_sheet_is_read_without_what_was_said_of_the_last():
    first = file_workspace(book("a", "b"), "book.xlsx")
    second = with_sheet(read_again(first, skip_foot=1), "b")
    assert second.table.file.sheet == "b"
    assert len(second.table.frame) == 5


def test_a_corrected_workbook_is_read_from_the_same_sheet():
    content = book("a", "b")
    chosen = with_sheet(file_workspace(content, "book.xlsx"), "b").with_settings(n_components=3)
    corrected = with_file(chosen, book("a", "b", "c"), "book.xlsx")
    assert (corrected.table.file.sheet, corrected.settings.n_components) == ("b", 3)
    assert with_file(chosen, book("a"), "book.xlsx").table.file.sheet == "a"


def test_edited_rows_are_another_table_and_can_be_undone(chosen):
    frame = chosen.table.frame.copy()
    frame.loc[0, "x"] = 9.75
    edited = with_rows(chosen, frame)
    twice = with_rows(edited, edited.table.frame.iloc[1:])
    assert len({chosen.fit_key, edited.fit_key, twice.fit_key}) == 3
    assert twice.spec == chosen.spec
    assert len(twice.table.frame) == 49
    assert without_edits(twice).fit_key == chosen.fit_key


def test_the_rows_of_an_example_can_be_edited_too():
    first = example_workspace("old-faithful")
    edited = with_rows(first, first.table.frame.iloc[:100])
    assert edited.table.example is None
    assert edited.spec == first.spec
    assert without_edits(edited).table is first.table


def test_a_total_is_left_out_from_the_first_and_can_be_put_back():
    raw = "\n".join(["n;x;y", *ROWS_OF_TOTALS, "Total;9999999;"]).encode()
    workspace = file_workspace(raw, "own.csv")
    assert (workspace.table.file.options.skip_foot, len(workspace.table.frame)) == (1, 60)
    back = read_again(workspace, skip_foot=0)
    assert (back.table.file.options.skip_foot, len(back.table.frame)) == (0, 61)
    assert back.table.digest != workspace.table.digest
    found_anew = read_again(back)
    assert found_anew.fit_key == workspace.fit_key


def test_what_nobody_chose_is_chosen_anew_once_a_doubtful_total_goes():
    rows = [f"{row};{at % 6 + at % 7};{at % 8 + at % 9}" for at, row in enumerate(ROWS_OF_TOTALS)]
    raw = "\n".join(["n;x;y;z;w", *rows, "Total assets Ltd;9999999;;;"]).encode()
    workspace = file_workspace(raw, "own.csv")
    assert len(workspace.table.frame) == 61
    for without in (read_again(workspace, skip_foot=1), with_rows(workspace, workspace.table.frame.iloc[:-1])):
        assert without.spec.columns == without.table.suggested != workspace.spec.columns
    own = workspace.with_spec(columns=workspace.spec.columns, scaling="standard")
    assert read_again(own, skip_foot=1).spec == own.spec
    assert with_rows(own, own.table.frame.iloc[:-1]).spec == own.spec
