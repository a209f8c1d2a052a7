"""Which rows don't fit: thresholds, known faults, a second file and its drift, and files that cannot be scored."""

import re

import pytest

from gmm_core.examples.sensor_readings import FAULT, PRESSURE, TEMPERATURE, make_sensor_readings
from tests.ui.reading import assert_no_trouble, charts, frames, go, upload, words


@pytest.fixture
def sensors(open_app):
    return go(open_app(example="sensor-readings", starts=3), "outliers")


def new_readings(n=400):
    return make_sensor_readings(n=n, seed=9)


def give(app, frame, name="may"):
    return upload(app, name, frame.to_csv(index=False).encode(), key="second-upload")


def test_the_sensor_examples_faults_are_flagged_and_counted_against_the_truth(sensors):
    assert "15 of 15 known faults flagged" in words(sensors)
    assert "recall 100 %" in words(sensors)
    flagged = frames(sensors)[0]
    assert (flagged["fault"] == "yes").all()
    assert flagged["p-value"].is_monotonic_increasing
    assert flagged["what makes it odd"].str.contains("pressure|temperature").all()
    assert len(charts(sensors)) == 2


def test_every_way_to_set_the_threshold_moves_the_count_and_the_sentence(sensors):
    for rule in ("share", "density", "false alarms", "p-value"):
        sensors.selectbox(key="odd-rule").set_value(rule).run()
        counts = []
        for at in (0, 5):
            sensors.select_slider(key=f"odd-at-{rule}").set_value(at).run()
            assert not sensors.exception
            counts.append(len(frames(sensors)[0]))
            assert f"**{counts[-1]:,} of 1,500 rows" in words(sensors)
        assert counts[0] > counts[1]


def test_new_readings_are_scored_and_show_no_drift_in_how_well_they_fit(sensors):
    app = give(sensors, new_readings())
    said = words(app)
    assert "of 400 rows of may" in said
    assert "they fit as well as the fitted rows (shift" in said
    assert "4 of 4 known faults flagged" in said
    assert any("same mixture" in each.value for each in app.subheader)
    assert len(charts(app)) == 3
    app.get("button_group")[0].set_value("fitted").run()
    assert "of 1,500 rows" in words(app)
    app.get("button_group")[0].set_value("second").run()
    go(go(app, "fit"), "outliers")
    assert "of 400 rows of may" in words(app)


def test_drift_another_unit_an_unknown_column_gaps_and_a_single_row_are_each_told(sensors):
    warmer = new_readings().assign(**{TEMPERATURE: lambda rows: rows[TEMPERATURE] + 4})
    assert "**No: the new rows fit worse" in words(give(sensors, warmer))
    some = new_readings()
    some.loc[::10, TEMPERATURE] += 500
    assert re.search(r"\*\*No: .*4\d of 400 rows \(11 %\) fit no group, where 4.0 were", words(give(sensors, some)))
    rows = new_readings().assign(**{PRESSURE: lambda rows: 100 * rows[PRESSURE], "operator": "Kim"})
    rows.loc[::7, TEMPERATURE] = None
    said = words(give(sensors, rows))
    assert "is about 100 times what it was before" in said
    assert "“operator” plays no part" in said
    assert "58 rows with gaps judged by the values there are" in said
    app = sensors
    app.button(key="second-unit-0").click().run()
    said = words(app)
    assert "was divided by 100" in said
    assert "another unit" not in said
    assert app.session_state["workspace"].table.example == "sensor-readings"
    app.button(key="second-as-read").click().run()
    assert "is about 100 times what it was before" in words(app)
    said = words(give(sensors, new_readings()[new_readings()[FAULT] == "no"].head(1)))
    assert "The 1 row of may fits the groups" in said
    assert "1 row cannot show a drift" in said


BAD = {
    "no column “pressure": lambda rows: rows.drop(columns=PRESSURE),
    "and no column “pressure": lambda rows: rows.drop(columns=[PRESSURE, TEMPERATURE]).assign(n=1),
    "holds text, not numbers": lambda rows: rows.assign(**{PRESSURE: "low"}),
    "no rows below": lambda rows: rows.head(0),
    "infinite value": lambda rows: rows.assign(**{PRESSURE: float("inf")}),
    "No row has a value": lambda rows: rows.assign(**{PRESSURE: None, TEMPERATURE: None, "n": 2}),
}


