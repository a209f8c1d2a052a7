"""Bad input: a sentence on screen, and what was there before stays."""

import io

import pandas as pd
import pytest

from tests.ui.reading import charts, go, upload, words

CONSTANT = b"a,b,c\n" + b"".join(b"%d,7,%d\n" % (i, i * i % 11) for i in range(30))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"  \n \n"),
        ("header.csv", b"a,b\n"),
        ("words.csv", b"name,town\nAnn,Bonn\nBen,Cork\nCid,Delft\n"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("broken.xlsx", b"PK\x03\x04" + bytes(300)),
    ],
)
def test_a_file_that_is_no_table_gets_a_sentence_and_the_old_fit_stays(open_app, name, content):
    app = open_app()
    before = app.session_state["workspace"]
    upload(app, name, content)
    assert len(app.error) == 1
    assert "What was loaded before is still here" in app.error[0].value
    assert "Traceback" not in app.error[0].value
    assert app.session_state["workspace"] is before
    assert len(charts(app)) == 1


def test_the_complaint_goes_away_with_the_next_good_file(open_app):
    app = open_app()
    upload(app, "empty.csv", b"")
    upload(app, "good.csv", b"x,y\n" + b"".join(b"%d,%d\n" % (i % 7, i * i % 13) for i in range(50)))
    assert not app.error
    assert app.session_state["workspace"].table.name == "good.csv"


def test_more_groups_than_distinct_rows_is_a_sentence_and_the_slider_stays(open_app):
    app = open_app(example="customers", family="spherical")
    app.slider(key="fit-groups").set_value(9).run()
    assert "distinct" in app.error[0].value
    assert app.slider(key="fit-groups").value == 9


def test_the_six_customers_with_free_shapes_are_told_why_not_and_what_would_do(open_app):
    app = open_app(example="customers", family="full")
    assert "without end" in app.error[0].value
    app.button(key="way-out").click().run()
    assert not app.error
    assert app.session_state["workspace"].settings.covariance_type == "diag"


def test_a_value_far_from_all_others_is_said_beside_the_fit_and_kept_from_spoiling_it(open_app):
    rows = b"".join(b"%d,%d\n" % (20 + i % 7, 40 + i * i % 13) for i in range(40))
    app = upload(open_app(starts=1), "codes.csv", b"x,y\n" + rows + b"21,99999\n")
    said = "“y” is 99,999 in 1 row, far above the others, at most 52"
    assert said in words(app).replace("\\", "")
    app.button(key="far-noise").click().run()
    assert app.session_state["workspace"].settings.noise
    assert said not in words(app).replace("\\", "")
    app.session_state["workspace"] = app.session_state["workspace"].with_settings(noise=False)
    app.run()
    app.button(key="far-out").click().run()
    assert said not in words(app).replace("\\", "")
    assert "1 row left out by the filters" in words(app)
    assert not app.exception


def test_a_constant_column_is_named(open_app):
    app = open_app(starts=1)
    upload(app, "constant.csv", CONSTANT)
    assert "b" not in app.session_state["workspace"].spec.columns
    app.session_state["workspace"] = app.session_state["workspace"].with_spec(columns=("a", "b"))
    app.run()
    assert "Column “b” has the same value in all 30 rows" in app.error[0].value


def test_infinite_values_are_named_by_column_and_row(open_app):
    app = open_app()
    rows = b"".join(b"%d,%d\n" % (i % 7, i * i % 13) for i in range(40))
    upload(app, "infinite.csv", b"x,y\n1,inf\n" + rows)
    app.session_state["workspace"] = app.session_state["workspace"].with_spec(columns=("x", "y"))
    app.run()
    assert "Column “y” holds 1 infinite value" in app.error[0].value
    assert "the first in row 1" in app.error[0].value


def test_numbers_too_large_to_compute_with_are_named_and_left_out_on_every_page(open_app):
    app = open_app()
    rows = b"".join(b"%d,%d,-1e308\n" % (i % 7, i * i % 13) for i in range(40))
    upload(app, "huge.csv", b"x,y,z\n1,2,1e308\n" + rows)
    assert app.session_state["workspace"].spec.columns == ("x", "y")
    for page in ("table", "features", "fit"):
        go(app, page)
    app.session_state["workspace"] = app.session_state["workspace"].with_spec(columns=("x", "z"))
    for page in ("features", "fit"):
        go(app, page)
    assert "Column “z” holds values beyond 1e\\+100" in app.error[0].value


def test_no_column_chosen_is_a_sentence(open_app):
    app = open_app()
    app.session_state["workspace"] = app.session_state["workspace"].with_spec(columns=())
    for page in ("fit", "features", "memberships", "how-many"):
        go(app, page)
        assert "column" in app.error[0].value


def test_user_words_never_act_as_markdown_or_html(open_app):
    app = open_app()
    name = "<img src=x onerror=alert(1)> $a$ :smile: **b** [c](d)"
    rows = "".join(f"{i % 7},{i * i % 13}\n" for i in range(40))
    upload(app, f"{name}.csv", f'"{name}",y\n{rows}'.encode())
    text = words(app)
    assert "<img" not in text.replace("\\<img", "")
    assert "**b**" not in text
    assert "[c](d)" not in text


def test_no_word_of_a_workbook_gets_into_a_script(open_app):
    out = io.BytesIO()
    with pd.ExcelWriter(out, engine="xlsxwriter") as writer:
        frame = pd.DataFrame({"x": [1, 2, 8, 9, 3, 4], "y": [1, 3, 9, 7, 5, 2]})
        frame.to_excel(writer, sheet_name="alert(1)", index=False)
    app = upload(open_app(), "book.xlsx", out.getvalue())
    assert app.session_state["workspace"].table.file.sheet == "alert(1)"
    scripts = [each.proto.body for each in app.get("html") if "<script>" in each.proto.body]
    assert len(scripts) == 1
    assert "alert" not in scripts[0]
