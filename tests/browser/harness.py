"""A person at the app: what the browser tests are written with.

A test asks for the fixture ``app`` and reads like a story::

    def test_a_file_is_read(app):
        app.goto()
        app.upload("shop.csv", b"spend,visits\\n1,2\\n")
        expect(app.page.get_by_text("1 row")).to_be_visible()

At its end the fixture fails on anything that went wrong out of sight: see ``App.problems``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import ConsoleMessage, Error, FloatRect, Locator, Page, Request, expect

from tests.browser.serving import Server

# A busy machine may need long for what a person gets at once: speed is measured in tests/benchmarks, not here.
PATIENCE_MILLISECONDS = 60_000
_STILL_MILLISECONDS = 250
expect.set_options(timeout=PATIENCE_MILLISECONDS)
# A page opened by its own address makes Streamlit ask for these below that address first: two 404s, then it finds them.
_DEEP_LINK_404 = re.compile(r"^/.+/_stcore/(health|host-config)$")
_SERVER_TROUBLE = re.compile(r"^.*(?:Traceback \(most recent call last\)|RuntimeWarning|Uncaught app exec).*$", re.M)


@dataclass
class App:
    """The app as a person meets it: goes to pages, drops files, waits, and notes all that goes wrong meanwhile."""

    page: Page
    server: Server
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._log_read = len(self.server.printed())
        self.page.set_default_timeout(PATIENCE_MILLISECONDS)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self._note(f"page error: {error}"))
        self.page.on("crash", lambda _: self._note("the page crashed"))
        self.page.on("request", self._note_request)
        self.page.on("websocket", lambda socket: self._note_address(socket.url))

    def goto(self, path: str = "", query: Mapping[str, object] | None = None) -> None:
        """Open an address of the app and wait until it stands."""
        address = f"{self.server.url}/{path.lstrip('/')}"
        self.page.goto(f"{address}?{urlencode(query, doseq=True)}" if query else address)
        self.wait_idle()

    def open_page(self, label: str) -> None:
        """Choose a page in the menu by the words it has there."""
        link = self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=label, exact=True)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        self.wait_idle()

    def box_of(self, part: Locator) -> FloatRect:
        """Where a part of the page stands once nothing moves it any more."""
        part.scroll_into_view_if_needed()
        last, box = None, part.bounding_box()
        while box is None or box != last:
            self.page.wait_for_timeout(_STILL_MILLISECONDS)
            self.wait_idle()
            last, box = box, part.bounding_box()
        return box

    def wait_until_it_fits(self) -> None:
        """Wait until nothing on the page is wider than the window: while a page is built, it may be."""
        self.wait_idle()
        main = self.page.get_by_test_id("stMain").element_handle()
        self.page.wait_for_function("main => main.scrollWidth - main.clientWidth <= 1", arg=main)

    def upload(self, name: str, content: bytes, label: str | None = None) -> None:
        """Give a file to the page's uploader, or to the one with this label."""
        uploader = self.page.get_by_test_id("stFileUploader")
        if label is not None:
            uploader = uploader.filter(has_text=label)
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        uploader.locator("input[type=file]").set_input_files(files=[file])
        self.wait_idle()

    def download(self, label: str) -> tuple[str, bytes]:
        """Press a download button; return the file's name and its bytes."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=label, exact=True).click()
        return waiting.value.suggested_filename, waiting.value.path().read_bytes()

    def wait_idle(self) -> None:
        """Wait until the page is connected and its script has run.

        Right after a click the script may not have started yet: go on to wait for what the click should bring, with
        ``expect``.
        """
        self.page.locator(
            "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
        ).wait_for(timeout=PATIENCE_MILLISECONDS)
        self._note_exceptions()

    def problems(self) -> list[str]:
        """Return all that went wrong: on the page, in its console, in the server's log, and requests to elsewhere."""
        self._note_exceptions()
        log = self.server.printed()[self._log_read :]
        return [*self.errors, *(f"server: {line}" for line in dict.fromkeys(_SERVER_TROUBLE.findall(log)))]

    def assert_no_problems(self) -> None:
        """Fail with everything that went wrong."""
        problems = self.problems()
        assert not problems, "\n".join(["Out of sight of the test, this went wrong:", *problems])

    def _note(self, problem: str) -> None:
        if problem not in self.errors:
            self.errors.append(problem)

    def _note_console(self, message: ConsoleMessage) -> None:
        address = message.location["url"]
        if message.type == "error" and not _DEEP_LINK_404.match(urlsplit(address).path):
            self._note(f"console: {message.text} ({address})")

    def _note_request(self, request: Request) -> None:
        self._note_address(request.url)

    def _note_address(self, url: str) -> None:
        if not self.server.owns(url):
            self._note(f"request to elsewhere: {url}")

    def _note_exceptions(self) -> None:
        try:
            shown = self.page.get_by_test_id("stException").all_inner_texts()
        except Error as closed:  # a page that crashed has no elements left to ask
            self._note(f"the page could not be read: {closed.message}")
            return
        for text in shown:
            self._note(f"exception on the page: {text}")
