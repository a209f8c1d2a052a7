"""Columns made from others are used as the table's own are."""

import pytest

from gmm_core import fit_mixture
from gmm_core.tables.derived import Derived
from pages.shared import labels, results, segment_cards, session
from pages.shared.classing import Question
from pages.shared.results import Fitted
from pages.shared.stage.ground import ground_of
from pages.shared.stage.setup import LOADED, Stage
from pages.shared.workspace import Workspace, example_workspace

pytestmark = pytest.mark.usefixtures("own_stores")
RATIO = "bill_length_mm / bill_depth_mm"


@pytest.fixture(scope="module")
def made() -> Workspace:
    derived = (Derived(RATIO, "ratio", ("bill_length_mm", "bill_depth_mm")),)
    return example_workspace("penguins").with_settings(n_init=1).with_spec(derived=derived)


def test_typical_rows_may_be_named_by_a_made_column(made):
    workspace = made.with_spec(name=RATIO)
    features = results.features_of(workspace)
    fitted = Fitted(workspace, features, fit_mixture(results.named(features), workspace.settings))
    frame = segment_cards.typical_rows_of(fitted, 0)
    names = {f"{name}, row {row + 1:,}" for name, row in zip(features.names, features.rows, strict=True)}
    assert set(frame.columns[1:]) <= names


def test_made_columns_come_on_the_stage_and_another_making_gives_other_rows(made, monkeypatch):
    stage = Stage(source=LOADED, columns=(RATIO,))
    product = Derived(RATIO, "product", ("bill_length_mm", "bill_depth_mm"))
    highest = []
    for workspace in (made, made.with_spec(derived=(product,)), made.with_spec(label="body_mass_g")):
        monkeypatch.setattr(session, "workspace", lambda now=workspace: now)
        found = ground_of(stage)
        highest.append(found.ends(0)[1])
        assert RATIO in found.choice
        assert ("body_mass_g" in found.choice) == (workspace.spec.label is None)
    assert highest[0] == highest[2] < 5
    assert highest[1] > 500


def test_a_made_column_may_be_the_label(made):
    years = Derived("squared", "product", ("year", "year"))
    workspace = made.with_spec(derived=(years,), label="squared")
    assert labels.offered(workspace)[0] == "squared"
    squares = {float(year) ** 2 for year in (2007, 2008, 2009)}
    assert set(Question(workspace, "squared", False, 5).labels) == squares
    features = results.features_of(workspace)
    fitted = Fitted(workspace, features, fit_mixture(results.named(features), workspace.settings))
    assert labels.crossed(fitted, "squared").total == len(features.rows)
