"""The preparation as a recipe: read in words, saved, loaded and applied to this table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared import session, uploading
from pages.shared.prepared import has_features
from pages.shared.wording import escaped
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    from gmm_core.tables.reading_alike import Reading

LOADS = "recipe-loads"
"""Where the session counts recipes: part of the uploader's key, so that it is empty again after each."""


def section(workspace: Workspace) -> None:
    """The recipe in words, and its two ways."""
    from gmm_core.tables.spec_changes import steps

    spec = workspace.spec
    st.markdown(f"Columns: {escaped(', '.join(spec.columns[:12]))}{' and more' if len(spec.columns) > 12 else ''}")
    st.markdown("\n".join(f"- {escaped(each)}" for each in steps(spec)) or "They are taken as they are.")
    how = reading(workspace)
    if how is not None and how.words():
        st.markdown(f"The file: {escaped('; '.join(how.words()))}.")
    save, load = st.columns(2, gap="large")
    with save:
        _save(workspace)
    with load:
        _load()


def _save(workspace: Workspace) -> None:
    st.caption("Save it for next month's file, or beside the results: what was done is then known.")
    st.download_button(
        "Save the recipe",
        data=lambda: _text(workspace),
        file_name="recipe.json",
        mime="application/json",
        key="recipe-save",
        icon=":material/download:",
        on_click="ignore",
        disabled=not has_features(workspace),
    )


def _text(workspace: Workspace) -> str:
    from gmm_core.tables.recipe import to_recipe

    return to_recipe(workspace.spec.prepare(workspace.table.frame), reading(workspace))


def reading(workspace: Workspace) -> Reading | None:
    """How the file was read that the table came from; None where it came from none."""
    from gmm_core.tables.reading_alike import Reading

    file = workspace.table.read_from
    return None if file is None else Reading.of(file.options, file.notes)


def _load() -> None:
    uploading.upload(
        "Load a recipe and apply it to this table",
        "recipe-load",
        st.session_state.get(LOADS, 0),
        _take,
        about="A file is read again as the recipe's was. Constants, such as medians and the powers of transforms, are "
        "found anew in this table.",
    )


def _take(content: bytes, _name: str) -> None:
    st.session_state[LOADS] = st.session_state.get(LOADS, 0) + 1
    session.apply_recipe(content)
