"""Classes: labels told from columns, rules held against each other, a typed row, and labels that tell nothing."""

import json
from functools import partial

import numpy as np
import pandas as pd
import pytest

from gmm_core import load_example
from gmm_core.model.classes.mixtures import MixtureChoice
from pages.shared import classing
from tests.ui.reading import charts, frames, go, group, upload, words


@pytest.fixture
def penguins(open_app):
    return go(open_app(example="penguins", starts=1), "classes")


def own(open_app, frame):
    return go(upload(open_app(starts=1), "own", frame.to_csv(index=False).encode()), "classes")


def choose(app, key, value):
    next(each for each in app.selectbox if each.key.startswith(key)).set_value(value).run()
    assert not app.exception
    return app


def test_the_answer_holds_the_rule_against_the_simple_one_and_the_commonest_class(penguins):
    assert "Yes, the columns predict species: 4.1 % of rows held out are predicted wrongly" in words(penguins)
    assert "56 % by always saying the commonest class" in words(penguins)
    assert "Most often mixed up: 5 of Chinstrap predicted as Adelie" in words(penguins)
    assert len(charts(penguins)) == 2
    assert frames(penguins)[0]["error"].iloc[0] == pytest.approx(191 / 342)
    choose(penguins, "classes-rule", "free shapes")
    assert "4.1 % with one Gaussian a class, all of one shape and 56 % by always saying the commonest class" in words(
        penguins
    )
    choose(penguins, "classes-rule", "commonest")
    assert "Without a look at the columns 56 % of rows" in words(penguins)


def test_one_mixture_a_class_is_fitted_when_asked_for_and_finds_the_sensors_faults(open_app, monkeypatch):
    monkeypatch.setattr(classing, "SECONDS_WITHOUT_ASKING", 0.3)
    monkeypatch.setattr(classing, "MixtureChoice", partial(MixtureChoice, families=("full",)))  # saves time
    app = go(open_app(example="sensor-readings", starts=1), "classes")
    assert "No, the columns don't predict fault: 1.0 %" in words(app)
    app.button(key="go-class-mixtures").click().run()
    assert not app.exception
    assert "Yes, the columns predict fault: 0.1 %" in words(app)
    assert len(frames(app)[0]) == 5
    assert "One mixture a class" in words(go(go(app, "fit"), "classes"))


def test_equal_shares_beforehand_and_leaving_out_one_row_at_a_time(penguins):
    group(penguins, "classes-priors").set_value("all equal").run()
    assert "taken as equally likely beforehand" in words(penguins)
    assert frames(penguins)[0]["error"].iloc[0] == pytest.approx(191 / 342)
    iris = choose(go(penguins, "classes"), "classes-folds", 342)
    assert not iris.error


def test_a_typed_row_is_told_and_what_is_not_known_may_stay_empty(penguins):
    penguins.session_state["classes-tabs"] = "A new row"
    penguins.run()
    fields = {field.label.replace("\\", ""): field for field in penguins.number_input}
    fields["bill_length_mm"].set_value(39.0)
    fields["bill_depth_mm"].set_value(19.0).run()
    assert "**Predicted: Adelie (" in words(penguins)
    assert "farther from all classes" not in words(penguins)
    penguins.number_input[1].set_value(90.0).run()
    assert "farther from all classes than any labelled row" in words(penguins)
    assert frames(penguins)[0]["probability"].sum() == pytest.approx(1.0)
    penguins.number_input[0].set_value(None).run()
    assert "**Predicted: " in words(penguins)
    penguins.number_input[1].set_value(None).run()
    assert "The row has no value" in words(penguins)


def test_a_second_file_is_predicted_and_checked_where_it_has_the_label(penguins):
    penguins.session_state["classes-tabs"] = "Another file"
    penguins.run()
    rows = load_example("penguins").dropna().tail(60)
    odd = rows.assign(species=["Emperor"] * 3 + rows["species"].tolist()[3:])

    def give(frame):
        return words(upload(penguins, "july", frame.to_csv(index=False).encode(), key="second-upload"))

    said = give(odd)
    assert "57 rows of july with a label are predicted wrongly, against 4.1 % of the rows held out" in said
    assert "“Emperor” in 3 rows. These rows count in no error" in said
    assert "No row here is truly" in said
    assert len(charts(penguins)) == 3
    assert frames(penguins)[0]["predicted class"].notna().all()
    assert "it has no column species to check them by" in give(rows.drop(columns="species"))
    assert len(charts(penguins)) == 2
    said = give(rows.assign(bill_length_mm=rows["bill_length_mm"] * 100))
    assert "Is it in another unit?" in said
    penguins.button(key="second-unit-0").click().run()
    assert "was divided by 100" in words(penguins)
    give(rows.drop(columns="bill_length_mm"))
    assert any("no column “bill" in each.value.replace("\\", "") for each in penguins.error)


