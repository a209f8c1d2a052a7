"""How long a person waits: first chart after starting the server, and a change to a fit that is in the cache.

Run by hand, from the clone: ``.venv/bin/python -m tests.benchmarks.app``. It needs the browser of the browser tests.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.chromium import BROWSER_FLAGS, NO_BROWSER, find_browser
from tests.browser.serving import ROOT, running_server

ROUNDS = 5


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


def _chart(page: Page):  # noqa: ANN202  a locator
    return page.get_by_test_id("stVegaLiteChart").first.locator("svg .mark-line path").first


def _cached_changes(page: Page) -> list[float]:
    """Times from a key press on the slider to the changed sentence, once both fits are known."""
    slider = page.get_by_role("slider", name="Number of groups")

    def change(key: str, sentence: str) -> float:
        slider.focus()
        started = time.perf_counter()
        slider.press(key)
        expect(page.get_by_text(sentence)).to_be_visible(timeout=30_000)
        return time.perf_counter() - started

    there: Callable[[], float] = lambda: change("ArrowRight", "Three groups: A,")  # noqa: E731
    back: Callable[[], float] = lambda: change("ArrowLeft", "Two groups: A,")  # noqa: E731
    time.sleep(1)
    there(), back()
    return [each() for _ in range(3) for each in (there, back)]


if __name__ == "__main__":
    main()
