"""Numbers on screen are those of the table, however the columns were scaled for the fit."""

import numpy as np
import pytest

from gmm_core import GaussianMixture, compare_models, load_example
from gmm_core.tables.scaling import SCALINGS
from tests.ui.reading import charts, frames, go, words


@pytest.mark.parametrize("scaling", SCALINGS)
def test_likelihood_and_criteria_on_fit_are_the_cores(open_app, scaling):
    app = open_app(scaling=scaling)
    table = load_example("old-faithful")
    model = GaussianMixture(2, n_init=10, random_state=0).fit(table)
    assert (
        f"log-likelihood {model.log_likelihood_:,.1f}, BIC {model.bic(table):,.1f}, "
        f"ICL {model.icl(table):,.1f}, AIC {model.aic(table):,.1f}"
    ) in words(app)
    [parameters] = frames(app)
    np.testing.assert_allclose(parameters["mean waiting"], model.means_[:, 1], rtol=1e-4)
    np.testing.assert_allclose(parameters["sd eruptions"], np.sqrt(model.covariances_[:, 0, 0]), rtol=1e-3)


@pytest.mark.parametrize("scaling", SCALINGS)
def test_likelihoods_of_the_starts_and_along_the_way_are_those_of_the_table(open_app, scaling):
    app = open_app(scaling=scaling, starts=3)
    best = GaussianMixture(2, n_init=3, random_state=0).fit(load_example("old-faithful")).log_likelihood_
    app.session_state["fit-tabs"] = "Starts"
    app.run()
    [starts] = frames(app)
    assert len(starts) == 3
    assert starts["log-likelihood"].max() == pytest.approx(best, abs=1e-3)
    app.session_state["fit-tabs"] = "Convergence"
    app.run()
    low, high = charts(app)[-1]["encoding"]["y"]["scale"]["domain"]
    assert low < best < high


@pytest.mark.parametrize("scaling", SCALINGS)
def test_the_grid_of_how_many_is_that_of_the_table(open_app, scaling):
    app = open_app(scaling=scaling, starts=2)
    go(app, "how-many")
    table = load_example("old-faithful")
    names = {"free shape": "full", "same shape": "tied", "axis-aligned": "diag"}
    [shown] = frames(app)
    cells = compare_models(table, range(1, 4), tuple(names.values()), n_init=2).cells
    expected = {(cell.n_components, cell.covariance_type): cell for cell in cells}
    for row in shown.to_dict("records"):
        cell = expected.get((row["groups"], names.get(row["shape"])))
        if cell is not None:
            found = [row["BIC"], row["ICL"], row["AIC"], row["log-likelihood"]]
            assert found == pytest.approx([cell.bic, cell.icl, cell.aic, cell.log_likelihood], abs=1)
    assert shown["BIC"].is_monotonic_increasing
    assert shown["BIC above best"].iloc[0] == 0


def test_the_unsure_rows_are_those_below_the_threshold(open_app):
    app = go(open_app(example="iris", starts=5), "memberships")
    table = load_example("iris").drop(columns="species")
    certainty = GaussianMixture(3, n_init=5, random_state=0).fit(table).predict_proba(table).max(axis=1)
    assert f"{(certainty < 0.9).sum()} of 150 rows" in words(app)
    app.slider(key="unsure-threshold").set_value(70).run()
    assert f"{(certainty < 0.7).sum()} of 150 rows" in words(app)
