"""How a file was read is shown, and each decision can be taken otherwise."""

import re

import pytest

from tests.ui.reading import PAGES, frames, go, group, upload, words

ROWS = [f"{i % 7},5;{i * i % 13};{100 + i % 9}" for i in range(50)]
OFFICE = "\n".join(["Report;;", "größe;menge;preis", *ROWS[:40], "-;-;-999", *ROWS[40:], "Total;77;88"]).encode(
    "cp1252"
)
DOUBTFUL = OFFICE.replace(b"Total", b"Total SE")


@pytest.fixture
def table(open_app):
    """The Table page with a file that left much to be found out."""
    return upload(go(open_app(starts=1), "table"), "office.csv", OFFICE, key="table-upload")


def notes(app):
    return app.session_state["workspace"].table.file.notes


def test_what_was_decided_is_one_line_with_details_and_a_control_for_each(table):
    said = words(table)
    assert "semicolons between columns, decimal comma, Windows\\-1252; 51 rows, 3 columns" in said
    assert "1 line above the table left out" in said
    assert "Taken as gaps\\: “\\-” in 2 cells" in said
    shown = {widget.label: widget.value for widget in [*table.selectbox, *table.number_input]}
    assert shown["Encoding"] == "Windows-1252"
    assert shown["Between columns"] == ";"
    assert shown["Decimal sign"] == ","
    assert (shown["Rows of names"], shown["Lines above the table"]) == (1, 1)
    assert "Order in dates" not in shown


def test_each_decision_can_be_taken_otherwise_and_found_out_again(table):
    first = table.session_state["workspace"]
    table.selectbox(key="read-encoding").set_value("Mac Roman").run()
    assert "menge" in table.session_state["workspace"].table.frame
    assert "größe" not in table.session_state["workspace"].table.frame
    table.number_input(key="read-skip_lines").set_value(2).run()
    assert (notes(table).header_rows, notes(table).n_rows) == (0, 51)
    table.selectbox(key="read-header_rows").set_value(1).run()
    assert notes(table).n_rows == 50
    table.multiselect(key="read-gap_words").set_value(["-999"]).run()
    assert dict(notes(table).gap_words)["-999"] == 1
    table.button(key="read-anew").click().run()
    assert table.session_state["workspace"].fit_key == first.fit_key
    assert not table.error


def test_signs_of_numbers_give_way_to_each_other(table):
    table.selectbox(key="read-thousands").set_value(",").run()
    options = table.session_state["workspace"].table.file.options
    assert (options.thousands, options.decimal) == (",", ".")
    table.selectbox(key="read-decimal").set_value(",").run()
    options = table.session_state["workspace"].table.file.options
    assert (options.thousands, options.decimal) == (None, ",")
    assert not table.error


def test_a_way_that_gives_no_table_leaves_the_last_and_says_why(table):
    first = table.session_state["workspace"]
    table.number_input(key="read-skip_foot").set_value(900).run()
    assert "no rows below it" in table.error[0].value
    assert table.session_state["workspace"] is first
    assert table.number_input(key="read-skip_foot").value == 1
    table.multiselect(key="read-text_columns").set_value(["größe", "menge", "preis"]).run()
    assert "No column of the table holds numbers" in table.error[0].value
    assert table.multiselect(key="read-text_columns").value == []


def test_a_total_is_left_out_and_said_where_it_matters_and_put_back_with_one_click(table):
    table.session_state["workspace"] = table.session_state["workspace"].with_settings(n_components=4)
    for page in ("table", "fit"):
        go(table, page)
        assert "The last row left out, as totals are no cases (“Total”)" in words(table).replace("\\", "")
        assert table.button(key="foot").label == "Put the last row back"
    table.button(key="foot").click().run()
    assert notes(table).n_rows == 52
    assert table.session_state["workspace"].settings.n_components == 4
    assert "looks like a total or a note (“Total”), yet stayed in" in words(table).replace("\\", "")
    table.button(key="foot").click().run()
    assert notes(table).n_rows == 51


