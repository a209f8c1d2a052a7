"""Which rows are used: filters by value or category, and a sample for a first look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.shared import controls, session
from pages.shared.named import named
from pages.shared.stores import kept
from pages.shared.tables import frame_of, profile_of_all
from pages.shared.wording import counted, escaped
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    from gmm_core.tables.row_choice import Filter

MOST_VALUES = 200
"""Values of a column that a filter offers, the commonest first."""

SAMPLES = (1_000, 10_000, 100_000)
ALL_ROWS = "all"

COLUMN = "filter-column"
"""Key, with the table's digest, of the column that the next filter is of."""


def section(workspace: Workspace) -> None:
    """The filters there are, one more, and a sample."""
    kept_rows, adding = st.columns(2, gap="large")
    with kept_rows:
        _filters(workspace)
        _sample(workspace)
    with adding:
        _add(workspace)


def _filters(workspace: Workspace) -> None:
    filters, n_rows = workspace.spec.filters, len(workspace.table.frame)
    passed = _n_passed(workspace, filters)
    if not filters:
        st.markdown("All rows are used: there is no filter.")
        return
    left_out = counted(n_rows - passed, "row")
    st.markdown(f"{passed:,} of {counted(n_rows, 'row')} pass, {left_out} left out.")
    for at, each in enumerate(filters):
        rest = filters[:at] + filters[at + 1 :]
        with st.container(horizontal=True, vertical_alignment="center"):
            alone = "" if len(filters) == 1 else f", by itself {_n_passed(workspace, (each,)):,} rows"
            st.markdown(f"Rows with {escaped(each.words)}{alone}", width="content")
            st.button(
                "Remove",
                key=f"filter-remove-{at}",
                type="tertiary",
                icon=":material/close:",
                on_click=session.prepare,
                args=(replace(workspace.spec, filters=rest),),
            )


def _n_passed(workspace: Workspace, filters: tuple[Filter, ...]) -> int:
    """Rows that meet them all; 0 where they meet none, which is an error elsewhere."""
    from gmm_core.errors import GmmError
    from gmm_core.tables.row_choice import chosen_rows

    def count() -> int:
        try:
            return len(chosen_rows(frame_of(workspace), filters))
        except GmmError:
            return 0

    return kept("filtered", 64, f"{workspace.table.digest}|{workspace.spec.derived!r}|{filters!r}", count)


def _sample(workspace: Workspace) -> None:
    spec = workspace.spec
    passed = _n_passed(workspace, spec.filters)
    sizes = {ALL_ROWS: "all rows", **{str(n): f"{n:,}" for n in SAMPLES if n < passed}}
    if spec.sample is not None:
        sizes.setdefault(str(spec.sample), f"{spec.sample:,}")
    if len(sizes) == 1:
        return
    controls.choice(
        "features-sample",
        "For a first look, a sample of",
        sizes,
        ALL_ROWS if spec.sample is None else str(spec.sample),
        lambda size: session.prepare(replace(session.workspace().spec, sample=None if size == ALL_ROWS else int(size))),
        "Rows drawn at random. Each is as likely as any other, so that small groups may be missed.",
    )
    if spec.sample is not None:
        again = replace(spec, sample_seed=spec.sample_seed + 1)
        st.button("Draw another sample", key="features-redraw", on_click=session.prepare, args=(again,))


def _add(workspace: Workspace) -> None:
    """A column, what its rows must have, and a button to add it."""
    profile = profile_of_all(workspace)
    names = profile.loc[profile["distinct"] > 1, "name"].tolist()
    key = f"{COLUMN}-{workspace.table.digest}"
    name = st.selectbox("Keep only rows by", names, index=None, key=key, placeholder="Choose a column")
    if name is None:
        return
    made = _wanted(workspace, str(name))
    if made is not None:
        st.caption(f"{counted(_n_passed(workspace, (made,)), 'row')} with {escaped(made.words)}.")
    st.button(
        "Keep only these rows",
        key="filter-add",
        disabled=made is None,
        on_click=_take,
        args=(key, made),
    )


def _take(key: str, made: Filter) -> None:
    spec = session.workspace().spec
    session.prepare(replace(spec, filters=(*spec.filters, made)))
    st.session_state[key] = None


def _wanted(workspace: Workspace, name: str) -> Filter | None:
    """The filter that the widgets say, or None while they say none."""
    from gmm_core.tables.column_facts import storage_of

    series = frame_of(workspace)[name]
    return _WIDGETS.get(storage_of(series), _categories)(workspace, name, series)


def _numbers(workspace: Workspace, name: str, series: Any) -> Filter | None:
    from gmm_core.tables.row_choice import Between

    low, high = st.columns(2)
    shown = [f"{value:,.6g}" for value in (series.min(), series.max())]
    least = low.number_input("From", value=None, key=f"filter-low-{name}", placeholder=shown[0], format="%.12g")
    most = high.number_input("To", value=None, key=f"filter-high-{name}", placeholder=shown[1], format="%.12g")
    return None if least is None and most is None else Between(name, least, most)


def _dates(workspace: Workspace, name: str, series: Any) -> Filter | None:
    from gmm_core.tables.row_choice import Between

    first, last = series.min().date(), series.max().date()
    low, high = st.columns(2)
    start = low.date_input("From", value=first, key=f"filter-first-{name}", format="YYYY-MM-DD")
    end = high.date_input("To", value=last, key=f"filter-last-{name}", format="YYYY-MM-DD")
    return Between(name, str(start), str(end)) if start is not None and end is not None else None


def _categories(workspace: Workspace, name: str, series: Any) -> Filter | None:
    from gmm_core.tables.row_choice import Among

    key = f"{workspace.table.digest}|{workspace.spec.derived!r}|{name}"
    values = kept("values", 64, key, lambda: _values(series))
    label = f"Values of {name}"
    with named(label):
        chosen = st.multiselect(
            label,
            values[:MOST_VALUES],
            key=f"filter-values-{name}",
            accept_new_options=True,
            label_visibility="collapsed",
        )
    if len(values) > MOST_VALUES:
        st.caption(f"The {MOST_VALUES} commonest of {len(values):,} values are listed; others may be typed.")
    return Among(name, tuple(chosen)) if chosen else None


def _values(series: Any) -> list[str]:
    """Distinct values as text, the commonest first."""
    values: list[str] = series.dropna().astype("str").value_counts().index.tolist()
    return values


_WIDGETS = {"number": _numbers, "date": _dates}
"""By how a column's values are stored; all others are chosen from their values."""
