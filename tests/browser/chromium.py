"""Which browser the tests drive, with what flags, and what to do without one."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
BROWSER_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
NO_BROWSER = (
    "No Chromium, Chrome or Edge was found, so the tests in tests/browser cannot run. Install one "
    "(Debian: apt-get install chromium; elsewhere: .venv/bin/playwright install chromium) and run again."
)
# Keeps the browser off the network, so that nothing hangs on it and a request to elsewhere is seen as such.
BROWSER_FLAGS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def find_browser(playwrights_own: str = "") -> str | None:
    """Return the path of the first browser found that Playwright can drive, its own last."""
    on_the_path = filter(None, map(shutil.which, BROWSER_NAMES))
    elsewhere = (place for place in (*BROWSER_PLACES, playwrights_own) if place and Path(place).is_file())
    return next(on_the_path, None) or next(elsewhere, None)


def browser_may_be_absent(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether to skip without a browser; a CI run must not pass by testing less."""
    return environ.get("CI", "").lower() not in {"true", "1"}