def test_what_only_may_be_a_total_stays_in_and_is_said_where_it_matters(open_app):
    app = upload(open_app(starts=1), "office.csv", DOUBTFUL)
    assert notes(app).n_rows == 52
    for page in ("table", "fit"):
        go(app, page)
        assert "looks like a total or a note (“Total SE”)" in words(app).replace("\\", "")
        assert app.button(key="foot").label == "Leave out the last row"


def test_a_corrected_file_keeps_what_was_chosen(table):
    group(go(table, "fit"), "fit-columns").set_value(["menge"]).run()
    table.slider(key="fit-groups").set_value(3).run()
    upload(table, "office.csv", OFFICE.replace(b"Total;77;88", b"6,5;4;101"))
    assert table.session_state["workspace"].spec.columns == ("menge",)
    assert table.session_state["workspace"].settings.n_components == 3


def test_a_copy_is_advised_against_but_may_be_ticked(open_app):
    rows = "\n".join(f"{i % 7 + i / 9},{2 * (i % 7 + i / 9)},{i * i % 13},word" for i in range(40))
    app = upload(go(open_app(starts=1), "table"), "copy.csv", f"x,double,z,w\n{rows}".encode(), key="table-upload")
    profile = frames(app)[0].set_index("column")
    assert profile.loc["double", "why not"] == "better not: repeats “x”"
    app.session_state["workspace"] = app.session_state["workspace"].with_spec(columns=("x", "double"))
    go(go(app, "features"), "table")
    assert "Column “double” repeats “x”; leave it out unless you mean it" in words(app)
    assert frames(app)[0].set_index("column").loc["double", "use"]
    app.button(key="profile-Tick the first choice").click().run()
    assert app.session_state["workspace"].spec.columns == app.session_state["workspace"].table.suggested
    app.button(key="profile-Untick all").click().run()
    assert "tick at least one" in words(app)


def test_many_columns_are_searched_and_ranked(open_app):
    names = [f"gene {i}" for i in range(60)]
    lines = [",".join(str((i * (j + 3) + (40 * (i % 2) if j == 50 else 0)) % 97) for j in range(60)) for i in range(30)]
    app = upload(open_app(starts=1), "wide.csv", "\n".join([",".join(names), *lines]).encode())
    go(app, "table")
    find = next(each for each in app.text_input if each.label == "Find columns")
    find.set_value("GENE 5").run()
    assert frames(app)[0]["column"].tolist() == ["gene 5", *(f"gene {i}" for i in range(50, 60))]
    app.button(key="profile-Tick all usable ones shown").click().run()
    chosen = app.session_state["workspace"].spec.columns
    assert {"gene 5", "gene 50"} < set(chosen)
    assert list(chosen) == sorted(chosen, key=names.index)
    app.selectbox(key="profile-order").set_value("skew").run()
    skew = frames(app)[0]["skew"].abs()
    assert skew.is_monotonic_decreasing


NAMES = (
    "<img src=x onerror=alert(1)> $\\LaTeX$ :smile: [x](http://evil.example) **b** a.b[c]",
    "=cmd|' /C calc'!A0 `code` :red[r] <b>b</b> " + "n" * 300,
)


def test_names_that_could_act_are_words_on_every_page(open_app):
    header = ",".join(f'"{name}"' for name in NAMES)
    lines = [f"{9 * (i % 2) + i % 5},{9 * (i % 2) + i * i % 7}" for i in range(40)]
    app = upload(open_app(starts=1), f"{NAMES[0]}.csv", "\n".join([header, *lines]).encode())
    app.session_state["workspace"] = app.session_state["workspace"].with_settings(n_init=1)
    for page in (name for name, path in PAGES.items() if not path.startswith("pages/learn/")):
        said = re.sub(r"\\.", "", words(go(app, page)))  # without what is escaped
        assert "img" in said
        for active in ("<", "[x", "$aTeX", ":smile", "**b", "`", ":red", "http:"):
            assert active not in said, (page, active)
        assert not any("onerror" in each.proto.body for each in app.get("html")), page
    assert not app.error
