"""Sights of one column: each has a box of its own, or none."""

import pytest
import streamlit as st

from pages.shared import one_column
from pages.shared.sides import Side


@pytest.fixture
def side():
    return Side(("wait",), None, None, None, (), None)


def test_each_sight_has_a_box_of_its_own_and_that_without_the_column_across_has_none(side, monkeypatch):
    found = {}
    for sight in one_column.SIGHTS:
        monkeypatch.setattr(st, "session_state", {"fit-sight": sight})
        found[sight] = one_column.brush(side)
    assert found.pop("Q-Q") is None
    assert len(set(found.values())) == 2
    monkeypatch.setattr(st, "session_state", {})
    assert one_column.brush(side) == found["Density"]