def test_rows_without_a_label_are_told_too(open_app):
    table = load_example("iris")
    table.loc[::15, "species"] = None
    app = own(open_app, table)
    assert "10 rows without a label are not learnt from" in words(app)
    app.session_state["classes-tabs"] = "All rows"
    app.run()
    assert len(frames(app)[0]) == 150
    assert frames(app)[0]["predicted class"].notna().all()


def test_each_label_that_tells_nothing_gets_a_sentence(open_app):
    rng = np.random.default_rng(0)
    x = pd.DataFrame({"a": rng.normal(size=90), "b": rng.normal(size=90)})
    app = own(open_app, x.assign(kind=["rare"] + ["x"] * 50 + ["y"] * 39))
    assert any("Class “rare” has a single row" in each.value for each in app.error)
    app = own(open_app, x.assign(kind=["few"] * 4 + ["x"] * 50 + ["y"] * 36))
    assert "“few” has few rows for a shape of its own in 2 columns" in words(app)
    choose(app, "classes-rule", "free shapes")
    app = own(open_app, x.assign(kind=["few"] * 3 + ["x"] * 50 + ["y"] * 37))
    choose(app, "classes-rule", "free shapes")
    assert "**Without fold" in words(app)
    assert "“same shape” would do" in words(app)
    assert len(frames(app)[0]) == 3


def test_without_a_label_the_page_says_why_and_offers_examples(open_app):
    app = own(open_app, pd.DataFrame({"a": np.arange(60.0) ** 1.1, "id": [f"n{i}" for i in range(60)]}))
    assert "No column of this table can be the label" in words(app)
    assert frames(app)[0]["why it is no label"].tolist() == ["used for the groups", "more than 40"]
    app.button(key="classes-iris").click().run()
    assert "the columns predict species" in words(app)


@pytest.mark.parametrize(
    "prepared", [{"transforms": {"petal_length": "log"}, "scaling": "standard"}, {"components": 2}]
)
def test_it_holds_under_transforms_and_components(open_app, prepared):
    app = open_app(example="iris", starts=1)
    app.session_state["workspace"] = app.session_state["workspace"].with_spec(**prepared)
    go(app, "classes")
    assert "the columns predict species" in words(app)
    assert len(charts(app)) == 2


def test_many_rows_are_answered_from_a_sample_until_all_are_asked_for(open_app, monkeypatch):
    monkeypatch.setattr(classing, "SECONDS_WITHOUT_ASKING", 0.0)
    monkeypatch.setattr(classing, "SAMPLE", 100)
    app = go(open_app(example="penguins", starts=1), "classes")
    assert "the columns predict species" in words(app)
    assert "From a sample of 100 of 342 rows" in words(app)
    assert len(charts(app)) == 2
    assert not frames(app)
    app.button(key="go-classes").click().run()
    assert "From a sample" not in words(app)
    assert len(frames(app)) == 1
    monkeypatch.setattr(classing, "SAMPLE", 2)
    app = go(open_app(example="iris", starts=1), "classes")
    assert "Whether the columns predict species: Cross-validation judges every rule on all rows" in words(app)
    assert not charts(app)
    monkeypatch.setattr(classing, "SAMPLE", 1_000)
    assert "Whether the columns predict species" in words(app.run())


@pytest.mark.parametrize("transform", ["none", "log"])
def test_the_map_may_be_stretched_where_a_column_is_transformed(open_app, transform):
    app = open_app(example="iris", starts=1)
    app.session_state["workspace"] = app.session_state["workspace"].with_spec(transforms={"sepal_length": transform})
    go(app, "classes")
    toggles = [each for each in app.toggle if each.label == "Stretched axes"]
    assert len(toggles) == (transform == "log")
    stretched = json.dumps(charts(app)[1])
    assert ("x_shown" in stretched) == (transform == "log")
    for toggle in toggles:
        toggle.set_value(False).run()
        assert "x_shown" not in json.dumps(charts(app)[1])
