"""Tables on screen: what a line is about stays in sight while a wide table is moved."""

import pandas as pd
import pytest
import streamlit as st

from pages.shared import on_screen


@pytest.fixture
def config(monkeypatch):
    """Show a frame; the settings of its columns."""
    shown = {}
    monkeypatch.setattr(st, "dataframe", lambda frame, **how: shown.update(how))

    def of(frame, **how):
        on_screen.table(frame, key="a", alt="a table", **how)
        return shown["column_config"]

    return of


def test_the_first_column_of_a_wide_table_stays_in_sight_and_keeps_its_note(config):
    wide = pd.DataFrame([range(5)], columns=["group", "b", "c", "d", "e"])
    noted = {"group": st.column_config.Column(help="Which one"), "b": st.column_config.Column(help="What")}
    found = config(wide.style, hide_index=True, column_config=noted)
    assert (found["group"]["pinned"], found["group"]["help"]) == (True, "Which one")
    assert not found["b"]["pinned"]
    assert not noted["group"]["pinned"]


def test_a_narrow_table_and_one_with_numbered_rows_are_as_they_were(config):
    frame = pd.DataFrame([range(5)], columns=list("abcde"))
    assert config(frame[["a", "b", "c", "d"]], hide_index=True) == {}
    assert config(frame) == {}
