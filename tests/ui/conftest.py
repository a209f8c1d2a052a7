"""The app in Streamlit's own test runner: pages through the app's entry, without a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from pages.shared import jobs
from tests.ui.reading import assert_no_trouble

APP = Path(__file__).resolve().parents[2] / "app.py"
PATIENCE_SECONDS = 600.0  # a busy machine may need long for what a person gets at once

OpenApp = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def _on_its_own_and_patient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Without results of other tests, and waiting for a job's end: this runner draws no progress.

    Nor does each app look through all installed packages for components, of which it uses none.
    """
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)
    monkeypatch.setattr(jobs, "MOMENT", PATIENCE_SECONDS)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def open_app() -> OpenApp:
    """Open the app as a link would: ``open_app(example="iris", k=2)``."""

    def open_with(**query: str | int | list[str]) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=PATIENCE_SECONDS)
        for name, value in query.items():
            app.query_params[name] = value if isinstance(value, list) else str(value)
        app.run()
        assert_no_trouble(app)
        return app

    return open_with
