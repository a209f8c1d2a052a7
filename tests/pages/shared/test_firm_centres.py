"""Intervals of centres: with the groups as given, and by refits once there are some."""

from dataclasses import replace

import numpy as np
import pytest
import streamlit as st
from numpy.testing import assert_allclose

from gmm_core.model.choice.uncertainty import Bootstrap
from pages.shared import centre_lines, covariances, firm_centres, firmness, segmenting
from pages.shared.results import Fitted
from pages.shared.workspace import LoadedTable, Workspace, example_workspace
from tests.pages.shared.test_results import fit_of

pytestmark = pytest.mark.usefixtures("own_stores")


@pytest.fixture(scope="module")
def iris() -> Fitted:
    return fit_of(example_workspace("iris").with_settings(n_init=2, n_components=3))


@pytest.fixture(scope="module")
def shop() -> Fitted:
    """Two components of transformed columns, with noise, three groups in two clusters."""
    workspace = example_workspace("shop-customers").with_settings(n_init=1, n_components=3, noise=True)
    transforms = {"average order value (EUR)": "log", "orders a year": "log1p"}
    spec = replace(workspace.spec, transforms=transforms, components=2, scaling="standard", sample=600)
    return fit_of(workspace.with_whole_spec(spec).with_clusters(2))


def with_rows(fitted, rows) -> Workspace:
    table = LoadedTable(rows, "changed", str(hash(rows.to_csv())), "changed for a test")
    return replace(fitted.workspace, table=table)


@pytest.fixture
def refits(monkeypatch, rng):
    """Gives a fit replicates whose means move by a hundredth of their spreads, as if they had been worked out."""

    def give(fitted):
        mixture = fitted.mixture
        sizes = 0.01 * mixture.standard_deviations
        moved = tuple(replace(mixture, means=mixture.means + sizes * rng.normal(size=sizes.shape)) for _ in range(50))
        found = Bootstrap(mixture, "weighted", 50, 0, moved)
        monkeypatch.setattr(firmness, "known_replicates", lambda fitted: found)
        return found

    return give


def test_without_refits_the_intervals_are_there_and_narrower_than_the_groups(iris):
    low, high = firm_centres.mean_ends(iris)
    assert low.shape == (3, 4)
    assert (high - low > 0).all()
    assert (high - low < iris.mixture.standard_deviations).all()
    assert "as given" in firm_centres.source(iris)
    frame = segmenting.profile(iris)
    wide = frame.pivot(index="group", columns="column", values="centre from")[list(iris.features.columns)]
    assert_allclose(wide, low, atol=0.01)  # of rows by membership, and of the model: the same but for EM's last step


def test_refits_take_their_place_on_both_pages(iris, refits):
    before = segmenting.profile(iris)
    found = refits(iris)
    assert "50 refits" in firm_centres.source(iris)
    assert_allclose(firm_centres.mean_ends(iris), found.interval().means)
    after = segmenting.profile(iris)
    narrower = after["centre to"] - after["centre from"] < before["centre to"] - before["centre from"]
    assert narrower.all()
    assert after["centre"].equals(before["centre"])
    assert (after["difference from"] <= after["difference"]).all()
    assert (after["difference"] <= after["difference to"]).all()


def test_merged_groups_of_transformed_components_with_noise_have_intervals_in_the_tables_units(shop, refits):
    for _ in range(2):
        frame = segmenting.profile(shop)
        assert frame["group"].unique().tolist() == list(shop.names)
        held = frame[frame["group"] != "noise"]
        assert (held["centre from"] <= held["centre"]).all()
        assert (held["centre"] <= held["centre to"]).all()
        lines = centre_lines._frame(shop)
        assert set(lines["component"]) == set(shop.names) - {"noise"}
        assert (lines["low"].to_numpy() <= lines["centre"].to_numpy()).all()
        refits(shop)


def test_the_most_telling_column_stands_first(iris):
    assert "petal" in centre_lines._frame(iris)["column"].iloc[0]


def test_words_say_what_they_are_measured_in(iris, shop):
    said = covariances._words(shop)
    assert len(said) == 3
    assert any("stretched" in text or "ound" in text for text in said)
    assert "2 components fitted" in covariances._legend(shop, 3)
    assert "transformed values" in covariances._legend(shop, 3)
    assert "divided by its spread" in covariances._legend(iris, 4)
    round_ones = fit_of(iris.workspace.with_settings(covariance_type="spherical", n_init=1))
    assert "own units" in covariances._legend(round_ones, 4)
    assert all(text.endswith("round.") for text in covariances._words(round_ones))


def test_a_map_of_many_columns_takes_those_that_go_together(iris, monkeypatch):
    monkeypatch.setattr(covariances, "MOST_COLUMNS", 2)
    st.cache_resource.clear()
    columns = covariances._columns(iris)
    strength = np.abs(iris.mixture.correlations) - np.eye(4)
    at = np.unravel_index(strength.argmax(), strength.shape)[1:]
    assert columns == sorted(at)
    assert "2 columns that go less" in covariances._legend(iris, 2)


def test_rows_with_a_gap_tell_nothing_of_the_centre_in_that_column(iris):
    """Half the petal lengths are missing: Fit and Segments have the same intervals, wider by the root of two or so."""
    rows = iris.workspace.table.frame.copy()
    rows.loc[::2, "petal_length"] = np.nan
    gappy = fit_of(with_rows(iris, rows).with_spec(gaps="em"))
    low, high = firm_centres.mean_ends(gappy)
    columns = list(gappy.features.columns)
    wide = segmenting.profile(gappy).pivot(index="group", columns="column", values=["centre from", "centre to"])
    reach = (wide["centre to"] - wide["centre from"])[columns]
    assert_allclose(reach, high - low, rtol=0.1)


def test_each_column_has_the_decimals_of_its_own_spread(iris, monkeypatch):
    drawn = {}
    monkeypatch.setattr(centre_lines.downloads, "table", lambda *args: drawn.update(frame=args[0], places=args[4]))
    monkeypatch.setattr(centre_lines.drawing, "chart", lambda *args, **options: None)
    rows = iris.workspace.table.frame.copy()
    rows["petal_width"] *= 1e4
    centre_lines.section(fit_of(with_rows(iris, rows)))
    found = dict(zip(drawn["frame"]["column"], drawn["places"]["centre"], strict=True))
    assert found["petal_width"] == 0
    assert found["petal_length"] == 2
