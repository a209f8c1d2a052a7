"""Rows chosen on charts: by values of a column, which is more than how these are said."""

from dataclasses import replace

import numpy as np
import pytest
import streamlit as st

from pages.shared import odd_pictures, selected, session, sides
from pages.shared.results import Fitted
from pages.shared.scored_source import fitted_rows
from pages.shared.selected import Limit
from pages.shared.workspace import example_workspace
from tests.pages.shared.test_results import fit_of


@pytest.fixture(scope="module")
def shop() -> Fitted:
    workspace = example_workspace("shop-customers").with_settings(n_init=1, n_components=2)
    transforms = {"average order value (EUR)": "log"}
    return fit_of(workspace.with_spec(transforms=transforms, sample=500))


def test_limits_that_are_said_alike_choose_the_rows_of_their_own_column(shop, monkeypatch):
    monkeypatch.setattr(session, "focus", tuple)
    st.cache_resource.clear()
    n = len(shop.labels)
    low, none = (Limit(of, np.full(n, at), 0.0, 1.0, "value from 0 to 1") for of, at in (("one", 0.5), ("other", 2.0)))
    assert len(selected.chosen(shop, [low]).places) == n
    assert len(selected.chosen(shop, [none]).places) == 0


def test_the_ends_of_a_box_are_told_in_the_tables_units(shop):
    name = "average order value (EUR)"
    side = sides.side(shop, (name, shop.features.columns[-1]))
    low, high = float(np.log(20)), float(np.log(300))
    assert side.stretched().ends(0, low, high) == pytest.approx((20, 300))
    assert side.ends(0, 20.0, 300.0) == (20, 300)
    assert selected.in_words(side.stretched(), 0, low, high) == selected.in_words(side, 0, 20.0, 300.0)


def test_pointing_out_another_row_leaves_the_map_as_it_is(shop, monkeypatch):
    made, maps = [], []
    drawn = odd_pictures.charts.flagged
    monkeypatch.setattr(odd_pictures.charts, "flagged", lambda *given: made.append(1) or drawn(*given))
    side = sides.side(shop, shop.features.columns[:2])
    monkeypatch.setattr(
        odd_pictures.drawing, "chart", lambda key, content, make, *_, **__: maps.append((content, make()))
    )
    st.cache_resource.clear()
    for picked in (None, 3, 4, None):
        odd_pictures.draw(fitted_rows(shop), side, 10, picked)
    assert len(made) == 1
    contents, views = zip(*maps, strict=True)
    assert len(set(contents)) == 3
    assert [len(view.layer) for view in views[1:3]] > [len(views[0].layer)] * 2
    assert len(views[3].layer) == len(views[0].layer)


def test_outliers_of_merged_groups_have_badges_of_the_clusters_so_that_a_click_names_one(shop):
    merged = fit_of(replace(shop.workspace, n_clusters=1))
    scored = fitted_rows(merged)
    frames = odd_pictures._frames(scored, sides.side(merged, merged.features.columns[:2]))
    assert merged.names == ("A+B",)
    assert set(frames["centres"]["component"]) == set(frames["ellipses"]["component"]) == {"A+B"}
