"""What axe-core finds on a page that would keep a person out, but for what Streamlit's own frame brings."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page


@dataclass(frozen=True)
class Known:
    """A finding in Streamlit's own elements, which no page can mend: axe's rule, the elements, and why it may stay."""

    rule: str
    selector: str
    why: str


KNOWN = (
    Known(
        "list",
        "[data-testid=stSidebarNavItems]",
        "The menu is a list of blocks, one a section, not of entries. Its links are found and named as links.",
    ),
    Known(
        "listitem", "[data-testid=stSidebarNavItems] > div > li", "The entries in these blocks: the same from within."
    ),
    Known(
        "scrollable-region-focusable",
        ".katex-display",
        "A formula wider than its place. Browsers stop at it with the Tab key and scroll it, unasked by the page.",
    ),
    Known(
        "scrollable-region-focusable", "[data-testid=stMarkdownContainer] > table", "A wide table in a text: the same."
    ),
    Known(
        "svg-img-alt",
        "[class*=brush_brush]",
        "The box that is dragged over a chart: Vega gives it no name. Which rows it holds is told in a sentence.",
    ),
)

# Colours are judged as they will be: not on their way there, nor faded while a script runs.
_AT_REST = "* { transition: none !important; animation: none !important } [data-stale] { opacity: 1 !important }"
_DRAWN = """() => !document.querySelector("[data-testid=stSkeleton]")
    && [...document.querySelectorAll(".stVegaLiteChart")].every(chart => chart.querySelector("svg, canvas"))
    && [...document.querySelectorAll(".st-key-em-charts .vega-bind input")].every(slider => slider.ariaLabel)"""
_FINDINGS = """async ([known, options]) => {
    const lean = {resultTypes: ["violations"], elementRef: true, selectors: false, preload: false}
    const run = await axe.run({...lean, ...options})
    return run.violations
        .filter(({impact}) => ["serious", "critical"].includes(impact))
        .flatMap(({id, nodes}) => nodes.map(node => ({id, ...node})))
        .filter(({id, element}) => !known.some(({rule, selector}) => rule === id && element.matches(selector)))
        .map(({id, html, failureSummary}) => `${id}: ${html} ${failureSummary}`)
}"""

OF_THE_LOOK = ("color-contrast", "scrollable-region-focusable")
"""The rules whose answer changes with the theme or the window."""


def findings(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What is serious or critical on the page as it stands: the rule, the element, and what would mend it.

    Without ``rules``, by all of them.
    """
    page.wait_for_function(_DRAWN)
    page.add_style_tag(content=_AT_REST)
    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(
        _FINDINGS, [[asdict(known) for known in KNOWN], {"runOnly": rules} if rules else {}]
    )
    return found
