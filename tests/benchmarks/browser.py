"""How long a person with a long table waits: pages opened, thresholds moved, pairs and boxes chosen, in a real browser.

Run by hand from the root of the clone: ``python -m tests.benchmarks.browser`` (ten minutes; Linux). It serves the app,
uploads a table of five columns in six groups and a label, fits six groups, and goes through the pages of Data, Clusters
and Use several times. The first time each page works out what it keeps for the fit; on a busy machine look at the
server's CPU seconds.
"""

import argparse
import itertools
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.watching import PATIENCE_MILLISECONDS, Cost, Watched
from tests.browser.chromium import BROWSER_FLAGS, NO_BROWSER, find_browser
from tests.browser.serving import ROOT, running_server

GROUPS, COLUMNS = 6, 5
MANY = 100_000
"""Rows from which the figures for long tables are asked."""

OPEN, MOVE, SHORT = 2.0, 0.7, 0.4
"""Seconds asked: to open a page or move a threshold with many rows, and either with few."""

TIMES = ("seconds", "server", "browser")

MOST_CHART, MOST_MEMORY = 1.0, 1500.0
"""MB asked: of a chart, and of the session."""


HEAD = "| step | asked | first | server | page | again | server | page | chart | table |"


@dataclass
class Step:
    """What a person does, and what it cost each time; the first may have more to work out."""

    name: str
    act: Callable[[Page], None]
    opens: bool = False
    costs: list[Cost] = field(default_factory=list)

    def line(self, n_rows: int) -> str:
        """The step's line in the table."""
        asked = SHORT if n_rows < MANY else OPEN if self.opens else MOVE
        first, again = self.costs[0], self.costs[1:] or self.costs
        cells = [f"{getattr(first, what):.2f}" for what in TIMES]
        cells += [f"{statistics.median(getattr(each, what) for each in again):.2f}" for what in TIMES]
        cells += [f"{max(getattr(each, what) for each in self.costs) / 1e6:.2f}" for what in ("chart", "table")]
        return f"| {self.name} | {asked:.1f} | {' | '.join(cells)} |"


def steps() -> Iterator[Step]:
    """The walk through the pages."""
    pages = ("Table", "Features", "Fit", "How many", "Memberships", "Beside k-means")
    for name in (*pages, "Segments", "Outliers, new rows", "Classes"):
        yield Step(f"open {name}", partial(_open, name), opens=True)
        for what, act in CHANGES.get(name, ()):
            yield Step(what, act)


def _open(name: str, page: Page) -> None:
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()


_TURNS = itertools.count()


def _pair(page: Page) -> None:
    """Another column in the menu of the vertical axis, each time at another place."""
    page.get_by_role("combobox", name="Up").click()
    others = page.get_by_role("option", selected=False)
    others.first.wait_for()
    others.nth(next(_TURNS) % others.count()).click()


def _move(label: str, page: Page) -> None:
    """One step along a slider, never twice to the same place."""
    page.get_by_role("slider", name=label).press("ArrowLeft")


def _group(page: Page) -> None:
    """The rows of one group more."""
    groups = page.get_by_test_id("stButtonGroup").filter(has_text="Groups")
    groups.get_by_role("button").nth(next(_TURNS) % GROUPS).click()


def _box(page: Page) -> None:
    """A box over the first chart, each time to another corner; it begins outside of the last one."""
    chart = page.get_by_test_id("stVegaLiteChart").first
    chart.scroll_into_view_if_needed()
    place = chart.bounding_box()
    assert place is not None
    turn = next(_TURNS) % 10
    page.mouse.move(place["x"] + (0.2 - 0.01 * turn) * place["width"], place["y"] + 0.3 * place["height"])
    page.mouse.down()
    page.mouse.move(place["x"] + (0.5 + 0.02 * turn) * place["width"], place["y"] + 0.8 * place["height"], steps=4)
    page.mouse.up()


CHANGES: dict[str, list[tuple[str, Callable[[Page], None]]]] = {
    "Fit": [("choose a pair", _pair), ("drag a box over the fit", _box)],
    "Memberships": [
        ("move the threshold", partial(_move, "Leave undecided below")),
        ("choose a group", _group),
    ],
    "Beside k-means": [("drag a box beside k-means", _box)],
    "Outliers, new rows": [
        ("move the threshold of outliers", partial(_move, "Threshold")),
        ("drag a box over outliers", _box),
    ],
}


