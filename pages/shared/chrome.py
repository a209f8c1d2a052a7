"""What stands around every page: the menu's foot with the loaded table, the fit, and running work."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from gmm_core.model.families import get_family
from pages.shared import jobs, loading, session
from pages.shared.places import PLACES
from pages.shared.wording import count_word, counted, escaped, some

LOGO = """<svg xmlns="http://www.w3.org/2000/svg" width="236" height="40" viewBox="0 0 236 40">
<g fill="none" stroke-width="3">
<ellipse cx="15" cy="23" rx="11" ry="8" stroke="#0072B2" transform="rotate(-25 15 23)"/>
<ellipse cx="30" cy="16" rx="13" ry="8" stroke="#E69F00" transform="rotate(20 30 16)"/>
</g>
<text x="54" y="27" font-family="sans-serif" font-size="21" font-weight="700" fill="#4a86d8">GMM Explorer</text>
</svg>"""

STYLES = {
    "Primary buttons and chosen columns are dark enough for white words (4.8:1) in both themes.": """
[data-testid=stBaseButton-primary]:not(:disabled), [data-testid=stMultiSelect] [data-baseweb=tag] {
  background: #2a6fd6; border-color: #2a6fd6; color: white }
[data-testid=stBaseButton-primary]:not(:disabled):is(:hover, :active) { background: #1f5fbf; border-color: #1f5fbf }
[data-testid=stBaseButton-primary]:not(:disabled) p, [data-testid=stMultiSelect] span[title] { color: white }""",
    "A tour's strip stays in sight where there is room.": """
@media (min-width: 641px) and (min-height: 600px) {
  [data-testid=stLayoutWrapper]:has(> .st-key-tour) { position: sticky; top: 3.75rem; z-index: 9; background: canvas }
  [data-testid=stMain]:has(.st-key-tour) { scroll-padding-top: 16rem }
}""",
    "Where columns stand below each other, controls come before the chart that they change.": """
@media (max-width: 640px) { .st-key-controls-first [data-testid=stColumn]:last-child { order: -1 } }""",
    "There, how files are written stands beside their button, and long formulas and tables of words are smaller.": """
@media (max-width: 640px) {
  [class*=st-key-download-] > :last-child { flex: 1 1 12.5rem; width: auto; min-width: 0 }
  .katex-display { font-size: 0.8em }
  [data-testid=stMarkdownContainer] table { font-size: 0.8rem }
  [data-testid=stMarkdownContainer] :is(td, th) { padding: 0.25rem 0.375rem }
}""",
    "A chart's files lie behind a sign in its lower corner; a card has one to look at its group.": """
[class*=st-key-drawn-] { position: relative }
[class*=st-key-files-] { position: absolute; right: 0; bottom: -0.75rem; opacity: 0.75 }
[class*=st-key-files-]:hover, [class*=st-key-files-]:focus-within { opacity: 1 }
[class*=st-key-look-] { flex: none }
[class*=st-key-files-] button { min-height: 1.75rem; padding: 0 0.25rem }
[class*=st-key-files-] button [aria-hidden]:not([data-testid]) { display: none }
[class*=st-key-files-] button p, [class*=st-key-look-] button p {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }""",
    "It takes the place of Streamlit's own picture, which has the colours of the screen.": """
[class*=st-key-drawn-] [data-testid=stElementToolbarButton]:has(
  [aria-label^="Show data"], [aria-label^="Download"], [aria-label^="Copy"]) { display: none }""",
    "A page begins near the window's upper edge; an uploader has its button and its limit beside each other.": """
[data-testid=stMainBlockContainer] { padding-top: 4.5rem; padding-bottom: 4rem }
section[data-testid=stFileUploaderDropzone] {
  flex-flow: row !important; align-items: center !important; padding: 0.5rem 0.75rem; min-height: 0 }
[data-testid=stFileUploaderDropzone] > span { width: auto; flex: none }""",
    "Buttons beside options are as high as these, and options beside inputs stand in their middle.": """
[class*=st-key-beside-options] button { min-height: 2rem; padding-block: 0 }
[class*=st-key-options-beside] [data-testid=stButtonGroup] > :last-child { padding-block: 0.25rem }""",
    "Long labels of buttons and links go over several lines.": """
[data-testid=stPageLink] :is(span, p),
[data-testid^=stBaseButton] [data-testid=stMarkdownContainer], [data-testid^=stBaseButton] p { white-space: normal }""",
    "Who comes to a link or a table by the keyboard sees it.": """
a:focus-visible, canvas:focus-visible { outline: 2px solid #4a86d8; outline-offset: -2px }""",
    "A group's badge stands before its share.": """
.stMarkdown img[src^="data:image/svg+xml"] { vertical-align: middle; margin-right: 0.5rem }""",
    "A chart's layer without marks is no picture without a name, and pictures need no full screen.": """
g.role-mark:empty, .stElementContainer:has(> .stImage) [data-testid=stElementToolbar] { display: none }""",
}
"""What the theme can't say, by what it is for."""

STYLE = f"<style>{''.join(STYLES.values())}</style>"


ON_PAGE = {
    "": ("fit",),
    "memberships": ("fit",),
    "how-many": ("grid",),
    "k-means": ("fit",),
    "segments": ("fit",),
    "outliers": ("fit",),
}
"""Work that a page shows itself, by the page's path; the sidebar shows what else runs."""


OUT_OF_THE_WAY = """<script>
// {}
setTimeout(() => {{
  const bar = document.querySelector("[data-testid=stSidebar]");
  if (window.innerWidth <= 640 && bar && bar.getBoundingClientRect().left >= 0)
    bar.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}}, 500);
</script>"""
"""In a narrow window the sidebar lies over the page: away with it once a page or table is chosen there. Each has a
script of its own, or it would run only once, told apart by a number, never by the user's words. Streamlit closes the
sidebar by itself on some phones, hence the wait."""


def sidebar(page: str) -> None:
    """What is loaded and fitted, a way to something else, and work that runs on but is not shown on the page."""
    moved = session.turn_to(page)
    st.logo(LOGO, size="large")
    st.html(STYLE)
    workspace = session.workspace()
    with st.sidebar:
        if moved:
            st.html(OUT_OF_THE_WAY.format(hash((page, workspace.table.digest))), unsafe_allow_javascript=True)
        st.markdown(f"**{escaped(workspace.table.name)}**")
        rows = counted(len(workspace.table.frame), "row")
        st.caption(f"{rows}, grouped by {escaped(some(workspace.spec.columns) or 'no column yet')}")
        settings = workspace.settings
        words = get_family(settings.covariance_type).words
        groups = "group" if settings.n_components == 1 else "groups"
        st.caption(
            f"{count_word(settings.n_components).capitalize()} {groups}, {words}{', noise' * bool(settings.noise)}"
        )
        loading.change_data("sidebar")
        for slot in ("fit", "grid"):
            job = jobs.current(slot)
            if job is not None and slot not in ON_PAGE.get(page, ()) and job.live:
                jobs.show(slot, place="-sidebar")
        for slot in jobs.ASKED:
            jobs.mention(slot)


def settle(url_path: str) -> None:
    """Load the page once more where a link to it was the first thing that a fresh server was asked for.

    Until app.py has run once in the process, Streamlit looks for a link's page among the files directly in pages/,
    and covers the page with a dialog that it is not there. Nothing but loading again takes that away.
    """
    _say_if_missing()
    visits = _visits()
    visits.append(url_path)
    if len(visits) == 1 and url_path and st.context.url:
        st.html("<script>window.location.reload()</script>", unsafe_allow_javascript=True)
        st.stop()
    del visits[1:]


def _say_if_missing() -> None:
    """Say which page there is not, where the address asks for one and Streamlit shows the first instead."""
    asked = asked_page()
    if asked and asked not in PLACES:
        said = f"There is no page “{asked}”. This is the first one; the menu has them all."
        session.resume(session.workspace(), said)


def asked_page() -> str:
    """The page that the address asks for, below wherever a proxy has put the app; no public call of Streamlit says."""
    manager = getattr(get_script_run_ctx(), "pages_manager", None)
    return str(getattr(manager, "intended_page_name", None) or "")


@st.cache_resource
def _visits() -> list[str]:
    return []
