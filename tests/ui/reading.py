"""What a person would read off the app, for assertions."""

import json
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

PAGES = {
    "table": "pages/data/table.py",
    "features": "pages/data/features.py",
    "fit": "pages/clusters/fit.py",
    "how-many": "pages/clusters/how_many.py",
    "memberships": "pages/clusters/memberships.py",
    "k-means": "pages/clusters/k_means.py",
    "outliers": "pages/use/outliers.py",
    "segments": "pages/use/segments.py",
    "em-by-step": "pages/learn/em_by_step.py",
    "classes": "pages/use/classes.py",
    "calculators": "pages/learn/calculators.py",
    "theory": "pages/learn/theory.py",
    "textbook": "pages/learn/textbook.py",
    "tours": "pages/learn/tours.py",
}


def go(app: AppTest, page: str) -> AppTest:
    """Open another page, as from the menu."""
    app.switch_page(PAGES[page]).run()
    assert_no_trouble(app)
    return app


def assert_no_trouble(app: AppTest) -> None:
    """No exception reached the person."""
    assert not app.exception, [each.message for each in app.exception]


def words(app: AppTest) -> str:
    """All sentences of the page, with plain blanks where lines may not break."""
    said = [*app.title, *app.markdown, *app.caption, *app.error]
    return "\n".join(element.value for element in said).replace("\u00a0", " ")


def charts(app: AppTest) -> list[dict[str, Any]]:
    """The specifications of the page's charts."""
    return [json.loads(element.proto.spec) for element in app.get("vega_lite_chart")]


def upload(app: AppTest, name: str, content: bytes, key: str = "fit-upload") -> AppTest:
    """Give the page a file."""
    next(each for each in app.file_uploader if each.key.startswith(key)).upload(name, content).run()
    assert_no_trouble(app)
    return app


def frames(app: AppTest) -> list[pd.DataFrame]:
    """The tables of the page, as numbers."""
    return [element.value for element in app.dataframe]


def group(app: AppTest, key: str) -> Any:
    """The pills or segments with this key."""
    return next(each for each in app.get("button_group") if each.key == key)