def table(n_rows: int) -> pd.DataFrame:
    """Rows of six overlapping groups, and a label that goes along with them."""
    rng = np.random.default_rng(0)
    centres, widths = 3 * rng.normal(size=(GROUPS, COLUMNS)), rng.uniform(0.7, 1.5, GROUPS)
    labels = rng.choice(GROUPS, n_rows, p=rng.dirichlet(np.full(GROUPS, 5.0)))
    values = centres[labels] + widths[labels, None] * rng.normal(size=(n_rows, COLUMNS))
    frame = pd.DataFrame(values, columns=[f"x{j + 1}" for j in range(COLUMNS)])
    return frame.assign(kind=np.array([f"kind {k + 1}" for k in range(GROUPS)])[labels])


def upload(path: Path, page: Page) -> None:
    """Give the table to the app, on the page that is open."""
    page.get_by_test_id("stFileUploader").first.locator("input[type=file]").set_input_files(path)
    page.get_by_text(path.name).first.wait_for(timeout=PATIENCE_MILLISECONDS)


def all_columns(page: Page) -> None:
    """Group by all columns of numbers, on the page of the table."""
    page.get_by_role("button", name="Tick all usable ones shown").click()


def groups(page: Page) -> None:
    """Ask for six groups, on the page of the fit; a key pressed while the page still takes the last one may be lost."""
    for number in ("Three", "Four", "Five", "Six"):
        page.get_by_role("slider", name="Number of groups").press("ArrowRight")
        page.get_by_text(f"{number} groups, free shape").wait_for(timeout=PATIENCE_MILLISECONDS)


def agree(label: str, page: Page) -> None:
    """Agree to long work where the page asks first."""
    button = page.get_by_role("button", name=label)
    if button.count():
        button.first.click()


def fit(page: Page) -> None:
    """Agree to the fit where the app asks first; small ones it has run already."""
    agree("Fit ", page)
    page.get_by_text("Six groups (").wait_for(timeout=PATIENCE_MILLISECONDS)


def walk(n_rows: int, rounds: int) -> None:
    """Print the table for so many rows."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as watched:
        path = Path(folder) / f"rows{n_rows}.csv"
        table(n_rows).to_csv(path, index=False, float_format="%.5f")
        empty = watched.memory()
        beginning = [
            Step("upload", partial(upload, path)),
            Step("open Table", partial(_open, "Table"), opens=True),
            Step("tick all columns", all_columns),
            Step("open Fit", partial(_open, "Fit"), opens=True),
            Step("ask for six groups", groups),
            Step("fit them", fit),
            Step("open Beside k-means", partial(_open, "Beside k-means"), opens=True),
            Step("run k-means", partial(agree, "Run k-means")),
            Step("open Classes", partial(_open, "Classes"), opens=True),
            Step("cross-validate the classes", partial(agree, "Cross-validate")),
        ]
        for step in beginning:
            step.costs.append(watched.cost(step.act))
        done = list(steps())
        for step in done * rounds:
            step.costs.append(watched.cost(step.act))
        held, most = watched.memory(), watched.memory("VmHWM")
    print(f"\n{n_rows:,} rows: seconds on the clock, of the server's and of the page's computing; MB sent at most\n")
    print(f"{HEAD}\n|:---{'|---:' * (HEAD.count('|') - 2)}|")
    for step in (*beginning, *done):
        print(step.line(n_rows))
    print(
        f"\nAsked of a chart: at most {MOST_CHART:.0f} MB. Asked of the session's memory: {MOST_MEMORY:.0f} MB; it is"
    )
    print(f"{held - empty:.0f} MB, {held:.0f} MB in all, {most:.0f} MB at the peak, {empty:.0f} MB before.", flush=True)


@contextmanager
def served(folder: Path) -> Iterator[Watched]:
    """The app in a browser, its first page open."""
    with sync_playwright() as playwright, running_server(ROOT / "app.py", folder / "log.txt") as server:
        path = find_browser(playwright.chromium.executable_path)
        if path is None:
            raise SystemExit(NO_BROWSER)
        browser = playwright.chromium.launch(executable_path=path, args=[*BROWSER_FLAGS, "--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(60_000)
        watched = Watched(page, server.pid)
        watched.cost(lambda page: page.goto(server.url) and None)
        yield watched
        browser.close()


def main(arguments: Sequence[str]) -> None:
    """Measure each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args(arguments)
    for n_rows in options.rows:
        walk(n_rows, options.rounds)


if __name__ == "__main__":
    main(sys.argv[1:])
