"""Charts on a page: compiled once for each content, then shown from the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any
from zlib import crc32

import streamlit as st

from gmm_core import charts
from pages.shared import chart_files, session, tagging
from pages.shared.stores import kept

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View

MOST_KEPT = 64
"""Compiled charts that are kept; each holds a bounded number of rows."""


@dataclass(frozen=True)
class Brush:
    """What a box on a brushed chart belongs to, such as its axes: on others it is gone."""

    of: str
    elsewhere: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Ends, by axis, of a box that was dragged on another chart of the same axes, and that this one shows."""


def chart(
    key: str,
    content: str | None,
    make: Callable[[], View],
    alt: str,
    on_pick: Callable[[], None] | None = None,
    named: bool = True,
    files: bool = True,
    brush: Brush | None = None,
    groups: Sequence[str] = (),
    legend: bool = True,
) -> None:
    """Show the chart that ``make`` draws, and say in ``alt`` what it shows.

    ``content`` names all that the chart depends on; with None it is drawn afresh each time. ``on_pick`` is called when
    a mark of the chart's selection is clicked; `picked` then tells which. Groups have the colours and names that the
    person gave them, but where they are others than those of the session's fit (``named=False``). Where ``files`` are
    offered, a sign at its foot leads to its rows and pictures. `limits` tells the ends of the box on a brushed chart.
    ``groups`` are those of the fit, where a click on a badge looks at its group. Without ``legend`` the names that the
    person gave stand above it only in its files.

    Raises
    ------
    TypeError
        With ``on_pick`` and ``groups``: a click on a chart means one thing.
    """
    if on_pick and groups:
        raise TypeError("A click on a chart means one thing: on_pick or groups, not both.")
    names, colours = tagging.present() if named else ({}, {})

    def compiled() -> dict[str, Any]:
        charts.skip_checks()
        with charts.coloured(colours):
            return charts.with_names(_compiled(make()), names)

    spec = compiled() if content is None else kept("charts", MOST_KEPT, f"{key}|{content}|{names}|{colours}", compiled)
    shown = charts.dimmed(spec, session.out_of_focus() if named else ())
    widget = _widget(key, brush.of if brush else None)
    on_select: Any = on_pick or ("ignore" if brush is None else "rerun")
    clickable = charts.clickable(shown) if len(groups) > 1 else shown
    if clickable is not shown:
        shown, on_select = clickable, partial(_take_click, widget, groups)
        if widget not in st.session_state:  # it is new, or was left
            _clicked().pop(widget, None)
    with st.container(key=f"drawn-{key}", gap=None):
        on_page = shown if legend else {name: part for name, part in shown.items() if name != "title"}
        st.vega_lite_chart(
            spec=charts.boxed(on_page, brush.elsewhere if brush else {}), key=widget, alt=alt, on_select=on_select
        )
        if files:
            chart_files.offer(key, shown, alt, named)


def picked(key: str, selection: str) -> list[dict[str, Any]]:
    """The fields of the marks that are clicked on the chart with this key."""
    return list(st.session_state[key]["selection"].get(selection, []))


def limits(key: str, brush: str) -> dict[str, tuple[float, float]]:
    """Lowest and highest value of the box on a brushed chart, by axis; none where there is no box."""
    state: Mapping[str, Any] = st.session_state.get(_widget(key, brush)) or {}
    box = state.get("selection", {}).get(charts.BRUSH, {})
    return {axis: (min(ends), max(ends)) for axis, ends in box.items() if ends}


def forget_box(key: str) -> None:
    """Take away the box on the chart with this key, as when one was dragged on another beside it."""
    _forgotten()[key] = _forgotten().get(key, 0) + 1


def _take_click(widget: str, groups: Sequence[str]) -> None:
    """Look at the group whose badge was clicked, or no longer: the chart marks it now and did not before, or did."""
    known = _clicked()
    marked = picked(widget, charts.GROUP)
    before, now = known.get(widget, set()), {letter for mark in marked for letter in mark.values()}
    known[widget] = now
    if now != before:
        session.look_at(groups, set(session.focus()) ^ before ^ now)
        session.draw_all()


def _clicked() -> dict[str, set[str]]:
    """The groups that charts with badges mark, by widget: others may have been looked at since, or no longer."""
    found: dict[str, set[str]] = st.session_state.setdefault("clicked", {})
    return found


def _forgotten() -> dict[str, int]:
    """How often the box on each chart was taken away by itself."""
    found: dict[str, int] = st.session_state.setdefault("forgotten", {})
    return found


def _widget(key: str, brush: str | None) -> str:
    """A brushed chart's key on the page: cleared, or on other axes, it is another chart."""
    if brush is None:
        return key
    return f"{key}-{crc32(brush.encode())}-{session.brushes()}-{_forgotten().get(key, 0)}"


def _compiled(view: View) -> dict[str, Any]:
    """The chart as it is sent to the browser."""
    from gmm_core.tables.arrow import arrow_table

    spec = charts.to_page(view)
    frames: dict[str, pd.DataFrame] = spec["datasets"]
    return {**spec, "datasets": {name: arrow_table(frame) for name, frame in frames.items()}}
