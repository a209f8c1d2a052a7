"""A new row: its values, and what the fitted model says of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from gmm_core.charts.style import NOISE
from gmm_core.errors import GmmError
from pages.shared import drawing, flip_table, frame, on_screen, tagging, value_inputs
from pages.shared.results import Fitted
from pages.shared.scoring import fitted_rows
from pages.shared.sure_but_far import FAR
from pages.shared.tables import with_cells
from pages.shared.wording import probability, share

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.tables.new_row import NewRow


@st.fragment
def section(fitted: Fitted) -> None:
    """The values and what follows; a change draws only this part of the page anew."""
    side, answer = st.columns([1, 2], gap="medium")
    with side:
        values = value_inputs.choose(fitted)
    with answer:
        try:
            row = judged(fitted, values)
        except GmmError as error:
            frame.complain(error)
            return
        st.markdown(f"**{verdict(fitted, row)}**")
        st.caption(told(fitted, row))
        drawing.chart(
            "what-if-bars", None, partial(charts.memberships, _bars(fitted, row)), "The new row's memberships"
        )
        _nearest(fitted, row)


def judged(fitted: Fitted, values: list[float]) -> NewRow:
    """What the model says of a row; ``DataError`` for a value too large, or one that a transform does not take."""
    from gmm_core.tables.new_row import new_row

    groups = None if fitted.workspace.n_clusters is None else fitted.merged
    return new_row(fitted.features, fitted.fit.mixture, fitted.mixture, fitted_rows(fitted).oddness, values, groups)


def verdict(fitted: Fitted, row: NewRow) -> str:
    """The group of the row, and how rare it is, in a sentence."""
    letter = fitted.names[row.group]
    called = tagging.called(fitted, letter)
    start = f"This row would be {called if letter == NOISE else f'in {called}'} with {share(row.certainty)}"
    if row.p_value <= FAR:
        return f"{start}, but it is far from all groups: of rows drawn from them fewer than 1 in 1,000 are as rare."
    return f"{start}; {share(row.rank)} of the fitted rows are as rare as it is or rarer."


def told(fitted: Fitted, row: NewRow) -> str:
    """How far the row is from its group, and what would flip it."""
    said = (
        f"It lies {row.distance:.2f} standard deviations from the centre of its likeliest group (Mahalanobis distance; "
        f"chi-square p {probability(row.distance_p_value)})."
    )
    if len(fitted.names) == 1:
        return said
    found = flip_table.flips_at(fitted, row.features, row.memberships, slice(None))
    return f"{said} {flip_table.told(fitted, found.iloc[0])}"


def _bars(fitted: Fitted, row: NewRow) -> pd.DataFrame:
    from gmm_core.tables.plotting import responsibilities_frame

    return responsibilities_frame(row.memberships, row.features.rows, fitted.names).assign(label="New row")


def _nearest(fitted: Fitted, row: NewRow) -> None:
    """The fitted rows nearest to the new one."""
    import pandas as pd

    from gmm_core.tables.plain_days import with_plain_days

    if not len(row.nearest):
        return
    at = row.nearest
    told = pd.DataFrame(
        {
            "row": fitted.features.rows[at] + 1,
            "distance": row.distances.round(2),
            "group": pd.Index(fitted.names).take(fitted.memberships[at].argmax(axis=1)),
        }
    )
    on_screen.table(
        with_plain_days(with_cells(fitted.workspace, tagging.with_names(fitted, told), fitted.features.rows[at])),
        key="what-if-nearest",
        alt="The rows nearest to the new one",
        hide_index=True,
    )
    st.caption("The nearest rows, by distance in standard deviations of the likeliest group.")
