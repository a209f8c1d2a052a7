"""The rows that don't fit, the oddest first: those flagged, or those chosen on the chart, and why each is odd."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from zlib import crc32

import streamlit as st

from gmm_core.model.flagging import n_flagged
from pages.shared import downloads, on_screen, tagging
from pages.shared.digits import written
from pages.shared.odd_reasons import reasons
from pages.shared.scoring import Scored, fitted_rows
from pages.shared.selected import Chosen
from pages.shared.stores import kept
from pages.shared.tables import beside_cells, clear_of
from pages.shared.wording import counted, escaped, p_value, small_share

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.tables.selecting import Rows

MOST_SHOWN = 300
"""Rows in the table on screen; the file has all."""

WHY = "what makes it odd"

_FORMATS: dict[str, Any] = {
    "p-value": st.column_config.Column(help="Share of the mixture's own rows that are as odd"),
    "rank": st.column_config.Column(
        help="Share of the fitted rows that are as odd: 0.1\u00a0% is among the oddest 0.1\u00a0%"
    ),
    WHY: st.column_config.TextColumn(width=520),
}


@dataclass(frozen=True)
class Cut:
    """Rows with at most this p-value are flagged, so many."""

    p_value: float
    n_flagged: int


@dataclass(frozen=True, eq=False)
class Listed:
    """Rows to be listed: the first ``n_rows`` of those at places (M,), the oddest first, kept under ``key``.

    There may be more than are at hand. ``told`` says how many of the chosen rows are flagged, where some are chosen.
    """

    oddest: Rows
    n_rows: int
    what: str
    key: str
    told: str = ""

    @property
    def places(self) -> Rows:
        """Places among the scored rows of those that are shown."""
        return self.oddest[: self.n_rows]


def listed(scored: Scored, cut: Cut, chosen: Chosen | None) -> Listed:
    """The flagged rows, of the chosen ones where there is a choice; all that are chosen where none is flagged."""
    from gmm_core.tables.selecting import in_order

    order, what = scored.oddness.order, "flagged rows"
    if chosen is None:
        return Listed(order[:MOST_SHOWN], cut.n_flagged, what, scored.rows_key)
    n = int((scored.oddness.p_value[chosen.places] <= cut.p_value).sum())
    found = kept("chosen-oddest", 16, chosen.key, lambda: in_order(chosen.places, order)[:MOST_SHOWN])
    if not n:
        told = "None of them is beyond the threshold; the oddest come first below."
        return Listed(found, len(chosen.places), "chosen rows", chosen.key, told)
    told = f"**{n:,}** of them {'doesn’t' if n == 1 else 'don’t'} fit."
    return Listed(found, n, f"{what} among them", chosen.key, told)


def section(scored: Scored, listed: Listed) -> None:
    """A table of the rows with what makes each odd; one of them may be ticked."""
    if not len(listed.places):
        return
    oddest = kept("oddest", 8, listed.key, lambda: flagged_frame(scored, listed.oddest)).head(listed.n_rows)
    clear = clear_of(scored.frame, ["group", *_FORMATS])
    oddest = tagging.with_names(scored.fitted, oddest, clear["group"])  # what is kept is every session's, names are not
    formats = {clear[name]: each for name, each in _FORMATS.items()}
    on_screen.table(
        written(oddest, {clear["p-value"]: p_value, clear["rank"]: small_share}),
        key=_table_key(listed),
        alt=f"{listed.what.capitalize()}, the oddest first",
        column_config=formats,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
    )
    st.caption("Tick a row to find it on the chart.")
    if listed.n_rows > MOST_SHOWN:
        st.caption(f"The {MOST_SHOWN:,} oddest of {listed.n_rows:,} {listed.what}; the file has all.")


def ticked(scored: Scored, listed: Listed) -> int | None:
    """Place among the scored rows of the one that is ticked in the table."""
    table: Mapping[str, Any] = st.session_state.get(_table_key(listed)) or {}
    found = [at for at in table.get("selection", {}).get("rows", ()) if at < len(listed.places)]
    return int(listed.places[found[0]]) if found else None


def _table_key(listed: Listed) -> str:
    """Of other rows another table: a tick is told by its place."""
    return f"odd-rows-{crc32(listed.key.encode())}"


def files(scored: Scored, cut: Cut) -> None:
    """All rows with their scores as a file; beside those of new rows, the fitted ones."""
    _download(scored, cut.n_flagged, "odd-csv")
    if scored.is_new:
        known = fitted_rows(scored.fitted)
        _download(known, n_flagged(known.oddness, cut.p_value), "odd-fitted-csv")


def _download(scored: Scored, n: int, key: str) -> None:
    of_part = f" of the {scored.part}" if scored.part else ""
    label = f"Download {scored.name} with groups and scores{of_part} ({counted(len(scored.frame), 'row')})"
    own, name = scored.frame.columns, f"{PurePath(scored.name).stem} {scored.part}".strip()
    downloads.button(lambda: scores(scored, n), f"{name} scored", key, escaped(label), own)


def flagged_frame(scored: Scored, odd: Rows) -> pd.DataFrame:
    """The rows at these places with what makes them odd, and their cells."""
    import pandas as pd

    names, found = pd.Index(scored.fitted.names), scored.oddness
    lead = pd.DataFrame(
        {
            "row": scored.rows[odd] + 1,
            "p-value": found.p_value[odd],
            "rank": scored.ranks(odd),
            "group": names.take(scored.memberships[odd].argmax(axis=1)),
            WHY: reasons(scored, odd),
        }
    )
    return beside_cells(scored.frame, lead, scored.rows[odd])


def scores(scored: Scored, n: int) -> pd.DataFrame:
    """The whole table with groups, memberships and scores, and what makes flagged rows odd."""
    from gmm_core.model.transforms.carrying import log_slopes
    from gmm_core.tables.outliers import scores_frame
    from gmm_core.tables.results import clear_names, memberships_frame

    labelled = memberships_frame(scored.frame, scored.rows, scored.memberships, scored.fitted.names)
    labelled = tagging.with_names(scored.fitted, labelled, labelled.columns[scored.frame.shape[1]])
    slopes = log_slopes(scored.features.table_values, scored.features.transforms)
    table = scores_frame(labelled, scored.rows, scored.oddness, scored.ranks(), slopes, n)
    odd = scored.oddness.order[:n]
    column = [""] * len(table)
    for row, reason in zip(scored.rows[odd], reasons(scored, odd), strict=True):
        column[row] = reason
    return table.assign(**{clear_names([WHY], table.columns)[0]: column})
