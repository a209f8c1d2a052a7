"""Segments: named, followed through refits, and taken along."""

import json
from dataclasses import replace

import pytest

from gmm_core.charts.style import PALETTE
from pages.shared.tags import Tag
from tests.ui.reading import charts, frames, go, group, upload, words
from tests.ui.test_choice import on_tab

NAME = "Big <b>baskets</b> & *co*"
ESCAPED = "Big \\<b\\>baskets\\<\\/b\\> \\& \\*co\\*"


@pytest.fixture
def shop(open_app):
    return go(open_app(example="shop-customers", starts=2), "segments")


def tab(app, title):
    return on_tab(app, "segment-tabs", title)


def test_segments_are_told_in_words_and_the_rest_lies_in_tabs(shop):
    said = words(shop)
    assert "Four segments: A, 24 %, very low average order value" in said
    assert "62 rows with gaps in these columns are in no segment" in said
    assert len(frames(shop)[0]) == 12
    assert "discounted orders" in str(frames(tab(shop, "Other columns"))[0])
    assert "B has more app" in words(tab(shop, "Categories"))
    assert len(charts(shop)) == 2
    assert len(charts(tab(shop, "Histograms"))) == 1 + 3
    assert "first fit of these rows" in words(tab(shop, "Changes"))
    shop.session_state["segment-rows-0"] = True
    labels = [button.label for button in tab(shop, "Download").get("download_button")]
    assert labels[0] == "Download all 4,000 rows with segments"
    assert [frame.shape[1] for frame in frames(shop)] == [4]


def test_a_name_stays_with_its_group_on_every_page_through_a_refit(shop):
    shop.text_input(key="segment-3-name").set_value(f"  {NAME} ").run()
    group(shop, "segment-3-colour").set_value(PALETTE[7]).run()
    shop.text_area(key="segment-3-note").set_value("send [coupons](x)").run()
    assert f"**{ESCAPED}**" in words(shop)
    assert "*send \\[coupons\\]\\(x\\)*" in words(shop)
    assert not any("title" in spec for spec in charts(tab(shop, "Histograms")))  # the cards have the names
    go(shop, "fit")
    assert NAME in charts(shop)[0]["title"]["text"][0]
    assert f"D ({ESCAPED})" in words(shop)
    assert f"**D** {ESCAPED}" in words(go(shop, "memberships"))
    go(shop, "fit")
    assert PALETTE[7] in json.dumps(charts(shop)[0])
    shop.slider(key="fit-groups").set_value(5).run()
    assert f"**{ESCAPED}**, " in words(shop)
    assert PALETTE[7] in json.dumps(charts(shop)[0])
    assert "segment" in frames(shop)[0].columns
    assert NAME in frames(shop)[0]["segment"].tolist()
    go(shop, "segments")
    said = words(tab(shop, "Changes"))
    assert "in another group than before" in said
    assert "four groups, free shape" in shop.selectbox(key="segment-before").options[0]


def test_a_name_and_a_colour_that_come_at_once_are_both_kept(open_app):
    app = go(open_app(), "segments")
    app.text_input(key="segment-1-name").set_value("Patient")
    group(app, "segment-1-colour").set_value(PALETTE[7])
    app.run()
    assert app.text_input(key="segment-1-name").value == "Patient"
    assert group(app, "segment-1-colour").value == PALETTE[7]
    assert "Patient" in words(app)


def test_names_in_a_link_stand_on_every_page_as_text_and_go_into_the_next_link(open_app):
    app = open_app(example="old-faithful", starts=2, k=2, name=["Short [a](b)", "Long"])
    called = ["A (Short \\[a\\]\\(b\\))", "B (Long)"]
    assert all(each in words(app) for each in called)
    assert "name=Short+%5Ba%5D%28b%29&name=Long" in app.code[0].value
    assert charts(app)[0]["title"]["text"] == ["A: Short [a](b) · B: Long"]
    assert frames(app)[0]["segment"].tolist() == ["Short [a](b)", "Long"]
    app.slider(key="fit-groups").set_value(3).run()
    assert "Long" in frames(app)[0]["segment"].tolist()
    go(app, "memberships")
    assert "Long" in words(app)
    assert "segment" in frames(app)[-1].columns


def test_names_are_of_one_session_and_change_where_nothing_else_does(open_app):
    asked = {"example": "sensor-readings", "k": 2, "starts": 1}
    named, plain = (go(open_app(**asked, **more), "outliers") for more in ({"name": ["cold", "hot"]}, {}))
    assert set(frames(named)[0]["segment"]) <= {"cold", "hot"}
    assert "segment" not in frames(plain)[0]
    naming = named.session_state["workspace"].naming
    named.session_state["workspace"] = replace(
        named.session_state["workspace"], naming=replace(naming, tags=(Tag("cool"), Tag("warm")))
    )
    assert set(frames(named.run())[0]["segment"]) <= {"cool", "warm"}


def test_one_group_and_a_table_without_other_columns_have_their_sentences(open_app):
    app = tab(go(open_app(starts=1, k=1), "segments"), "Other columns")
    assert "One group holds all rows, so there are no segments to tell apart." in words(app)
    assert "no other columns of numbers" in words(app)
    assert not charts(app)
    assert "no column of categories" in words(tab(app, "Categories"))


def test_thousands_of_categories_constants_and_odd_names_are_taken(open_app):
    rows = [f"{i % 9 + 20 * (i % 2)},{i * i % 11},v{i % 3000},7,{'' if i % 3 else i % 500}" for i in range(6_000)]
    app = upload(open_app(starts=1), "odd.csv", ("a.b[c],y:z,<code>,constant,gaps\n" + "\n".join(rows)).encode())
    app = tab(go(app, "segments"), "Categories")
    assert app.selectbox(key=next(box.key for box in app.selectbox if box.label == "Column")).options == ["<code>"]
    assert "others" in frames(app)[0]["category"].tolist()
    assert len(frames(app)[0]) == 9 * 2
    assert "gaps" in frames(tab(app, "Other columns"))[0]["column"].tolist()


def test_names_and_colours_stay_off_charts_of_other_things(open_app):
    app = go(open_app(example="penguins", starts=1), "segments")
    app.text_input(key="segment-0-name").set_value(NAME).run()
    group(app, "segment-0-colour").set_value(PALETTE[7]).run()
    assert PALETTE[7] in json.dumps(charts(go(app, "fit"))[0])
    for page in ("em-by-step", "classes", "theory"):
        drawn = json.dumps(charts(go(app, page)))
        assert drawn != "[]"
        assert NAME not in drawn
        assert PALETTE[7] not in drawn
