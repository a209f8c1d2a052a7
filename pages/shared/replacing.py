"""Ways from one table to the next that keep the choices made: a corrected file, other ways of reading, edited rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gmm_core.errors import GmmError
from pages.shared.workspace import LoadedTable, Workspace, any_table, checked, fresh, read_file, without_totals

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.tables.features import FeatureSpec
    from gmm_core.tables.options import ReadOptions
    from gmm_core.tables.reading_alike import Reading


def with_file(workspace: Workspace, content: bytes, name: str) -> Workspace:
    """The workspace with a new file: all choices stay where it has their columns, and else are made anew.

    A file with the name of the one before is first read as that was, rows at the foot aside: those are found anew.

    Raises
    ------
    GmmError
        Where the file is no table, or none of its columns can be used.
    """
    for sheet, options in _known_ways(workspace, name):
        try:
            table = checked(without_totals(any_table(content, name, sheet, options)))
        except GmmError:
            continue
        if _fits(workspace, table):
            return workspace.with_table(table)
    table = read_file(content, name)
    return workspace.with_table(table) if _fits(workspace, table) else fresh(table)


def read_again(workspace: Workspace, **changes: Any) -> Workspace:
    """The workspace with its file read in another way: fields of ``ReadOptions``, or none to find all out again."""
    file = workspace.table.file
    assert file is not None
    options = replace(file.options, **changes) if changes else None
    return _with_other_rows(workspace, read_file(file.content, file.name, file.sheet, options))


def read_alike(table: LoadedTable, reading: Reading | None, wanted: FeatureSpec) -> tuple[LoadedTable, str]:
    """The table with its file read as another was, and what that changed, in words.

    It stays as it is where it was read so already, where that fails, or where more of the wanted columns would be lost.
    """
    from gmm_core.tables.carried import carried
    from gmm_core.tables.reading_alike import Reading

    file = table.file
    if reading is None:
        return table, ""
    if file is None:
        return table, "How the file was read is left aside: this table was not read from a file."
    now = Reading.of(file.options, file.notes)
    alike = reading.for_file(file.options, file.notes)
    if alike == now:
        return table, "The file was read in the same way already."
    try:
        again = read_file(file.content, file.name, alike.sheet, alike.options)
    except GmmError as error:
        return table, f"The file could not be read as the recipe says, so it was left as it is ({error.problem})"
    if len(carried(wanted, again.frame).columns) < len(carried(wanted, table.frame).columns):
        return table, "Read as the recipe says, the file would lose columns, so it was left as it is."
    new = [each for each in alike.words() if each not in now.words()] or list(alike.words())
    return again, f"The file was read again as the recipe says: {'; '.join(new)}."


def with_sheet(workspace: Workspace, sheet: str) -> Workspace:
    """The workspace with another sheet of its workbook, read without what was said of the last."""
    file = workspace.table.file
    assert file is not None
    return _with_other_rows(workspace, read_file(file.content, file.name, sheet))


def with_rows(workspace: Workspace, frame: pd.DataFrame) -> Workspace:
    """The workspace with the rows of its table as a person has edited them."""
    from gmm_core.tables.edited import digest_of, tidied

    before = workspace.table.unedited or workspace.table
    rows = tidied(frame)
    table = LoadedTable(
        rows,
        before.name,
        f"{before.digest}:edited:{digest_of(rows)}",
        "Edited on the Table page.",
        unedited=before,
    )
    rows_went = before.file is not None and len(rows) < len(before.frame)  # an example's columns are chosen for it
    return _with_other_rows(workspace, checked(table)) if rows_went else workspace.with_table(checked(table))


def without_edits(workspace: Workspace) -> Workspace:
    """The workspace with its table as it was before rows were edited."""
    return workspace.with_table(workspace.table.unedited or workspace.table)


def _with_other_rows(workspace: Workspace, table: LoadedTable) -> Workspace:
    """The workspace with other rows of its table: what nobody chose is chosen anew, as totals may have decided it."""
    from gmm_core.tables.features import FeatureSpec

    read = workspace.with_table(table)
    nobody_chose = workspace.spec == FeatureSpec(workspace.table.suggested)
    return read.with_whole_spec(FeatureSpec(table.suggested)) if nobody_chose else read


def _known_ways(workspace: Workspace, name: str) -> Iterator[tuple[str | None, ReadOptions]]:
    from gmm_core.tables.options import ReadOptions

    file = (workspace.table.unedited or workspace.table).file
    if file is not None and file.name == name and (file.sheet or file.options != ReadOptions()):
        yield file.sheet, replace(file.options, skip_foot=0)


def _fits(workspace: Workspace, table: LoadedTable) -> bool:
    """Whether a table has all columns that the workspace's choices name."""
    from gmm_core.tables.carried import carried

    return bool(workspace.spec.columns) and carried(workspace.spec, table.frame) == workspace.spec
