"""Rows at the foot of a file that are no cases: said where they matter, to be left out or put back with one click."""

from __future__ import annotations

from functools import partial

from pages.shared import session
from pages.shared.remarks import Act, Remark
from pages.shared.wording import escaped
from pages.shared.workspace import LoadedTable


def remarks(table: LoadedTable) -> list[Remark]:
    """What was done with totals and notes at the end, and the way back; none where there are none."""
    file = table.file
    if file is None:
        return []
    n_left_out = file.options.skip_foot
    n = n_left_out or file.notes.n_foot
    if not n:
        return []
    rows = "row" if n == 1 else f"{n} rows"
    act = Act(
        f"Put the last {rows} back" if n_left_out else f"Leave out the last {rows}",
        key="foot",
        do=partial(session.read_otherwise, skip_foot=0 if n_left_out else n),
        icon="undo" if n_left_out else "build",
    )
    sentence = " ".join(escaped(each) for each in file.notes.on_foot())
    return [Remark(sentence, (act,), "info" if n_left_out else "warning")]
