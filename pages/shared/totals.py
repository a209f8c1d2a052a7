"""Rows at the foot of a file that are no cases: said where they matter, to be left out or put back with one click."""

from __future__ import annotations

from functools import partial

from pages.shared import offering, session
from pages.shared.offering import Act
from pages.shared.wording import escaped
from pages.shared.workspace import LoadedTable


def offer(table: LoadedTable) -> None:
    """What was done with totals and notes at the end, and the way back; nothing where there are none."""
    file = table.file
    if file is None:
        return
    n_left_out = file.options.skip_foot
    n = n_left_out or file.notes.n_foot
    if not n:
        return
    rows = "row" if n == 1 else f"{n} rows"
    sentence, key = escaped(" ".join(file.notes.on_foot())), "foot"
    if n_left_out:
        back = Act(f"Put the last {rows} back", key, partial(session.read_otherwise, skip_foot=0), icon="undo")
        offering.offer(sentence, back, sign="info")
    else:
        offering.offer(sentence, Act(f"Leave out the last {rows}", key, partial(session.read_otherwise, skip_foot=n)))
