"""What stands beside each other stands in line, once the page has come to rest."""

from playwright.sync_api import expect

IN_LINE = """selector => {
    const middles = [...document.querySelectorAll(selector)].map(each => {
        const {y, height} = each.getBoundingClientRect()
        return y + height / 2
    })
    return middles.length > 1 && Math.max(...middles) - Math.min(...middles) <= 1
}"""


def test_buttons_of_cards_in_a_row_and_buttons_beside_options_are_in_line(app):
    app.goto("segments", {"example": "iris", "k": 3, "starts": 2})
    expect(app.page.get_by_role("button", name="Name, colour, note")).to_have_count(3)
    app.page.wait_for_function(IN_LINE, arg="[class*=st-key-segment-rows-] button")
    app.open_page("Fit")
    expect(app.page.get_by_role("button", name="All shapes")).to_be_visible()
    app.page.wait_for_function(IN_LINE, arg=".st-key-beside-options-fit button, .st-key-fit-family [role=radio]")
