"""The parts of "Which rows don't fit?": the threshold, the answer, the flagged rows and why each is odd."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from zlib import crc32

import streamlit as st

from gmm_core import charts
from gmm_core.model.flagging import FLAG_RULES, n_flagged
from pages.shared import downloads, drawing, faults, frame, odd_pictures, on_screen, scattering, tagging
from pages.shared.digits import written
from pages.shared.faults import Faults
from pages.shared.odd_reasons import reasons
from pages.shared.scoring import Scored, fitted_rows
from pages.shared.sentences import merged, unfinished
from pages.shared.stores import kept
from pages.shared.tables import beside_cells, clear_of
from pages.shared.terms import help_of
from pages.shared.wording import counted, escaped, p_value, share, small_share

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View

MOST_SHOWN = 300
"""Flagged rows in the table on screen; the file has all."""

BULK, MUCH = 0.1, 1.5
"""The groups describe the rows badly where p-values below the first are so many times as common as they should be."""

BEYOND_CHANCE = 3
"""Binomial standard errors that the excess must reach, too: of a few rows many may be odd by chance."""

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


@st.fragment
def board(scored: Scored) -> None:
    """The threshold with all that follows from it; moving it draws only this part of the page anew."""
    answer = st.container()
    chart, side = frame.chart_and_controls()
    with side:
        cut = threshold(scored)
        known = faults.choose(scored)
        _rarity(scored, cut, known)
    with chart:
        odd_pictures.draw(scored, cut.n_flagged, _picked(scored, min(cut.n_flagged, MOST_SHOWN)))
    with answer:
        frame.answer(verdict(scored, cut), cautions(scored), known.sentence(scored, cut.n_flagged) if known else "")
    _flagged_rows(scored, cut)


def threshold(scored: Scored) -> Cut:
    """Choose how the threshold is set, and where it lies."""
    name = st.selectbox(
        "Flag rows by",
        list(FLAG_RULES),
        format_func=lambda each: FLAG_RULES[each].words,
        key="odd-rule",
        persist_state="session",
        help=help_of("density", "".join(f"**{rule.words}**: {rule.note}  \n" for rule in FLAG_RULES.values())),
    )
    rule = FLAG_RULES.get(str(name), FLAG_RULES["p-value"])
    values = rule.values(scored.oddness)
    picked = st.select_slider(
        f"Threshold ({rule.words})",
        range(len(values)),
        rule.first,
        format_func=lambda at: rule.told(values[at]),
        key=f"odd-at-{rule.name}",
        persist_state="session",
        label_visibility="collapsed",
    )
    cut = rule.cut(scored.oddness, values[min(int(picked), len(values) - 1)])
    return Cut(cut, n_flagged(scored.oddness, cut))


def _rarity(scored: Scored, cut: Cut, known: Faults | None) -> None:
    key = f"{scored.key}|{None if known is None else (known.column, known.value)}"
    alt = "How many rows are how odd, and how many of them are flagged"
    drawing.chart("odd-rarity", f"{key}|{cut}", lambda: _rarity_chart(scored, key, cut, known), alt)
    said = f"Line: what to expect if all rows came from these groups, {_expected(scored, cut)} beyond the threshold."
    st.caption(said + (" Orange: known faults." if known is not None and known.n else ""))


def _rarity_chart(scored: Scored, key: str, cut: Cut, known: Faults | None) -> View:
    from gmm_core.tables.outliers import rarity_frame

    marked = None if known is None else known.known
    bins = kept("rarity", 16, key, lambda: rarity_frame(scored.oddness, marked))
    at = -math.log10(cut.p_value) if cut.p_value > 0 else None
    return charts.rarity(bins, threshold=at, note=counted(cut.n_flagged, "row"))


def _expected(scored: Scored, cut: Cut) -> str:
    expected = scored.n_rows * cut.p_value
    return f"about {expected:,.{int(expected < 9.95)}f}" if expected >= 0.05 else "hardly any"


def verdict(scored: Scored, cut: Cut) -> str:
    """How many rows don't fit, and how many would by chance, in a sentence."""
    rows = counted(scored.n_rows, "row") + (f" of {escaped(scored.name)}" if scored.is_new else "")
    if not cut.n_flagged:
        return f"The {rows} {'fits' if scored.n_rows == 1 else 'all fit'} the groups: none is beyond the threshold."
    fit = "doesn't fit" if cut.n_flagged == 1 else "don't fit"
    found = f"{cut.n_flagged:,} of {rows} ({share(cut.n_flagged / scored.n_rows)}) {fit} the groups"
    return f"{found}; if all came from these groups, {_expected(scored, cut)} would look as odd by chance."


