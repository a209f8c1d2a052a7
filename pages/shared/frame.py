"""The frame of every page: its question, its answer in a sentence, cautions, and the share link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from gmm_core.errors import GmmError, NoSoundSolutionError
from gmm_core.model.families import get_family
from pages.shared import explaining, far, jobs, remarks, session, tagging, totals
from pages.shared.fitting import fitted
from pages.shared.grids import Grid, grid_of
from pages.shared.links import to_query
from pages.shared.remarks import Remark
from pages.shared.results import Fitted, features_of
from pages.shared.tours import state as tours
from pages.shared.wording import escaped
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from gmm_core.tables.features import FeatureMatrix


def question(text: str, *terms: str, link: str = "") -> None:
    """The page's title, help on its terms, its share link, and what the last action did or why it failed.

    ``link`` is what a link to the page says where that is not the workspace.
    """
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(text, anchor=False)
        with st.container(horizontal=True, width="content"):
            explaining.popover(terms)
            _share(link)
    if session.complaint():
        st.error(f"{escaped(session.complaint())} What was loaded before is still here.", icon=":material/error:")
    if session.notice():
        st.info(escaped(session.notice()), icon=":material/info:")


def answer(sentence: str, cautions: Sequence[str | Remark] = (), note: str = "") -> None:
    """The page's answer, and more quietly a note and what to beware of, the gravest first; all are Markdown."""
    st.markdown(f"**{sentence}**")
    if note:
        st.caption(note)
    remarks.show([Remark(each) if isinstance(each, str) else each for each in cautions])


def source(workspace: Workspace) -> None:
    """Where the rows come from, quietly: an example, or a file and how it was read."""
    table = workspace.table
    if table.example is not None:
        st.caption(f"Built-in example: {escaped(table.name)}. Upload a table of your own in its place.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{escaped(table.name)}: {escaped(table.how_read)}", width="content")
        st.page_link("pages/data/table.py", label="See the table")


def chart_and_controls() -> list[DeltaGenerator]:
    """Two columns, the chart's and the controls'; in a narrow window the controls come first."""
    with st.container(key="controls-first"):
        return st.columns([2, 1], gap="medium")


def next_page(page: str, label: str) -> None:
    """A pointer to the page that comes next, at the foot of this one."""
    st.page_link(page, label=label, icon=":material/arrow_forward:", icon_position="right")


def complain(error: GmmError) -> None:
    """An error as its sentence, never a stack trace; with the way out as a button where the error knows one."""
    family = error.value if isinstance(error, NoSoundSolutionError) else None
    st.error(escaped(error.problem if family else str(error)), icon=":material/error:")
    if family:
        st.button(
            f"Use {get_family(str(family)).words} groups instead",
            key="way-out",
            type="primary",
            on_click=session.change_settings,
            kwargs={"covariance_type": family},
        )


def fit_or_stop(legend: bool = True) -> Fitted:
    """The fit of the workspace, and what its groups are called; where there is none yet, say why and end the page."""
    try:
        found = fitted(session.workspace())
    except GmmError as error:
        complain(error)
        remarks.show([*far.remarks(session.workspace()), *totals.remarks(session.workspace().table)])
        st.stop()
    if found is None:
        st.stop()
    if found.unfinished:
        st.button("Go on", key="fit-on", icon=":material/play_arrow:", on_click=jobs.go_on, args=("fit",))
    session.remember(found.workspace)
    tagging.settle(found)
    if legend and tagging.legend():
        st.caption(tagging.legend())
    return found


def features_or_stop(workspace: Workspace) -> FeatureMatrix:
    """The workspace's features; where the columns cannot be used, say why and end the page."""
    try:
        return features_of(workspace)
    except GmmError as error:
        complain(error)
        st.stop()


def grid_or_stop(workspace: Workspace, most_groups: int, names: tuple[str, ...]) -> Grid:
    """The grid as far as it is done; where the columns cannot be used, say why and end the page."""
    try:
        return grid_of(workspace, most_groups, names)
    except GmmError as error:
        complain(error)
        st.stop()


def _share(link: str) -> None:
    with st.popover("Share", icon=":material/share:"):
        query, opens = _link(link)
        st.write(opens)
        if query:
            parts = urlsplit(str(st.context.url or ""))
            address = urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
            st.code(address, language=None, wrap_lines=True)


def _link(link: str) -> tuple[str, str]:
    """The query of a link to what the page shows, and what it opens; "" and why where there is none."""
    if tours.touring():
        return urlencode(tours.query()), "This link opens the tour at this step."
    if link:
        return link, "This link opens the stage with its rows, its start and its rules."
    workspace, named = session.workspace(), tagging.for_link()
    if workspace.table.example is None:
        return "", "Your own table stays in this session, so no link can restore it. Send the downloads instead."
    query = to_query(workspace, named)
    if not query:
        return "", "This preparation is too long for a link. Send the downloads instead."
    opens = "This link opens the same example with all that is chosen for it."
    names = " The names of segments are in it; their colours and notes only in the file from Segments."
    return query, opens + (names if named else "")
