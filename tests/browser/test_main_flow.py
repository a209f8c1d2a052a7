"""The main job in a real browser: a person's own file from the first screen to the download."""

import csv
import io
import re

import numpy as np
from playwright.sync_api import expect

from gmm_core import GaussianMixture

MENU = [
    "Table",
    "Features",
    "How many",
    "Memberships",
    "Beside k-means",
    "Segments",
    "Outliers, new rows",
    "Classes",
    "EM by step",
    "Fit",
]


def shop() -> tuple[bytes, np.ndarray]:
    """A small table as a spreadsheet in a German office would save it, and its two columns as numbers."""
    rng = np.random.default_rng(5)
    spend = np.concatenate([rng.normal(30, 4, 60), rng.normal(80, 9, 40), rng.normal(55, 5, 50)]).round(2)
    visits = np.concatenate([rng.normal(12, 2, 60), rng.normal(3, 1, 40), rng.normal(22, 2, 50)]).round(1)
    towns = np.array(["Ulm", "Köln", "Bonn"])[rng.integers(3, size=150)]
    rows = [f"{town};{a};{b}".replace(".", ",") for town, a, b in zip(towns, spend, visits, strict=True)]
    return "\r\n".join(["Stadt;Umsatz in €;Besuche", *rows]).encode("cp1252"), np.column_stack([spend, visits])


def cells(app, alt: str, n_rows: int) -> list[list[str]]:
    """The cells of a table on the page once it has so many rows, read from what screen readers are given."""
    table = app.page.get_by_role("region", name=alt).locator("canvas table tbody")
    expect(table.locator("tr")).to_have_count(n_rows)
    return [row.locator("[role=gridcell]").all_text_contents() for row in table.locator("tr").all()]


def move_groups(app, k: int) -> None:
    """Move the slider with the keyboard."""
    handle = app.page.get_by_role("slider", name="Number of groups")
    handle.focus()
    while (at := int(handle.input_value())) != k:
        handle.press("ArrowRight" if at < k else "ArrowLeft")
    app.wait_idle()


def test_a_file_is_uploaded_fitted_read_off_walked_through_and_downloaded(app):
    content, values = shop()
    app.goto()
    expect(app.page.get_by_text("Two groups: A, 36 %")).to_be_visible()

    app.upload("kunden.csv", content, label="Your own table")
    expect(app.page.get_by_test_id("stSidebar").get_by_text("kunden.csv")).to_be_visible()
    expect(app.page.get_by_text("grouped by Umsatz in €, Besuche")).to_be_visible()

    move_groups(app, 3)
    expect(app.page.get_by_text(re.compile("^Three groups: A,"))).to_be_visible()
    chart = app.page.get_by_test_id("stVegaLiteChart").first
    expect(chart.locator("svg .mark-line path").first).to_be_visible()
    assert chart.locator("svg .mark-line path").count() >= 9  # three outlines a group

    core = GaussianMixture(3, n_init=10, random_state=0).fit(values)
    shown = cells(app, "Share, centre and spread of each group", 3)
    assert [row[0] for row in shown] == ["A", "B", "C"]
    np.testing.assert_allclose([float(row[1]) for row in shown], core.weights_, atol=5e-4)
    np.testing.assert_allclose([float(row[2]) for row in shown], core.means_[:, 0], atol=0.051)

    for label in MENU:
        app.open_page(label)
        expect(app.page.get_by_test_id("stSidebar").get_by_text("Three groups, free shape")).to_be_visible()
    expect(app.page.get_by_role("slider", name="Number of groups")).to_have_value("3")

    app.open_page("Memberships")
    name, saved = app.download("Download all 150 rows")
    assert name.endswith(".csv")
    rows = list(csv.DictReader(io.StringIO(saved.decode("utf-8-sig")), delimiter=";"))  # as the file was
    resp = core.predict_proba(values)
    assert len(rows) == 150
    said = [[float(row[f"p({k})"].replace(",", ".")) for k in "ABC"] for row in rows]
    np.testing.assert_allclose(said, resp, atol=1e-4)
    assert [row["group"] for row in rows] == ["ABC"[k] for k in resp.argmax(axis=1)]


def test_unticking_a_column_turns_the_map_into_a_histogram(app):
    app.goto()
    app.page.get_by_role("button", name="waiting", exact=True).click()
    expect(app.page.get_by_text("Bars: the rows.")).to_be_visible()
    expect(app.page.get_by_text(re.compile(r"^Two groups: A, 35\s%"))).to_be_visible()


def test_the_bic_page_marks_the_best_and_takes_it_everywhere(app):
    app.goto("how-many")
    expect(app.page.get_by_text("Two or three groups, still open", exact=False).first).to_be_visible(timeout=60_000)
    app.page.get_by_role("button", name="Use 3, same shape").click()
    app.open_page("Fit")
    expect(app.page.get_by_role("slider", name="Number of groups")).to_have_value("3")
    expect(app.page.get_by_text(re.compile("^Three groups: A,"))).to_be_visible()


