"""Rows with gaps, kept by the rule for gaps, from page to page."""

from pathlib import Path

from tests.ui.reading import go, upload, words

MISSING = Path(__file__).parents[1] / "model" / "reference" / "faithful_missing.csv"


def test_with_gaps_kept_every_row_is_fitted_and_gets_its_memberships(open_app):
    app = go(upload(open_app(), MISSING.name, MISSING.read_bytes()), "features")
    assert "194 of 272 rows go into the fit" in words(app)
    app.segmented_control(key="features-gaps").set_value("em").run()
    assert "272 of 272 rows go into the fit" in words(app)
    assert "78 gaps left open" in words(app)
    assert "78 rows with a gap in these columns cannot be shown" in words(go(app, "fit"))
    assert not app.error
    assert "of 272 rows" in words(go(app, "memberships"))
    assert "have no group" not in words(app)


def test_two_columns_that_are_never_seen_together_have_a_map_without_rows(open_app):
    lines = "\n".join(f"{i % 7 + 9 * (i % 4 // 2)},\n,{i % 5 + 9 * (i % 4 // 2)}" for i in range(40))
    app = go(upload(open_app(), "apart.csv", f"a,b\n{lines}\n".encode()), "features")
    app.segmented_control(key="features-gaps").set_value("em").run()
    assert "No row has a value in both columns" in words(go(app, "fit"))
