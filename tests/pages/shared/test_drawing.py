"""Charts on a page."""

import pytest

from pages.shared import drawing


def test_a_click_on_a_chart_means_one_thing():
    with pytest.raises(TypeError, match="one thing"):
        drawing.chart("key", None, lambda: None, "nothing", on_pick=lambda: None, groups=["A", "B"])
