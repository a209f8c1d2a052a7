"""What to beware of in the ticked columns, before they are fitted."""

from __future__ import annotations

import streamlit as st

from gmm_core.errors import GmmError
from gmm_core.model.families import get_family
from pages.shared.results import features_of
from pages.shared.stores import kept
from pages.shared.tables import profile_of
from pages.shared.wording import counted, escaped
from pages.shared.workspace import Workspace

MOST_SHOWN = 3


def cautions(workspace: Workspace) -> None:
    """What to beware of in the ticked columns, the most important first, and the rest a click below."""
    found = kept("cautions", 8, workspace.fit_key, lambda: _sentences(workspace))
    for sentence in found[:MOST_SHOWN]:
        st.caption(f":material/warning: {sentence}")
    rest = found[MOST_SHOWN:]
    if rest:
        with st.expander(f"{counted(len(rest), 'more caution')} on the ticked columns"):
            st.markdown("\n".join(f"- {sentence}" for sentence in rest))


def _sentences(workspace: Workspace) -> list[str]:
    from gmm_core.tables.cautions import cautions as found_in

    if not workspace.spec.columns:
        return ["No column is ticked, so there is nothing to find groups in: tick at least one."]
    try:
        features = features_of(workspace)
    except GmmError as error:
        return [escaped(error)]
    settings = workspace.settings
    family = get_family(settings.covariance_type)
    n_parameters = family.n_parameters(settings.n_components, features.values.shape[1])
    found = [
        f"{each.sentence} {each.remedy}".strip() for each in found_in(features, n_parameters, bool(settings.noise))
    ]
    return [escaped(sentence) for sentence in (*_advice(workspace), *found)]


def _advice(workspace: Workspace) -> list[str]:
    """For each ticked column that is better left out, why."""
    profile = profile_of(workspace)
    poor = profile[profile["name"].isin(workspace.spec.columns) & ~profile["usable"]]
    return [f"Column “{each.name}” {each.why}; leave it out unless you mean it." for each in poor.itertuples()]
