"""The harness itself, at a small app that misbehaves when asked to: what it should catch is caught."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import chromium
from tests.browser.accessibility import findings
from tests.browser.chromium import NO_BROWSER, browser_may_be_absent, find_browser
from tests.browser.harness import PATIENCE_MILLISECONDS, App
from tests.browser.serving import Server, running_server

SMALL_APP = """
import logging
import streamlit as st

def run_in_the_page(script):
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)

def calm():
    st.title("Calm")
    st.download_button("Take it", "a,b", "taken.csv", on_click="ignore")
    file = st.file_uploader("Your file")
    if file:
        st.write(f"{file.name} has {file.size} bytes")

def rough():
    st.title("Rough")
    case = st.query_params.get("case")
    if case == "exception":
        raise ValueError("a bad row")
    if case == "other":
        run_in_the_page("console.error('a bad script')")
        run_in_the_page("setTimeout(() => { throw new Error('a bad timer') }, 0)")
        st.html("<img src='http://elsewhere.example/pixel.png'>")
        logging.getLogger("worker").error("RuntimeWarning: divide by zero")
    if case == "pale":
        st.html("<p style='color: #bbb; background: #fff'>hardly to be read</p>")

st.navigation([st.Page(calm, title="Calm", url_path="calm"), st.Page(rough, title="Rough", url_path="rough")]).run()
"""


@pytest.fixture(scope="module")
def small_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("small")
    script = folder / "small_app.py"
    script.write_text(SMALL_APP, encoding="utf-8")
    with running_server(script, folder / "log.txt") as server:
        yield server


@pytest.fixture
def small_app(page: Page, small_server: Server) -> App:
    return App(page, small_server)


def test_a_walk_with_an_upload_and_a_download_has_no_problems(small_app):
    small_app.goto()
    small_app.upload("shop.csv", b"a,b\n1,2\n", label="Your file")
    expect(small_app.page.get_by_text("shop.csv has 8 bytes")).to_be_visible()
    assert small_app.download("Take it") == ("taken.csv", b"a,b")
    small_app.open_page("Rough")
    expect(small_app.page.get_by_role("heading", name="Rough")).to_be_visible()
    small_app.assert_no_problems()


def test_the_404s_of_a_page_opened_by_its_address_are_no_problem(small_app):
    missed = []
    small_app.page.on("response", lambda answer: missed.append(answer.url) if answer.status == 404 else None)
    small_app.goto("rough", {"case": "none"})
    small_app.assert_no_problems()
    assert all("/_stcore/" in url for url in missed)


@pytest.mark.parametrize(
    ("case", "signs"),
    [
        ("exception", ["exception on the page: ValueError", "server: .*Traceback"]),
        (
            "other",
            [
                "console: a bad script",
                "page error: .*a bad timer",
                "request to elsewhere: http://elsewhere.example/pixel.png",
                "server: .*RuntimeWarning: divide by zero",
            ],
        ),
    ],
    ids=["an exception", "anything else"],
)
def test_trouble_out_of_sight_fails_the_test(small_app, case, signs):
    small_app.goto("rough", {"case": case})
    expect(small_app.page.get_by_role("heading", name="Rough")).to_be_visible()
    for _ in range(PATIENCE_MILLISECONDS // 50):  # what the page started itself may come after the script's end
        if all(re.search(sign, "\n".join(small_app.problems())) for sign in signs):
            break
        small_app.page.wait_for_timeout(50)
    for sign in signs:
        with pytest.raises(AssertionError, match=sign):
            small_app.assert_no_problems()


def test_what_keeps_a_person_out_is_found_and_what_is_streamlits_own_is_not(small_app):
    small_app.goto("rough", {"case": "pale"})
    expect(small_app.page.get_by_text("hardly to be read")).to_be_visible()
    assert [found.split(":")[0] for found in findings(small_app.page)] == ["color-contrast"]


def test_trouble_of_an_earlier_test_is_not_counted_again(small_app):
    small_app.goto()
    small_app.assert_no_problems()


def test_a_server_that_ends_at_once_is_reported_with_its_log(tmp_path):
    absent = tmp_path / "absent.py"
    with pytest.raises(RuntimeError, match=r"(?s)ended with code.*absent\.py"):
        running_server(absent, tmp_path / "log").__enter__()


def test_without_a_browser_ci_fails_and_a_person_is_told_the_remedy(monkeypatch):
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    monkeypatch.setattr(chromium, "BROWSER_PLACES", ())
    assert find_browser() is None
    assert not browser_may_be_absent({"CI": "true"})
    assert browser_may_be_absent({})
    assert "install chromium" in NO_BROWSER


def test_playwrights_own_browser_is_taken_where_no_other_is(monkeypatch, tmp_path):
    own = tmp_path / "chrome"
    own.touch()
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    monkeypatch.setattr(chromium, "BROWSER_PLACES", ())
    assert find_browser(str(own)) == str(own)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: "/bin/" + name)
    assert find_browser(str(own)) == "/bin/chromium"