def cautions(scored: Scored) -> list[str]:
    """What to beware of."""
    fitted = scored.fitted
    found = [*map(escaped, scored.remarks), *unfinished(fitted), *_misfit(scored), *merged(fitted)]
    found += scattering.other_rules(fitted)
    if not scored.is_new and fitted.features.n_dropped:
        found.append(f"{counted(fitted.features.n_dropped, 'row')} with gaps were not fitted and are not scored here.")
    if fitted.features.weights is not None:
        found.append("Each row counts once here, whatever its weight.")
    return found


def _misfit(scored: Scored) -> list[str]:
    """A caution where even ordinary rows have small p-values: the groups are of another shape than Gaussian."""
    odd = fitted_rows(scored.fitted).oddness
    n_rows = max(len(odd.p_value), 1)
    found = n_flagged(odd, BULK) / n_rows
    if found < max(MUCH * BULK, BULK + BEYOND_CHANCE * math.sqrt(BULK * (1 - BULK) / n_rows)):
        return []
    return [
        f"The groups do not describe the fitted rows well: {share(found)} of them have p-values below {share(BULK)}, "
        "so p-values flag too many rows. Flag by share instead."
    ]


def _flagged_rows(scored: Scored, cut: Cut) -> None:
    """The oddest rows first, with what makes each odd; all rows with their scores as a file."""
    if cut.n_flagged:
        key = f"{scored.key}|{scored.fitted.rows_key}"
        oddest = kept("oddest", 8, key, lambda: flagged_frame(scored, MOST_SHOWN))
        shown = oddest.head(cut.n_flagged)
        clear = clear_of(scored.frame, _FORMATS)
        formats = {clear[name]: each for name, each in _FORMATS.items()}
        alt = "Flagged rows, the oddest first"
        on_screen.table(
            written(shown, {clear["p-value"]: p_value, clear["rank"]: small_share}),
            key=_rows_key(scored),
            alt=alt,
            column_config=formats,
            hide_index=True,
            on_select="rerun",
            selection_mode="single-row",
        )
        st.caption("Tick a row to find it on the chart.")
        if cut.n_flagged > MOST_SHOWN:
            st.caption(f"The {MOST_SHOWN:,} oddest of {cut.n_flagged:,} flagged rows; the file has all.")
    _download(scored, cut.n_flagged, "odd-csv")
    if scored.is_new:
        known = fitted_rows(scored.fitted)
        _download(known, n_flagged(known.oddness, cut.p_value), "odd-fitted-csv")


def _rows_key(scored: Scored) -> str:
    """Of other rows another table: a tick is told by its place."""
    return f"odd-rows-{crc32(scored.key.encode())}"


def _picked(scored: Scored, n_shown: int) -> int | None:
    """Place among the scored rows of the one that is ticked, the oddest being first in the table."""
    table: Mapping[str, Any] = st.session_state.get(_rows_key(scored)) or {}
    ticked = [at for at in table.get("selection", {}).get("rows", ()) if at < n_shown]
    return int(scored.oddness.order[ticked[0]]) if ticked else None


def _download(scored: Scored, n: int, key: str) -> None:
    of_part = f" of the {scored.part}" if scored.part else ""
    label = f"Download {scored.name} with groups and scores{of_part} ({counted(len(scored.frame), 'row')})"
    own, name = scored.frame.columns, f"{PurePath(scored.name).stem} {scored.part}".strip()
    downloads.button(lambda: scores(scored, n), f"{name} scored", key, escaped(label), own)


def flagged_frame(scored: Scored, n: int) -> pd.DataFrame:
    """The ``n`` oddest rows with what makes them odd, and their cells."""
    import pandas as pd

    odd = scored.oddness.order[:n]
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
    return beside_cells(scored.frame, tagging.with_names(scored.fitted, lead), scored.rows[odd])


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