def test_a_point_of_the_curves_is_taken_as_the_fit(app):
    app.goto("how-many", {"starts": 2})
    point = app.page.locator("path[aria-label*='n_components: 2; '][aria-label*='Shape: free shape']").first
    expect(app.page.get_by_role("button", name="Use 3, same shape")).to_be_visible(timeout=60_000)
    three = app.page.locator("path[aria-label*='n_components: 3; '][aria-label*='Shape: axis-aligned']").first
    three.click()
    expect(app.page.get_by_test_id("stSidebar").get_by_text("Three groups, axis-aligned")).to_be_visible()
    point.click()
    expect(app.page.get_by_test_id("stSidebar").get_by_text("Two groups, free shape")).to_be_visible()


def test_downloads_for_excel_in_countries_of_decimal_commas(app):
    app.goto("memberships")
    expect(app.page.get_by_role("heading", name="Borderline rows, and what would flip them")).to_be_visible()
    app.page.get_by_test_id("stMain").get_by_text("Decimal comma").first.click()
    for _ in range(20):  # until the script has run with the choice
        app.wait_idle()
        _, saved = app.download("Download all 272 rows")
        if b";" in saved:
            break
    assert saved.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(saved.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 272
    assert (rows[0]["eruptions"], rows[0]["waiting"]) == ("3,6", "79")


def test_ticks_in_the_table_choose_the_columns_and_one_of_words_is_refused(app):
    app.goto("table", {"example": "penguins"})
    editor = app.page.get_by_role("region", name="The table's columns, with a tick for those to use")

    def tick(row: int) -> None:
        box = app.box_of(editor)  # sentences above it move it
        app.page.mouse.click(box["x"] + 35, box["y"] + 52 + 35 * row)
        app.wait_idle()

    tick(0)
    expect(app.page.get_by_text("species holds words, not numbers, so it is left out.")).to_be_visible()
    tick(4)
    grouped = app.page.get_by_test_id("stSidebar").get_by_text("bill_length_mm, bill_depth_mm, flipper_length_mm")
    expect(grouped).to_be_visible()
    for row in (2, 3, 4):
        tick(row)
    expect(app.page.get_by_text("tick at least one")).to_be_visible()


def test_pasting_closes_the_menu_and_on_a_phone_the_sidebar(app):
    app.page.set_viewport_size({"width": 390, "height": 844})
    app.goto()
    app.page.get_by_test_id("stExpandSidebarButton").click()
    app.page.get_by_role("button", name="Change the data").click()
    app.page.get_by_role("textbox", name="Paste cells or numbers").fill("1.8, 2.1, 2.3, 1.9, 7.8, 8.2, 8.1, 7.9")
    app.page.get_by_role("button", name="Use these").click()
    expect(app.page.get_by_text("Two groups: A, 50 % of rows, around column 1 2.0")).to_be_visible()
    expect(app.page.get_by_test_id("stPopoverBody")).to_have_count(0)
    expect(app.page.get_by_test_id("stSidebar")).not_to_be_in_viewport()


def test_a_file_that_is_no_table_leaves_a_sentence_and_everything_as_it_was(app):
    app.goto()
    app.upload("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), label="Your own table")
    expect(app.page.get_by_text("What was loaded before is still here")).to_be_visible()
    expect(app.page.get_by_text("Two groups: A, 36 %")).to_be_visible()


def test_names_that_look_like_html_are_shown_letter_for_letter(app):
    rng = np.random.default_rng(3)
    header = '"<img src=x onerror=alert(1)>","a.b[c]: $x$"'
    lines = [f"{a:.3f},{b:.3f}" for a, b in rng.normal(size=(60, 2))]
    app.goto()
    app.upload("<b>bold</b>.csv", "\n".join([header, *lines]).encode(), label="Your own table")
    expect(app.page.get_by_test_id("stSidebar").get_by_text("<b>bold</b>.csv")).to_be_visible()
    expect(app.page.get_by_role("button", name="<img src=x onerror=alert(1)>", exact=True)).to_be_visible()
    assert app.page.locator("img[src=x]").count() == 0
    expect(app.page.get_by_test_id("stVegaLiteChart").first.locator("svg .mark-line path").first).to_be_visible()
    app.open_page("Features")
    expect(app.page.get_by_role("combobox", name="Transform of a.b[c]: $x$")).to_be_visible()  # and so it is told
    expect(app.page.get_by_text("Transform of a.b[c]: $x$")).to_be_visible()


def test_an_upload_after_an_example_stays_on_the_next_page(app):
    app.goto()
    sidebar = app.page.get_by_test_id("stSidebar")
    sidebar.get_by_role("button", name="Change the data").click()
    app.page.get_by_role("combobox", name="Example").click()
    app.page.get_by_role("option", name="Iris flowers").click()
    expect(sidebar.get_by_text("Iris flowers")).to_be_visible()
    app.wait_idle()
    app.upload("kunden.csv", shop()[0], label="Your own table")
    expect(sidebar.get_by_text("kunden.csv")).to_be_visible()
    app.open_page("Memberships")
    expect(app.page.get_by_role("heading", name="Which rows are unsure?")).to_be_visible()
    expect(sidebar.get_by_text("kunden.csv")).to_be_visible()
    expect(sidebar.get_by_text("Iris flowers")).to_have_count(0)


def test_one_group_has_memberships_too(app):
    app.goto("memberships", {"k": 1})
    expect(app.page.get_by_text("With one group every row belongs to it")).to_be_visible()
    expect(app.page.get_by_role("button", name="Download all 272 rows")).to_be_visible()
