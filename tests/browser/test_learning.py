"""What only a browser can tell of the tours, the help and the stage: where a person ends up."""

import pytest
from playwright.sync_api import expect

from tests.browser.harness import App


def at(app: App, question: str) -> None:
    """Wait for the page with this question."""
    expect(app.page.get_by_role("heading", name=question)).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_tour_s_link_its_steps_and_its_end(app: App, width: int) -> None:
    app.page.set_viewport_size({"width": width, "height": 844})
    app.goto("", {"tour": "waits", "step": "3"})
    expect(app.page.get_by_text("step 3 of 6")).to_be_visible()
    app.page.get_by_role("button", name="Next").click()
    at(app, "How many groups?")
    assert app.page.url.endswith("/how-many?tour=waits&step=4")
    app.wait_until_it_fits()
    app.page.get_by_role("button", name="Leave", exact=True).click()
    expect(app.page.get_by_text("step 4 of 6")).to_be_hidden()
    app.wait_idle()


def test_help_leads_to_the_section_of_the_theory(app: App) -> None:
    app.goto()
    app.page.get_by_role("button", name="Help", exact=True).click()
    app.page.get_by_role("link", name="More in the theory").last.click()
    at(app, "What is behind it?")
    expect(app.page.get_by_role("heading", name="Priors (MAP)")).to_be_in_viewport()


def test_a_click_on_a_bar_of_the_map_shows_that_optimum(app: App) -> None:
    app.goto("em-by-step", {"scene": "worse"})
    expect(app.page.get_by_text("a worse optimum.")).to_be_visible()
    app.page.locator("[class*=st-key-em-map] path[aria-roledescription=bar]").first.click()
    expect(app.page.get_by_text("This was the last.")).to_be_visible()
    expect(app.page.get_by_text("a worse optimum.")).to_be_hidden()
