"""What a page shows is told in words too."""

import ast
from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "pages"
SHOWN = {"st.dataframe", "st.data_editor", "st.image", "st.vega_lite_chart"}


def test_every_table_chart_and_picture_says_what_it_shows():
    shown = [
        (path.name, call)
        for path in PAGES.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in SHOWN
    ]
    assert {ast.unparse(call.func) for _, call in shown} == SHOWN
    assert [
        f"{name}: {ast.unparse(call)}" for name, call in shown if "alt" not in {each.arg for each in call.keywords}
    ] == []
