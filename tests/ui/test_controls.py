"""Each control changes what it says, and nothing gets past its limits."""

import io

import pandas as pd
import pytest

from tests.ui.reading import charts, frames, go, group, upload, words


def settings(app):
    return app.session_state["workspace"].settings


def two_sheets() -> bytes:
    out = io.BytesIO()
    sheets = {
        "First": {"a": [1, 2, 8, 9, 1, 8], "b": [1, 3, 9, 7, 2, 8]},
        "Second": {"c": [4, 5, 20, 21, 4.5, 22, 6]},
        "Words": {"w": ["x", "y", "z"]},
    }
    with pd.ExcelWriter(out, engine="xlsxwriter") as writer:
        for name, columns in sheets.items():
            pd.DataFrame(columns).to_excel(writer, sheet_name=name, index=False)
    return out.getvalue()


def test_standardising_changes_round_groups_only(open_app):
    for family, changes in (("spherical", True), ("full", False)):
        app = open_app(family=family)
        before = words(app)
        go(app, "features")
        group(app, "features-scaling").set_value("standard").run()
        assert app.session_state["workspace"].spec.scaling == "standard"
        go(app, "fit")
        assert (words(app) != before) is changes


def test_gaps_are_left_out_or_filled(open_app):
    app = go(open_app(example="penguins"), "features")
    assert "342 of 344 rows go into the fit" in words(app)
    group(app, "features-gaps").set_value("median").run()
    assert "344 of 344 rows go into the fit" in words(app)
    assert "4 gaps filled with medians" in words(app)


def test_another_sheet_is_another_table_and_one_of_words_leaves_the_last(open_app):
    app = upload(open_app(), "book.xlsx", two_sheets())
    go(app, "table")
    app.selectbox(key="read-sheet").set_value("Second").run()
    assert app.session_state["workspace"].spec.columns == ("c",)
    assert "7 rows and 1 column" in words(app)
    app.selectbox(key="read-sheet").set_value("Words").run()
    assert "numbers" in app.error[0].value
    assert app.selectbox(key="read-sheet").value == "Second"
    go(app, "fit")
    assert not app.error


def test_starts_and_seed_are_taken_and_kept_within_their_limits(open_app):
    app = open_app()
    app.session_state["fit-tabs"] = "Starts"
    app.run()
    app.number_input(key="fit-starts-starts").set_value(4).run()
    assert len(frames(app)[0]) == 4
    first = app.session_state["workspace"].fit_key
    app.number_input(key="fit-starts-seed").set_value(5).run()
    assert settings(app).seed == 5
    assert app.session_state["workspace"].fit_key != first
    app.number_input(key="fit-starts-starts").set_value(0).run()
    assert settings(app).n_init == 1


@pytest.mark.parametrize("asked", [99, -3])
def test_a_number_of_groups_out_of_range_is_no_harm(open_app, asked):
    app = open_app(starts=1)
    app.slider(key="fit-groups").set_value(asked).run()
    assert 1 <= settings(app).n_components <= 12
    assert not app.exception


def test_the_best_model_is_taken_with_its_number_and_shape(open_app):
    app = go(open_app(starts=2), "how-many")
    app.button(key="many-take").click().run()
    assert (settings(app).n_components, settings(app).covariance_type) == (3, "tied")
    assert app.button(key="many-take").disabled
    app.radio(key="many-criterion").set_value("icl").run()
    app.button(key="many-take").click().run()
    assert (settings(app).n_components, settings(app).covariance_type) == (2, "full")


def test_a_column_is_never_up_and_across_at_once(open_app):
    app = open_app(example="iris")
    across, up = (next(menu for menu in app.selectbox if menu.label == label) for label in ("Across", "Up"))
    assert across.value not in up.options
    across.set_value("sepal_width").run()
    titles = str(charts(app)[0]["encoding"])
    up = next(menu for menu in app.selectbox if menu.label == "Up")
    assert "sepal_width" not in up.options
    assert "sepal_width" in titles
    assert up.value in titles


def test_the_style_of_downloads_is_one_choice_for_all(open_app):
    app = open_app()
    app.checkbox(key="fit-parameters-csv-style-point").check().run()
    go(app, "memberships")
    assert app.checkbox(key="unsure-csv-style-point").value


def styles(app) -> dict[str, bool]:
    """The controls of how downloads are written, by key, with what they show."""
    return {each.key: each.value for each in app.checkbox if each.label == "Decimal comma"}


def test_a_slow_browser_cannot_bring_back_how_the_last_file_was_written(open_app):
    """With any click the browser tells what it knows of all controls, the last file's among them."""
    app = open_app()
    last = styles(app)
    new = styles(upload(app, "own.csv", ("x;y\n" + "".join(f"{i % 7},5;{i * i % 13}\n" for i in range(50))).encode()))
    assert set(last.values()) == {False}
    assert set(new.values()) == {True}
    assert not set(last) & set(new)


def test_pasted_numbers_on_one_line_are_fitted(open_app):
    app = open_app()
    app.text_area(key="sidebar-paste").set_value("1.8, 2.1, 2.3, 1.9, 7.8, 8.2, 8.1, 7.9")
    app.button(key="sidebar-paste-go").click().run()
    assert "A, 50 % of rows, around column 1 2.0" in words(app)
    assert "8 rows" in words(app)


def test_an_uploaded_file_says_how_it_was_read_and_leaves_an_empty_uploader(open_app):
    app = open_app()
    assert "Built-in example: Old Faithful eruptions" in words(app)
    upload(app, "own.csv", ("x;y\n" + "".join(f"{i % 7},5;{i * i % 13}\n" for i in range(50))).encode())
    assert "own\\.csv: Read as text\\: semicolons between columns, decimal comma" in words(app)
    assert "Built-in example" not in words(app)
    assert all(each.value is None for each in app.file_uploader)
