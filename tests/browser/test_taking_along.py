"""Charts in a real browser: what can be taken along of them, and rows chosen by dragging a box."""

import csv
import io
import re
import struct

from playwright.sync_api import expect

from tests.browser.harness import App

MAP = "Map of eruptions against waiting: rows coloured by group, with ellipses"


def drag(app: App, x: tuple[float, float], y: tuple[float, float], which: int = 0) -> None:
    """Drag a box over a chart, the first by default, its ends given as shares of the chart's width and height."""
    chart = app.page.get_by_test_id("stVegaLiteChart").nth(which)
    expect(chart.locator("svg path").first).to_be_attached()  # it is drawn, not only its place
    box = app.box_of(chart)
    ends = [(box["x"] + x[i] * box["width"], box["y"] + y[i] * box["height"]) for i in range(2)]
    app.page.mouse.move(*ends[0])
    app.page.mouse.down()
    app.page.mouse.move(*ends[1], steps=8)
    app.page.mouse.up()


def test_a_chart_comes_down_as_table_and_as_picture_under_a_name_that_says_what_it_is(app):
    app.goto()
    app.page.get_by_role("button", name=f"Download: {MAP}").click()
    expect(app.page.get_by_role("button", name="SVG", exact=True)).to_be_visible()
    name, content = app.download("CSV")
    assert name == "Old Faithful eruptions - Map of eruptions against waiting.csv"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len([row for row in rows if row["Row"]]) == 272
    name, content = app.download("PNG")
    assert name.endswith("against waiting.png")
    assert struct.unpack(">I", content[16:20]) == (1_520,)
    name, content = app.download("SVG")
    assert name.endswith("against waiting.svg")
    assert content.startswith(b"<svg")


def test_a_box_on_the_map_lists_its_rows_until_it_is_cleared(app):
    app.goto()
    drag(app, (0.12, 0.75), (0.25, 0.85))
    told = app.page.get_by_text(
        re.compile(r"^\d+ of 272 rows with eruptions from \S+ to \S+ and waiting from .*: A \d+, B \d+\.$")
    )
    expect(told).to_be_visible()
    app.page.locator(".badges_marks path").last.click()  # in the box, which stays
    expect(app.page.get_by_text(re.compile(r"^\d+ of 272 rows with eruptions from .*: B \d+\.$"))).to_be_visible()
    app.page.locator(".badges_marks path").last.click()
    expect(told).to_be_visible()
    app.page.get_by_role("button", name="Clear", exact=True).click()
    expect(told).to_have_count(0)
    drag(app, (0.6, 0.8), (0.7, 0.84))
    expect(app.page.get_by_text("No row lies there")).to_be_visible()


def test_a_box_goes_with_the_side_of_the_map_that_it_was_drawn_on(app):
    app.goto(query={"example": "iris"})
    drag(app, (0.12, 0.5), (0.5, 0.85))
    told = app.page.get_by_text(re.compile(r"^\d+ of 150 rows with sepal_width from \S+ to \S+ and petal_width from"))
    expect(told).to_be_visible()
    app.page.get_by_role("combobox", name="Up").click()
    app.page.get_by_role("option", name="petal_length").click()
    expect(told).to_have_count(0)


def test_a_box_on_the_certainties_filters_the_rows_below(app):
    app.goto("memberships")
    drag(app, (0.3, 0.92), (0.4, 0.6))
    told = app.page.get_by_text(re.compile(r"^1 of 272 rows with certainty from \d+\s% to \d+\s%: A 1\.$"))
    expect(told).to_be_visible()
    app.page.get_by_role("button", name="Clear", exact=True).click()
    expect(told).to_have_count(0)


def test_a_box_over_one_column_ends_with_the_sight_it_was_drawn_on(app):
    app.goto("", {"example": "wait-times"})
    told = app.page.get_by_text(re.compile(r"^\d of 8 rows with wait"))
    expect(app.page.locator(".badges_marks path").last).to_be_visible()
    drag(app, (0.15, 0.4), (0.5, 0.6))
    expect(told).to_be_visible()
    app.page.get_by_role("radio", name="Cumulative").click()
    expect(told).to_have_count(0)


def test_a_box_on_either_map_beside_k_means_takes_the_place_of_the_others(app):
    app.goto("k-means")
    told = app.page.get_by_text(
        re.compile(r"^\d+ of 272 rows with eruptions from .*: A \d+, B \d+\. Both methods agree")
    )
    drag(app, (0.15, 0.9), (0.2, 0.8))
    expect(told).to_be_visible()
    expect(app.page.get_by_role("tab", name="Rows that differ")).to_have_attribute("aria-selected", "true")
    drag(app, (0.15, 0.35), (0.25, 0.8), which=1)
    expect(app.page.get_by_text(re.compile(r"^\d+ of 272 rows .*: A \d+\. Both methods agree on all"))).to_be_visible()
    app.open_page("Outliers, new rows")
    drag(app, (0.15, 0.9), (0.2, 0.8))
    expect(app.page.get_by_text(re.compile(r"^\d+ of 272 rows .*: A \d+, B \d+\. .* of them"))).to_be_visible()
    app.page.get_by_role("button", name="Clear", exact=True).click()
    expect(app.page.get_by_text("of 272 rows with eruptions")).to_have_count(0)
