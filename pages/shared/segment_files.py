"""Segments taken along as files, and their names taken from one."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core.charts.style import PALETTE
from pages.shared import downloads, segmenting, tagging
from pages.shared.results import Fitted
from pages.shared.tags import LONGEST_NAME, LONGEST_NOTE, Tag
from pages.shared.wording import counted

if TYPE_CHECKING:
    import pandas as pd

UPLOAD = "segment-names"


def section(fitted: Fitted) -> None:
    """Both downloads, and the way back."""
    n_rows = len(fitted.workspace.table.frame)
    st.markdown("Every row of the table with its segment, its name and its memberships:")
    downloads.button(
        lambda: tagging.with_names(fitted, fitted.rows_frame, fitted.added_columns[0]),
        "segments",
        "segment-rows-csv",
        f"Download all {counted(n_rows, 'row')} with segments",
    )
    st.markdown("One line a segment, with name, colour, note, size and centre:")
    downloads.button(partial(summary, fitted), "segment summary", "segment-summary-csv", "Download the segments")
    st.file_uploader(
        "Take names, colours and notes from such a file",
        key=UPLOAD,
        on_change=_take,
        args=(fitted,),
        help="Each segment takes those of the one whose centre is nearest, if it is near.",
    )


def summary(fitted: Fitted) -> pd.DataFrame:
    """One row a segment, noise the last."""
    from gmm_core.tables.named_segments import summary_frame

    sizes = segmenting.sizes(fitted)
    tags = [*tagging.tags_of(fitted), tagging.odd_of(fitted)][: len(sizes)]
    return summary_frame(sizes, [asdict(tag) for tag in tags], segmenting.profile(fitted))


def _take(fitted: Fitted) -> None:
    file = st.session_state[UPLOAD]
    if file is not None:
        tagging.give(fitted, partial(named_in, fitted, file.getvalue(), file.name))


def named_in(fitted: Fitted, content: bytes, name: str) -> tuple[Tag, ...]:
    """A tag for each cluster of the fit, from the segments of a file.

    Raises
    ------
    TableError
        Where the file holds no segments in the fitted columns.
    """
    from gmm_core.model.choice.matching import nearest_counterparts
    from gmm_core.tables.named_segments import centres_in, read_segments
    from gmm_core.tables.reading import read_table

    anchor = tagging.anchor_of(fitted)
    given, centres = read_segments(read_table(content, name=name), anchor.columns)
    tags = [
        Tag(each["name"][:LONGEST_NAME], each["colour"] * (each["colour"] in PALETTE), each["note"][:LONGEST_NOTE])
        for each in given
    ]
    own = centres_in(segmenting.profile(fitted), fitted.names[: len(anchor.centres)], anchor.columns)
    found = nearest_counterparts(centres, own, anchor.spread)
    return tuple(tags[at] if at >= 0 else Tag() for at in found.tolist())
