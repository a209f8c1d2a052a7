"""Shapes, noise, prior, equal shares, weights, and what was found and checked, on the pages."""

import pandas as pd
import pytest

from gmm_core import GaussianMixture, load_example
from gmm_core.model.families import FAMILIES
from pages.shared import sentences
from tests.ui.reading import charts, frames, go, group, upload, words

X = load_example("old-faithful").to_numpy(float)


def settings(app):
    return app.session_state["workspace"].settings


def with_more(app):
    """The page with its extras open."""
    app.session_state["fit-more"] = True
    return app.run()


def parameters(app):
    return frames(app)[0]


def test_any_of_the_fourteen_shapes_can_be_chosen_and_joins_the_common_ones(open_app):
    app = open_app()
    app.session_state["fit-shapes"] = True
    app.run()
    assert [name for name in FAMILIES if not app.button(key=f"fit-shapes-use-{name}").disabled] == [
        name for name in FAMILIES if name != "full"
    ]
    app.button(key="fit-shapes-use-VEE").click().run()
    assert settings(app).covariance_type == "VEE"
    assert group(app, "fit-family").value == "VEE"
    expected = GaussianMixture(2, covariance_type="VEE", random_state=0).fit(X)
    assert parameters(app)["mean eruptions"].tolist() == pytest.approx(expected.means_[:, 0], rel=1e-4)
    assert "log-likelihood -1,136.3" in words(app)


def test_with_one_column_only_two_shapes_are_offered_and_compared(open_app):
    app = open_app(column=["eruptions"], starts=2)
    app.session_state["fit-shapes"] = True
    app.run()
    assert len([each for each in app.button if str(each.key).startswith("fit-shapes-use-")]) == 2
    app = go(app, "how-many")
    assert "only two shapes differ" in words(app)
    assert len(frames(app)[0]) == 2 * 6


def test_odd_rows_become_noise_with_a_card_a_share_and_a_membership(open_app):
    app = with_more(open_app(example="sensor-readings", k=3))
    app.toggle(key="fit-more-noise").set_value(True).run()
    assert settings(app).noise is True
    assert "of rows are odd and fit no group" in words(app)
    assert parameters(app)["group"].tolist() == ["A", "B", "C", "noise"]
    assert parameters(app)["share"].sum() == pytest.approx(1.0)
    shown = frames(go(app, "memberships"))[-1]
    assert {"A", "B", "C", "noise"} == set(shown["group"].dropna())
    app = with_more(go(app, "fit"))
    app.toggle(key="fit-more-noise").set_value(False).run()
    assert "odd and fit no group" not in words(app)


def test_a_prior_steadies_what_has_no_sound_solution_without_it(open_app):
    app = open_app(example="customers", k=2, family="full", starts=3)
    assert "no spread" in words(app)
    app = open_app(example="customers", k=2, family="full", starts=3, prior="on")
    assert not app.error
    assert parameters(app).iloc[:, 2].tolist() == pytest.approx([30.0, 150.0], rel=0.05)


def test_groups_of_equal_size_have_equal_shares(open_app):
    app = with_more(open_app())
    app.toggle(key="fit-more-equal").set_value(True).run()
    assert parameters(app)["share"].tolist() == [0.5, 0.5]


def test_rows_count_as_often_as_a_column_says(open_app):
    table = load_example("old-faithful").assign(times=[1, 2, 0, 3] * 68)
    app = go(upload(open_app(), "geyser.csv", table.to_csv(index=False).encode()), "features")
    group(app, "features-columns").set_value(["eruptions", "waiting"]).run()
    app.session_state["features-tabs"] = "Roles"
    app.run()
    app.selectbox(key="features-weights").set_value("times").run()
    app = go(app, "fit")
    assert "Each row counts as often as its times says" in words(app)
    expected = GaussianMixture(2, random_state=0).fit(X, sample_weight=table["times"])
    assert parameters(app)["share"].tolist() == pytest.approx(expected.weights_, abs=1e-4)


def test_a_weight_that_is_none_is_named_with_its_row(open_app):
    table = load_example("old-faithful").assign(times=[1.0] * 271 + [-2.0])
    app = go(upload(open_app(), "geyser.csv", table.to_csv(index=False).encode()), "features")
    group(app, "features-columns").set_value(["eruptions", "waiting"]).run()
    app.session_state["features-tabs"] = "Roles"
    app.run()
    app.selectbox(key="features-weights").set_value("times").run()
    assert "Row 272 has the weight" in app.error[0].value.replace("\\", "")


def test_the_starts_are_a_map_of_distinct_solutions(open_app):
    app = open_app(k=4)
    app.session_state["fit-tabs"] = "Starts"
    app.run()
    said = next(each.value for each in app.caption if "found the best sound solution" in each.value)
    starts = frames(app)[0]
    best = starts.loc[starts["sound"], "log-likelihood"].max()
    near = int((starts["sound"] & (best - starts["log-likelihood"] < 0.05)).sum())
    assert said.startswith(f"{near} of {len(starts)} starts")
    assert "Starts that ended here" in str(charts(app))


def test_what_was_checked_of_a_fit_is_said(open_app):
    app = open_app()
    app.session_state["fit-tabs"] = "Audit"
    app.run()
    checked = [each.value for each in app.markdown if each.value.startswith(":material/check:")]
    assert len(checked) == 5
    assert any("log-likelihood never fell" in each for each in checked)


def test_all_fourteen_shapes_can_be_compared(open_app):
    app = go(open_app(), "how-many")
    app.slider(key="many-most").set_value(2).run()
    assert len(frames(app)[0]) == 8
    app.toggle(key="many-shapes").set_value(True).run()
    compared = frames(app)[0]
    assert isinstance(compared, pd.DataFrame)
    assert len(compared) == 28
    assert set(compared["shape"]) == {family.words for family in FAMILIES.values()}


def test_the_gravest_cautions_are_in_sight_and_the_others_a_click_away(open_app, monkeypatch):
    monkeypatch.setattr(sentences, "cautions", lambda fitted: [f"Caution {n}." for n in range(5)])
    app = open_app()
    (more,) = [each for each in app.expander if "to beware of" in each.label]
    assert more.label == "2 more to beware of"
    assert [each.value for each in more.caption] == [f":material/warning: Caution {n}." for n in (3, 4)]
    assert ":material/warning: Caution 2." in words(app)
