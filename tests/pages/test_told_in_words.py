"""What a page shows is told in words too."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "pages"
TABLES = {"st.dataframe", "st.data_editor"}
SHOWN = TABLES | {"st.image", "st.vega_lite_chart"}


@pytest.fixture(scope="module")
def shown():
    """Each call that shows something, with the name of its file."""
    return [
        (path.name, call)
        for path in PAGES.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in SHOWN
    ]


def without(keyword, calls):
    return [f"{name}: {ast.unparse(call)}" for name, call in calls if keyword not in {k.arg for k in call.keywords}]


def test_every_table_chart_and_picture_says_what_it_shows(shown):
    assert {ast.unparse(call.func) for _, call in shown} == SHOWN
    assert without("alt", shown) == []


def test_no_table_writes_none_into_an_empty_cell(shown):
    tables = [(name, call) for name, call in shown if ast.unparse(call.func) in TABLES]
    assert without("placeholder", tables) == []


def test_no_line_breaks_between_a_number_and_its_per_cent_sign():
    broken = []
    for path in [*PAGES.rglob("*.py"), *(ROOT / "gmm_core").rglob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        doc = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in doc]
        told = [str(node.value) for node in texts if isinstance(node.value, str)]
        broken += [f"{path.name}: {text}" for text in told if re.search(r"(^|\d) %(?!\()", text)]
    assert broken == []
