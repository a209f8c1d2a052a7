"""Fits to transformed columns and to components: what the pages say of them is true in the table's units."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from gmm_core import FitSettings
from gmm_core.model.choice.cells import compare_cells
from gmm_core.model.choice.uncertainty import Bootstrap
from gmm_core.tables import mixture_frames
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.uncertainty import intervals_frame
from pages.shared import firmness, grids, pictures, results, sentences, sides
from pages.shared.centres import Centres
from pages.shared.results import Fitted
from pages.shared.workspace import Workspace, example_workspace
from tests.pages.shared.test_results import fit_of

VALUE, ORDERS, DAYS = "average order value (EUR)", "orders a year", "days since last order"
MEASURES = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


def prepared(example: str, *columns: str, **spec: object) -> Workspace:
    workspace = example_workspace(example).with_settings(n_init=2)
    return replace(workspace, spec=FeatureSpec(columns, **spec))


@pytest.fixture(scope="module")
def shop() -> Fitted:
    spec = {"transforms": {VALUE: "log", DAYS: "sqrt"}, "scaling": "standard", "sample": 800}
    return fit_of(prepared("shop-customers", VALUE, ORDERS, DAYS, **spec).with_settings(n_components=3))


@pytest.fixture(scope="module")
def penguins() -> Fitted:
    return fit_of(prepared("penguins", *MEASURES, scaling="standard", components=2, name="island"))


def test_the_log_likelihood_is_that_of_the_density_of_the_tables_own_values(shop):
    """By hand: normal densities of the log, of the value itself and of the square root, times the slopes."""
    x = shop.features.table_values
    offset = shop.features.transforms[2].offset
    z = np.column_stack([np.log(x[:, 0]), x[:, 1], np.sqrt(x[:, 2] + offset)])
    slopes = 1 / x[:, 0] / (2 * np.sqrt(x[:, 2] + offset))
    parts = zip(shop.mixture.weights, shop.mixture.means, shop.mixture.covariances, strict=True)
    density = sum(weight * stats.multivariate_normal(mean, cov).pdf(z) for weight, mean, cov in parts)
    assert shop.log_likelihood == pytest.approx(np.log(density * slopes).sum())


def test_one_lognormal_group_has_scipys_likelihood_and_bic():
    fitted = fit_of(prepared("shop-customers", VALUE, transforms={VALUE: "log"}).with_settings(n_components=1))
    x = fitted.features.table_values[:, 0]
    shape, _, scale = stats.lognorm.fit(x, floc=0)
    level = stats.lognorm.logpdf(x, shape, scale=scale).sum()
    assert fitted.log_likelihood == pytest.approx(level)
    assert fitted.criterion("bic") == pytest.approx(-2 * level + 2 * np.log(len(x)))
    assert fitted.centres[0, 0] == pytest.approx(stats.gmean(x))
    low, high = fitted.middle(0.95)
    assert [low[0, 0], high[0, 0]] == pytest.approx(stats.lognorm.interval(0.95, shape, scale=scale))


def test_constants_that_were_found_count_as_parameters_and_criteria_compare():
    bics = {}
    for name in ("none", "log", "rank-normal"):
        workspace = prepared("shop-customers", VALUE, transforms={VALUE: name}, sample=500)
        features = workspace.spec.apply(workspace.table.frame)
        [cell] = compare_cells(results.named(features), [(1, "full")], FitSettings(n_init=1))
        found = grids.in_table_units(cell, features)
        assert found.n_parameters == 2 + features.transforms[0].n_parameters
        assert found.bic == pytest.approx(-2 * found.log_likelihood + found.n_parameters * np.log(500))
        bics[name] = found.bic
    assert min(bics, key=bics.get) == "log"


def test_the_sentence_and_the_cards_show_geometric_means_and_medians_and_say_so(shop):
    centres, x = Centres(shop), shop.features.table_values
    weights = shop.fit.mixture.memberships(shop.features.values)
    means = np.exp(weights.T @ np.log(x[:, 0]) / weights.sum(axis=0))
    np.testing.assert_allclose(shop.centres[:, 0], means, rtol=1e-3)
    said = sentences.groups(shop).replace("\\", "")
    for k, mean in enumerate(means):
        shown = centres.centre(k, 0)
        assert float(shown.replace(",", "")) == pytest.approx(mean, rel=1e-2)
        assert f"{VALUE} {shown}" in said
    note = centres.note.replace("\\", "")
    assert note.startswith(f"Centres are geometric means of {VALUE} and medians of {DAYS};")
    assert centres.reach(0, 1).startswith("±\u00a0")
    assert " to " in centres.reach(0, 0)


def test_digits_of_a_transformed_column_fit_each_group(shop):
    k = int(shop.centres[:, 2].argmin())
    low, high = shop.middle(0.6827)
    assert Centres(shop).grain(k, 2) == pytest.approx((high - low)[k, 2] / 2)
    assert Centres(shop).grain(k, 1) == pytest.approx(shop.spreads[1])


def test_points_of_the_outlines_lie_on_the_ellipses_of_the_transformed_columns(shop):
    side = sides.side(shop, (DAYS, VALUE))
    assert side.is_carried
    outlines = mixture_frames.ellipses_frame(side.mixture, carry=side.carry)
    offset = shop.features.transforms[2].offset
    for k, letter in enumerate(shop.letters):
        outer = outlines[(outlines["component"] == letter) & (outlines["probability"] == 0.95)]
        z = np.column_stack([np.sqrt(outer["x"] + offset), np.log(outer["y"])])
        away = z - shop.mixture.means[k][[2, 0]]
        distances = np.einsum("ni,ij,nj->n", away, np.linalg.inv(side.mixture.covariances[k]), away)
        lowest = outer["x"] < 1e-9 + outer["x"].min()  # below zero a root has no values, so the outline ends there
        np.testing.assert_allclose(distances[~lowest], -2 * np.log(0.05), rtol=1e-6)


def test_a_stretched_map_is_drawn_as_fitted_and_read_off_in_the_tables_units(shop):
    plain = sides.side(shop, (DAYS, VALUE))
    side = plain.stretched()
    memberships = shop.fit.mixture.memberships(shop.features.values)
    shown = pictures.points(shop, side, memberships, shop.letters)
    table = pictures.points(shop, plain, memberships, shop.letters)
    np.testing.assert_allclose(shown[["x_shown", "y_shown"]], table[["x", "y"]])
    np.testing.assert_allclose(shown["y"], np.log(table["y"]))
    centres = side.read_off(mixture_frames.centres_frame(side.mixture, side.carry))
    np.testing.assert_allclose(centres[["x_shown", "y_shown"]], shop.centres[:, [2, 0]])
    marks = side.titled()["marks"]["y"]
    np.testing.assert_allclose(np.exp(marks["value"]), marks["text"].astype(float))
    assert not side.is_carried
    assert side.key != plain.key
    assert plain.titled()["marks"] == {}


def test_components_are_seen_in_columns_and_as_themselves(penguins):
    assert sides.axes(penguins) == (*MEASURES, "component 1", "component 2")
    assert penguins.mixture.n_features == 4
    assert penguins.fit.columns == ("component 1", "component 2")
    columns, components = sides.side(penguins, MEASURES[:2]), sides.side(penguins, ("component 1", "component 2"))
    frame = penguins.workspace.table.frame.iloc[penguins.features.rows]
    np.testing.assert_array_equal(columns.values, frame[list(MEASURES[:2])])
    np.testing.assert_array_equal(components.values, penguins.features.values)
    assert components.columns == ()
    inside = pictures._inside(penguins, components)
    assert (inside > 0.88).all()
    assert (pictures._inside(penguins, columns) > 0.85).all()


def test_hovering_a_row_shows_its_name(penguins):
    side = sides.side(penguins, MEASURES[:2])
    shown = pictures.points(
        penguins, side, penguins.fit.mixture.memberships(penguins.features.values), penguins.letters
    )
    frame = penguins.workspace.table.frame
    assert shown["label"].tolist() == frame["island"].iloc[shown["row"] - 1].tolist()


def test_replicates_of_components_are_carried_to_the_columns(penguins):
    found = Bootstrap(penguins.fit.mixture, "weighted", 2, 0, (penguins.fit.mixture,) * 2)
    carried = firmness.in_working_units(penguins, found)
    frame = intervals_frame(carried, MEASURES, 0.95, penguins.features.transforms)
    means = frame[frame["quantity"] == "mean"]
    np.testing.assert_allclose(means["estimate"].to_numpy().reshape(-1, 4), penguins.centres)


def test_replicates_of_the_components_of_very_many_columns_stay_in_the_components(penguins, monkeypatch):
    monkeypatch.setattr(firmness, "MOST_CARRIED", 3)
    found = Bootstrap(penguins.fit.mixture, "weighted", 1, 0, (penguins.fit.mixture,))
    assert firmness.in_working_units(penguins, found) is found
    assert firmness.known_replicates(penguins) is None
