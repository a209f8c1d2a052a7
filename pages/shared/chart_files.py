"""What can be taken along of a chart: the rows that it draws, as a table and as CSV, and the picture as PNG and SVG."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import streamlit as st

from gmm_core import charts
from pages.shared import downloads, on_screen, session
from pages.shared.wording import escaped

LONGEST_NAME = 80
"""Characters of a file's name."""

_UNFIT = re.compile(r"[^\w\-.,()]+")
"""What stands in names of files as a blank: signs that one system or another gives a meaning."""

PICTURES = {"PNG": (charts.to_png, "image/png"), "SVG": (charts.to_svg, "image/svg+xml")}


@st.fragment
def offer(key: str, spec: dict[str, Any], alt: str, named: bool) -> None:
    """A small sign at the chart's foot; what lies behind it is made when it is opened, files when they are asked for.

    ``spec`` is what its files show, its data sets as ``pyarrow`` tables.
    """
    opened = st.popover(
        escaped(f"Download: {alt}"),
        type="tertiary",
        icon=":material/download:",
        key=f"files-{key}",
        on_change="rerun",
    )
    if not opened.open:
        return
    name = file_name(alt, session.workspace().table.name if named else "")
    with opened:
        page = _with_frames(spec)
        rows = charts.rows_behind(page)
        with st.container(horizontal=True):
            for kind, (make, mime) in PICTURES.items():
                _picture(f"{key}-{kind}", kind, page, f"{name}.{kind.lower()}", make, mime)
        downloads.button(lambda: rows, name, f"{key}-csv", "CSV")
        on_screen.table(rows, hide_index=True, height=220, key=f"{key}-rows", alt=f"The rows behind the chart: {alt}")


def _picture(
    key: str, kind: str, page: dict[str, Any], name: str, make: Callable[[dict[str, Any]], bytes], mime: str
) -> None:
    st.download_button(
        kind,
        data=lambda: make(charts.to_file(page)),
        file_name=name,
        mime=mime,
        key=key,
        icon=":material/image:",
        on_click="ignore",
    )


def _with_frames(spec: dict[str, Any]) -> dict[str, Any]:
    return {**spec, "datasets": {name: table.to_pandas() for name, table in spec["datasets"].items()}}


def file_name(alt: str, table: str) -> str:
    """A name for a chart's files: whose rows, and what is shown of them."""
    shown = alt.partition(":")[0]
    told = f"{PurePath(table).stem} - {shown}" if table else shown
    return " ".join(_UNFIT.sub(" ", told).split())[:LONGEST_NAME].strip()
