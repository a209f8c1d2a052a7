"""How long a person waits: first chart after starting the server, and a change to a fit that is in the cache.

Run by hand, from the clone: ``.venv/bin/python -m tests.benchmarks.app``. It needs the browser of the browser tests.
"""

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from tests.browser.chromium import BROWSER_FLAGS, NO_BROWSER, find_browser
from tests.browser.serving import ROOT, running_server

ROUNDS = 5

CLICK_AND_WAIT = """([label, sentence]) => new Promise(resolve => {
    const button = [...document.querySelectorAll("button")].find(each => each.innerText.trim() === label);
    const started = performance.now();
    button.click();
    const shown = () => [...document.querySelectorAll("[data-testid=stCaptionContainer]")].some(
        each => each.innerText.startsWith(sentence));
    const look = () => shown() ? resolve(performance.now() - started) : requestAnimationFrame(look);
    look();
})"""
"""Looks at every frame: Playwright's own waiting looks ten times a second at most."""


def main() -> None:
    """Print medians of a few rounds."""
    with sync_playwright() as playwright:
        path = find_browser(playwright.chromium.executable_path)
        if path is None:
            raise SystemExit(NO_BROWSER)
        browser = playwright.chromium.launch(executable_path=path, args=[*BROWSER_FLAGS, "--no-sandbox"])
        first, cached = [], []
        for _ in range(ROUNDS):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            with tempfile.TemporaryDirectory() as folder:
                started = time.perf_counter()
                with running_server(ROOT / "app.py", Path(folder) / "log.txt") as server:
                    page.goto(server.url)
                    _chart(page).wait_for(timeout=60_000)
                    first.append(time.perf_counter() - started)
                    cached += _cached_changes(page)
            page.close()
        browser.close()
    print("| what | median | worst |\n|---|---|---|")
    for what, seconds in (("first chart after starting the server", first), ("change to a cached fit", cached)):
        print(f"| {what} | {statistics.median(seconds):.2f} s | {max(seconds):.2f} s |")


def _chart(page: Page) -> Locator:
    return page.get_by_test_id("stVegaLiteChart").first.locator("svg .mark-line path").first


def _cached_changes(page: Page) -> list[float]:
    """Times from a click on a shape to the last sentence of the changed page, once both fits are known."""
    page.get_by_text("Free shape: Each group").wait_for()
    there, back = ("Same shape", "Same shape: All groups"), ("Free shape", "Free shape: Each group")
    for label, sentence in (there, back):
        _seconds(page, label, sentence)
    return [_seconds(page, *way) for _ in range(3) for way in (there, back)]


def _seconds(page: Page, label: str, sentence: str) -> float:
    time.sleep(1)
    milliseconds = page.evaluate(CLICK_AND_WAIT, [label, sentence])
    return float(milliseconds) / 1000


if __name__ == "__main__":
    main()
