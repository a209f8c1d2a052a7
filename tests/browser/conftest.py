"""The browser and the server that the tests in this folder share."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, Playwright

from tests.browser.chromium import BROWSER_FLAGS, NO_BROWSER, browser_may_be_absent, find_browser
from tests.browser.harness import App
from tests.browser.serving import ROOT, Server, running_server

HERE = Path(__file__).parent
_WITHOUT_MEMORY = """if (window === top && !sessionStorage.begun) {
    localStorage.clear()
    sessionStorage.begun = true
}"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder, so that ``-m 'not browser'`` leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path(playwright: Playwright) -> str:
    """Where the browser is; without one, fail in CI and skip elsewhere, with the remedy."""
    path = find_browser(playwright.chromium.executable_path)
    if path is None:
        (pytest.skip if browser_may_be_absent() else pytest.fail)(NO_BROWSER)
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium_path: str) -> dict[str, Any]:
    """Launch the browser found, off the network; Chromium's sandbox refuses to run as root."""
    as_root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium_path, "args": [*BROWSER_FLAGS, *as_root]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desk's screen, in the light theme."""
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}, "color_scheme": "light"}


@pytest.fixture(scope="session")
def window(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BrowserContext]:
    """One window for all tests, with a profile on the disk: the front end is fetched and compiled once."""
    profile = tmp_path_factory.mktemp("profile")
    window = browser_type.launch_persistent_context(profile, **browser_type_launch_args, **browser_context_args)
    yield window
    window.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A tab of its own, which starts without what others left behind."""
    window.clear_cookies()
    page = window.new_page()
    page.add_init_script(_WITHOUT_MEMORY)
    yield page
    page.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, window: BrowserContext) -> Iterator[Server]:
    """The app, served as ``streamlit run app.py`` serves it, and visited once.

    Of a link that is the first thing a server is asked for, Streamlit says that its page is not there; the app loads it
    again. A test of its own looks at that.
    """
    with running_server(ROOT / "app.py", tmp_path_factory.mktemp("server") / "log.txt") as server:
        page = window.new_page()
        App(page, server).goto()
        page.close()
        yield server


@pytest.fixture
def app(page: Page, server: Server) -> Iterator[App]:
    """A person at the app; the test fails if anything went wrong out of sight."""
    app = App(page, server)
    yield app
    app.assert_no_problems()
