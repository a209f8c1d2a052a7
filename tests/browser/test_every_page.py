"""Every page in a real browser: from its own link, on a phone, in the dark, on a server that was just started."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import OF_THE_LOOK, findings
from tests.browser.harness import App
from tests.browser.serving import ROOT, running_server

PAGES = {
    "table": "What is in this table?",
    "features": "Which columns, and how?",
    "": "What groups are in these data?",
    "how-many": "How many groups?",
    "memberships": "Which rows are unsure?",
    "k-means": "Would k-means see the same?",
    "segments": "Who is in each group?",
    "outliers": "Which rows don't fit?",
    "classes": "Can a label be predicted?",
    "em-by-step": "How does EM find them?",
    "calculators": "What groups are in a few numbers?",
    "theory": "What is behind it?",
    "textbook": "What do the books say?",
    "tours": "Which story would you like to follow?",
}


LEARNING = {"calculators", "theory", "textbook", "tours"}
EACH_CHART_LEADS_TO_ITS_FILES = """() => {
    const [charts, signs] = ["[data-testid=stVegaLiteChart]", "[class*=st-key-files-] button"].map(
        each => document.querySelectorAll(each).length)
    return charts === signs
}"""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_from_a_link_and_keeps_nobody_out_at_a_desk_or_on_a_phone_in_the_dark(app, path):
    app.goto(path, {"example": "iris", "k": 3, "family": "tied", "starts": 2})
    expect(app.page.get_by_role("heading", name=PAGES[path])).to_be_visible()
    expect(app.page.get_by_test_id("stSidebar").get_by_text("Three groups, same shape")).to_be_visible()
    assert findings(app.page) == []
    if path not in LEARNING:
        app.page.wait_for_function(EACH_CHART_LEADS_TO_ITS_FILES)

    app.page.set_viewport_size({"width": 390, "height": 844})
    expect(app.page.get_by_test_id("stSidebar")).not_to_be_in_viewport()
    app.wait_until_it_fits()
    app.page.emulate_media(color_scheme="dark")
    app.page.wait_for_function("getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'")
    assert findings(app.page, OF_THE_LOOK) == []


def test_a_link_may_be_the_first_thing_a_fresh_server_is_asked_for(page, tmp_path):
    with running_server(ROOT / "app.py", tmp_path / "log.txt") as server:
        app = App(page, server)
        page.goto(f"{server.url}/memberships?example=iris")
        page.wait_for_function("performance.getEntriesByType('navigation')[0].type === 'reload'")
        app.wait_idle()
        expect(page.get_by_role("heading", name="Which rows are unsure?")).to_be_visible()
        expect(page.get_by_test_id("stSidebar").get_by_text("Iris flowers")).to_be_visible()
        expect(page.get_by_text("Page not found")).to_have_count(0)
        # what Streamlit said before the page was loaded again; see pages/shared/chrome.py
        assert [said for said in app.problems() if "does not seem to exist" not in said] == []
