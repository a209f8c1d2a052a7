"""The rows that were chosen on the map of a fit, listed below it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared import downloads, pictures, selected, tagging
from pages.shared.digits import with_shares
from pages.shared.results import Fitted
from pages.shared.selected import Chosen
from pages.shared.sides import Side
from pages.shared.tables import name_first

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.tables.selecting import Rows


def section(fitted: Fitted, side: Side) -> Chosen | None:
    """The rows in the box, and of the groups looked at, which are told; nothing while none are chosen."""
    limits = selected.of_box(side, pictures.limits(side))
    found = selected.chosen(fitted, limits)
    if found is None:
        return None
    with st.container(border=True):
        selected.told(fitted, found, limits, "fit-clear")
        if len(found.places):
            key, alt = "fit-selected", "The chosen rows"
            shares = partial(with_shares, names=[fitted.added_columns[1]])
            downloads.rows(partial(_rows, fitted), found.places, "chosen rows", key, alt, shares)
    return found


def _rows(fitted: Fitted, found: Rows) -> pd.DataFrame:
    """The table's rows at these places of the fit, under their numbers, with group and certainty."""
    from gmm_core.tables.naming import clear_name

    group, certainty = fitted.added_columns[:2]
    at = fitted.features.rows[found]
    columns = name_first(fitted.workspace, [group, certainty, *fitted.workspace.table.frame.columns])
    named = tagging.with_names(fitted, fitted.rows_frame.iloc[at][columns], group)
    named.insert(0, clear_name("row", set(named.columns)), at + 1)
    return named