def test_a_file_that_cannot_be_scored_gets_a_sentence_and_the_fitted_rows_stay(sensors):
    for sentence, spoil in BAD.items():
        app = give(sensors, spoil(new_readings(100)))
        assert any(sentence in each.value for each in app.error), [each.value for each in app.error]
        assert "15 of 1,500 rows" in words(app)


def source(app):
    return next(each for each in app.get("button_group") if each.key.startswith("odd-source"))


@pytest.mark.parametrize("transforms", [{}, {"days since last order": "log"}])
def test_rows_without_a_value_on_the_map_are_listed_and_a_sentence_stands_in_its_place(open_app, transforms):
    app = open_app(example="shop-customers", starts=1)
    app.session_state["workspace"] = app.session_state["workspace"].with_spec(transforms=transforms)
    go(app, "outliers")
    source(app).set_value("left out").run()
    app.selectbox(key="odd-rule").set_value("share").run()
    next(each for each in app.selectbox if each.label == "Across").set_value("days since last order").run()
    assert_no_trouble(app)
    assert "of 62 rows of" in words(app)
    assert any("None of these rows has a value in days since last order" in each.value for each in app.info)
    assert len(frames(app)[0]) == 1


def test_which_rows_are_scored_is_chosen_for_a_table_and_another_begins_with_its_fitted_rows(open_app):
    app = go(open_app(example="shop-customers", starts=1), "outliers")
    source(app).set_value("left out").run()
    shop = app.session_state["workspace"]
    rows = new_readings(200)
    rows.loc[::9, TEMPERATURE] = None
    go(upload(go(app, "fit"), "own.csv", rows.to_csv(index=False).encode()), "outliers")
    assert source(app).value == "fitted"
    app.session_state["workspace"] = shop
    app.run()
    assert source(app).value == "left out"


def test_rows_that_the_sample_left_out_can_be_scored(sensors):
    workspace = sensors.session_state["workspace"]
    sensors.session_state["workspace"] = workspace.with_spec(sample=300).with_settings(n_init=1)
    sensors.run()
    assert "of 300 rows" in words(sensors)
    source(sensors).set_value("left out").run()
    assert not sensors.exception
    assert "of 1,200 rows of" in words(sensors)
    labels = {each.key: each.proto.label for each in sensors.get("download_button")}
    assert "scores of the rows left out" in labels["odd-csv"]
    assert "scores of the fitted rows" in labels["odd-fitted-csv"]
    assert "known faults flagged" in words(sensors)


PREPARED = {
    "galaxies": {},
    "old-faithful": {"transforms": {"waiting": "log"}, "scaling": "standard"},
    "iris": {"components": 2},
}


@pytest.mark.parametrize("example", PREPARED)
def test_it_holds_for_one_column_for_noise_and_transforms_and_for_components(open_app, example):
    app = open_app(example=example, starts=1, noise="on")
    app.session_state["workspace"] = app.session_state["workspace"].with_spec(**PREPARED[example])
    go(app, "outliers")
    assert not app.error, app.error
    assert "as noise, being likelier that than in any group" in words(app)
    assert len(charts(app)) == 2
    app.selectbox(key="odd-rule").set_value("share").run()
    app.select_slider(key="odd-at-share").set_value(0).run()
    assert not app.exception
    flagged = frames(app)[0]
    assert len(flagged) == round(0.2 * len(app.session_state["workspace"].table.frame))
    assert (
        flagged["what makes it odd"]
        .str.match(r"against [A-Z]: .*(usual .* to |together unusual|within its usual)")
        .all()
    )


def test_a_mark_of_faults_is_offered_as_it_is_written(open_app):
    rows = new_readings(200).rename(columns={FAULT: "is_odd [*]"}).replace({"is_odd [*]": {"yes": "y_1"}})
    app = go(upload(open_app(starts=1), "own.csv", rows.to_csv(index=False).encode()), "outliers")
    column, value = (
        next(each for each in app.selectbox if each.label == name) for name in ("Known faults", "A fault is")
    )
    assert "is_odd [*]" in column.options
    assert "y_1" in value.options
