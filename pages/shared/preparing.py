"""The top of "Which columns, and how?": what goes into the fit, in sentences, and the two choices for all columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from gmm_core.errors import GmmError
from gmm_core.tables.gaps import GAP_RULES
from gmm_core.tables.scaling import SCALINGS
from pages.shared import controls, frame, remedies, session
from pages.shared.results import features_of
from pages.shared.tables import frame_of, profile_of
from pages.shared.terms import help_of
from pages.shared.wording import counted, escaped
from pages.shared.workspace import Workspace

NEARLY_USABLE = ("number", "date")
MOST_NAMED = 3

MAKE_NUMBERS = " “Made columns” turns dates into numbers."

if TYPE_CHECKING:
    from gmm_core.tables.features import FeatureMatrix


def scaling(key: str) -> None:
    """Choose how columns are put on one scale."""
    controls.choice(
        key,
        "Scale",
        {name: each.words for name, each in SCALINGS.items()},
        session.workspace().spec.scaling,
        lambda name: session.change_spec(scaling=name),
        help_of("scaling", "Principal components depend on it, too."),
    )


def gaps(key: str) -> None:
    """Choose what becomes of rows with gaps."""
    controls.choice(
        key,
        "Rows with gaps",
        {name: each.words for name, each in GAP_RULES.items()},
        session.workspace().spec.gaps,
        lambda name: session.change_spec(gaps=name),
        help_of("gaps", "A gap in any chosen column counts."),
    )


def not_offered(workspace: Workspace) -> None:
    """Why columns of numbers or dates are not among those to choose."""
    profile = profile_of(workspace)
    left_out = profile[~profile["usable"] & profile["kind"].isin(NEARLY_USABLE)]
    said = [f"{escaped(each.name)} {escaped(each.why)}" for each in left_out.head(MOST_NAMED).itertuples()]
    if len(left_out) > MOST_NAMED:
        said.append(f"{len(left_out) - MOST_NAMED:,} more, see the Table page")
    if said:
        st.caption(f"Not offered: {'; '.join(said)}.{MAKE_NUMBERS * bool((left_out['kind'] == 'date').any())}")


def answer(workspace: Workspace) -> FeatureMatrix | None:
    """What goes into the fit, how it is prepared and what to beware of; None, and why, where nothing can."""
    try:
        features = features_of(workspace)
    except GmmError as error:
        frame.complain(error)
        _steps(workspace)
        return None
    frame.answer(summary(workspace, features), [*cautions(workspace, features), *remedies.found(workspace, features)])
    _steps(workspace)
    return features


def summary(workspace: Workspace, features: FeatureMatrix) -> str:
    """What goes into the fit, in a sentence."""
    kept, used = len(features.values), counted(len(features.columns), "column")
    return f"{used} and {kept:,} of {counted(len(workspace.table.frame), 'row')} go into the fit."


def cautions(workspace: Workspace, features: FeatureMatrix) -> list[str]:
    """Rows that are left out, and gaps that are not."""
    found = []
    if features.n_filtered:
        found.append(f"{counted(features.n_filtered, 'row')} left out by the choice of rows.")
    if features.n_dropped:
        found.append(f"{counted(features.n_dropped, 'row')} with gaps left out.")
    for name, n in features.undefined.items():
        found.append(f"{escaped(name)} has no value in {counted(n, 'row')}, such as those divided by zero.")
    caution = GAP_RULES[workspace.spec.gaps].caution
    if caution:
        kept = frame_of(workspace)[list(features.columns)].iloc[features.rows]
        n_gaps = int(kept.isna().sum().sum())
        found += [f"{counted(n_gaps, 'gap')} {caution}."] if n_gaps else []
    return found


def _steps(workspace: Workspace) -> None:
    """The preparation in words, and the way back to plain columns."""
    from gmm_core.tables.spec_changes import plain, steps

    said = steps(workspace.spec)
    if not said:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Prepared: {escaped('; '.join(said))}.", width="content")
        if plain(workspace.spec) != workspace.spec:
            st.button(
                "Back to plain columns",
                key="features-plain",
                type="tertiary",
                icon=":material/undo:",
                on_click=session.prepare,
                args=(plain(workspace.spec),),
            )
