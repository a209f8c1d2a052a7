"""A long table: whatever the page, the browser is sent a bounded part of it, and the page says so."""

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.pictures import SAMPLED
from pages.shared.workspace import LoadedTable, fresh
from tests.ui.conftest import APP, PATIENCE_SECONDS
from tests.ui.reading import assert_no_trouble, frames, go, words

N_ROWS = 60_000
"""As a whole it would be several MB; Streamlit itself sends longer tables in parts."""

MOST_BYTES = 1_000_000

PAGES = [
    ("table", "table-tabs", ["Columns", "Rows"]),
    ("features", "features-tabs", ["Columns", "Rows"]),
    ("fit", "fit-tabs", ["Parameters", "Pairs"]),
    ("memberships", "unsure-tabs", ["All rows", "Sure, but far away", "What if"]),
    ("segments", "segment-tabs", ["Numbers", "Histograms", "Download"]),
    ("outliers", "", [""]),
]


@pytest.fixture(scope="module")
def long_table():
    rng = np.random.default_rng(0)
    labels = rng.choice(3, N_ROWS, p=[0.6, 0.35, 0.05])
    values = 5.0 * labels[:, None] + rng.normal(size=(N_ROWS, 3))
    frame = pd.DataFrame(values, columns=["x", "y", "z"]).assign(kind=np.array(["p", "q", "r"])[labels])
    table = LoadedTable(frame, "long.csv", "long", "made for a test")
    return fresh(table).with_spec(columns=("x", "y", "z")).with_settings(n_components=3, n_init=1)


def test_charts_and_tables_stay_small_on_every_page(long_table):
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE_SECONDS)
    app.session_state["workspace"] = long_table
    app.run()
    for page, key, titles in PAGES:
        for title in titles:
            if key:
                app.session_state[key] = title
            go(app, page)
            sent = [element.proto.ByteSize() for kind in ("vega_lite_chart", "dataframe") for element in app.get(kind)]
            assert sent or title in ("Rows", "Download"), (page, title)
            assert max(sent, default=0) < MOST_BYTES, (page, title, sent)
            assert page not in ("fit", "outliers") or SAMPLED in words(app)


def test_rows_are_looked_through_page_by_page(long_table):
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE_SECONDS)
    app.session_state["workspace"] = long_table
    go(app.run(), "memberships")
    assert "1 to 100 of 60,000 rows in this order" in words(app)
    first = frames(app)[-1]
    assert first["certainty"].is_monotonic_increasing
    app.get("pagination")[0].set_value(600).run()
    assert_no_trouble(app)
    last = frames(app)[-1]
    assert "59,901 to 60,000 of 60,000 rows in this order" in words(app)
    assert last["certainty"].min() >= first["certainty"].max()
    app.text_input(key="unsure-search").set_value("q").run()
    assert set(frames(app)[-1]["kind"]) == {"q"}
