"""How a file was read: what was found out, with a control for each decision that a person may take otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.shared import controls, remarks, session, totals
from pages.shared.placing import places
from pages.shared.wording import counted, escaped
from pages.shared.workspace import LoadedTable, OwnFile

MOST_DETAILS = 12
IN_A_ROW = 3
MOST_ROWS_LEFT_OUT = 1000


def panel(table: LoadedTable) -> None:
    """What reading decided, a click below its one line; none for an example."""
    if table.unedited is not None:
        _undo_edits()
    if table.file is None:
        return
    remarks.show(totals.remarks(table))
    _sheet(table.file)
    with st.expander("How it was read, and how to read it otherwise", key="how-read"):
        _details(table.file)
        _controls(table, table.file)


def _undo_edits() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("The rows were edited on this page.", width="content")
        st.button("Undo all edits", key="undo-edits", icon=":material/undo:", on_click=session.undo_edits)


def _sheet(file: OwnFile) -> None:
    if len(file.notes.sheets) > 1:
        titles = {title: title for title in file.notes.sheets}
        _select("sheet", "Sheet", titles, file.sheet, take=session.use_sheet, width=360)


def _details(file: OwnFile) -> None:
    found = [sentence for sentence in file.notes.details() if sentence not in file.notes.on_foot()]
    if found:
        st.markdown("\n".join(f"- {escaped(sentence)}" for sentence in found[:MOST_DETAILS]))
    if len(found) > MOST_DETAILS:
        st.caption(f"And {counted(len(found) - MOST_DETAILS, 'remark')} of this kind on other columns.")


def _controls(table: LoadedTable, file: OwnFile) -> None:
    from gmm_core.tables.options import ReadOptions

    drawn = [control for control in CONTROLS[file.notes.kind] if control not in DATES or _has_dates(file)]
    for control, place in zip(drawn, places(len(drawn), IN_A_ROW), strict=True):
        with place:
            control(table, file)
    if file.options != ReadOptions():
        st.button("Find all this out again", key="read-anew", on_click=session.read_otherwise)


def _has_dates(file: OwnFile) -> bool:
    return file.notes.day_first is not None


def _encoding(table: LoadedTable, file: OwnFile) -> None:
    from gmm_core.tables.encoding import OFFERED

    codecs = {each.words: each.codec for each in OFFERED}
    names = {words: words for words in (file.notes.encoding, *codecs)}
    take = _setter("encoding")
    _select("encoding", "Encoding", names, file.notes.encoding, lambda words: take(codecs.get(words)))


def _delimiter(table: LoadedTable, file: OwnFile) -> None:
    from gmm_core.tables.dialect import BLANKS, DELIMITERS, NO_DELIMITER

    blanks = dict(zip(BLANKS, ("two or more blanks", "blanks"), strict=True))
    words = {**DELIMITERS, **blanks, NO_DELIMITER: "nothing: one column"}
    found = file.notes.delimiter or NO_DELIMITER
    help = "Another sign can be typed."
    _select("delimiter", "Between columns", {found: found, **words}, found, help=help, accept_new_options=True)


def _top(table: LoadedTable, file: OwnFile) -> None:
    _count("skip_lines", "Lines above the table", file.notes.top, "Blank ones count.")


def _header(table: LoadedTable, file: OwnFile) -> None:
    words = {0: "none", 1: "one", 2: "two"}
    _select("header_rows", "Rows of names", words, file.notes.header_rows)


def _left_out(table: LoadedTable, file: OwnFile) -> None:
    _count("skip_foot", "Rows left out at the end", file.options.skip_foot, "Blank ones do not count.")


def _decimal(table: LoadedTable, file: OwnFile) -> None:
    def take(sign: str) -> None:
        thousands = file.options.thousands
        session.read_otherwise(decimal=sign, thousands=None if thousands == sign else thousands)

    found = file.options.decimal or file.notes.decimal or None
    _select("decimal", "Decimal sign", {".": "point", ",": "comma"}, found, take=take, placeholder="none seen")


def _thousands(table: LoadedTable, file: OwnFile) -> None:
    decimal = file.options.decimal or file.notes.decimal or "."

    def take(sign: str) -> None:
        thousands = None if sign == ANY else sign
        session.read_otherwise(thousands=thousands, decimal={",": ".", ".": ","}.get(sign, decimal))

    found = ANY if file.options.thousands is None else file.options.thousands
    _select("thousands", "Sign between thousands", THOUSANDS, found, take=take)


def _day(table: LoadedTable, file: OwnFile) -> None:
    words = {True: "day, month", False: "month, day"}
    _select("day_first", "Order in dates", words, file.notes.day_first)


def _as_text(table: LoadedTable, file: OwnFile) -> None:
    _pick("text_columns", "Columns kept as text", list(table.frame.columns), file.options.text_columns)


def _as_numbers(table: LoadedTable, file: OwnFile) -> None:
    from gmm_core.tables.column_facts import TEXT, storage_of

    words = [name for name in table.frame.columns if storage_of(table.frame[name]) == TEXT]
    chosen = file.options.number_columns
    help = "What is no number in them becomes a gap; leading zeros are lost."
    _pick("number_columns", "Columns read as numbers", list(dict.fromkeys([*chosen, *words])), chosen, help)


def _gaps(table: LoadedTable, file: OwnFile) -> None:
    given = file.options.gap_words
    help = "Words or numbers that stand for a gap, such as -999, exactly as they are in the file."
    _pick(
        "gap_words", "Also read as gaps", list(given), given, help, accept_new_options=True, placeholder="Such as -999"
    )


ANY = "any"
THOUSANDS = {ANY: "any, by threes", "": "none", ",": "comma", ".": "point", "'": "apostrophe", " ": "blank"}

Control = Callable[[LoadedTable, OwnFile], None]

_NUMBERS = (_decimal, _thousands)
_COLUMNS = (_day, _as_text, _as_numbers, _gaps)
DATES = (_day,)
"""Only where there are dates whose order had to be decided."""

CONTROLS: dict[str, tuple[Control, ...]] = {
    "text": (_encoding, _delimiter, _header, _top, _left_out, *_NUMBERS, *_COLUMNS),
    "workbook": (_header, _top, _left_out, *_NUMBERS, *_COLUMNS),
    "JSON": (*_NUMBERS, *_COLUMNS),
    "Parquet": (_as_text, _as_numbers),
}
"""By the kind of file: what applies to it."""


def _select(
    option: str,
    label: str,
    words: Mapping[Any, str],
    found: Any,
    take: Callable[[Any], None] | None = None,
    **settings: Any,
) -> None:
    """One of several."""
    key = _shown(option, found)
    st.selectbox(
        label,
        list(words),
        index=None if found is None else 0,
        format_func=lambda value: words.get(value, value),
        key=key,
        on_change=_taken,
        args=(key, take or _setter(option)),
        **settings,
    )


def _count(option: str, label: str, found: int, help: str) -> None:
    key, take = _shown(option, found), _setter(option)
    args = (key, lambda value: take(min(max(int(value), 0), MOST_ROWS_LEFT_OUT)))  # the browser's limits are no guard
    st.number_input(label, 0, MOST_ROWS_LEFT_OUT, key=key, help=help, on_change=_taken, args=args)


def _pick(
    option: str, label: str, names: list[str], chosen: tuple[str, ...], help: str | None = None, **settings: Any
) -> None:
    key, take = _shown(option, [name for name in chosen if name in names]), _setter(option)
    args = (key, lambda value: take(tuple(value)))
    st.multiselect(label, names, key=key, help=help, on_change=_taken, args=args, **settings)


def _shown(option: str, found: Any) -> str:
    """The key of the option's control, which is made to show what was found."""
    key = f"read-{option}"
    controls.show(key, found)
    return key


def _setter(option: str) -> Callable[[Any], None]:
    return lambda value: session.read_otherwise(**{option: value})


def _taken(key: str, take: Callable[[Any], None]) -> None:
    take(st.session_state[key])
