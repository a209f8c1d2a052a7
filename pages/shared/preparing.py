"""The parts of "Which columns, and how?": scaling, gaps, and what they do to each column."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from gmm_core.model.families import get_family
from gmm_core.tables.gaps import GAP_RULES
from gmm_core.tables.scaling import SCALINGS
from pages.shared import controls, drawing, session
from pages.shared.tables import usable_columns
from pages.shared.wording import counted, escaped, number
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    from gmm_core.model.em.forms import Array
    from gmm_core.tables.features import FeatureMatrix

IN_A_ROW = 3

NO_WEIGHTS = "once"


def scaling(key: str) -> None:
    """Choose how columns are put on one scale."""
    controls.choice(
        key,
        "Scale",
        {name: each.words for name, each in SCALINGS.items()},
        session.workspace().spec.scaling,
        lambda name: session.change_spec(scaling=name),
        "Changes the result only for round groups; the other shapes give the same groups in any unit.",
    )


def gaps(key: str) -> None:
    """Choose what becomes of rows with gaps."""
    controls.choice(
        key,
        "Rows with gaps",
        {name: each.words for name, each in GAP_RULES.items()},
        session.workspace().spec.gaps,
        lambda name: session.change_spec(gaps=name),
        "A gap in any chosen column counts.",
    )


def weights(key: str) -> None:
    """Choose a column that says how often each row counts."""
    workspace = session.workspace()
    options = [NO_WEIGHTS, *usable_columns(workspace)]
    chosen = workspace.spec.weights
    controls.choose(
        key,
        "Each row counts",
        options if chosen is None or chosen in options else [*options, chosen],
        chosen or NO_WEIGHTS,
        lambda name: session.change_spec(weights=None if name == NO_WEIGHTS else name),
        "A row with weight 3 counts like the same row three times; weight 0 leaves it out.",
    )


def summary(workspace: Workspace, features: FeatureMatrix) -> str:
    """What goes into the fit, in a sentence."""
    kept, used = len(features.values), counted(len(features.columns), "column")
    return f"{used} and {kept:,} of {counted(len(workspace.table.frame), 'row')} go into the fit."


def cautions(workspace: Workspace, features: FeatureMatrix) -> list[str]:
    """What to beware of in these features."""
    found = []
    if features.n_dropped:
        found.append(f"{counted(features.n_dropped, 'row')} with gaps left out.")
    kept = workspace.table.frame[list(features.columns)].iloc[features.rows]
    n_gaps = int(kept.isna().sum().sum())
    caution = GAP_RULES[workspace.spec.gaps].caution
    if caution and n_gaps:
        found.append(f"{counted(n_gaps, 'gap')} {caution}.")
    if not get_family(workspace.settings.covariance_type).any_units and workspace.spec.scaling == "none":
        found.append("Round groups depend on the columns' units: standardise unless they share one.")
    return found


def columns(features: FeatureMatrix) -> None:
    """A small picture and the figures of each chosen column, in the table's units."""
    for start in range(0, len(features.columns), IN_A_ROW):
        for at, place in zip(range(start, len(features.columns)), st.columns(IN_A_ROW), strict=False):
            with place, st.container(border=True):
                _column(features.columns[at], features.column_values(at))


def _column(name: str, x: Array) -> None:
    from gmm_core.tables import plotting

    spread = float(x.std())
    st.markdown(f"**{escaped(name)}**")
    picture = partial(charts.thumbnail_histogram, plotting.bins_frame(x))
    drawing.chart(f"feature-{name}", None, picture, f"Histogram of {name}")
    st.caption(
        f"mean {number(float(x.mean()), spread)}, spread {number(spread, spread)}, "
        f"from {number(float(x.min()), spread)} to {number(float(x.max()), spread)}"
    )
