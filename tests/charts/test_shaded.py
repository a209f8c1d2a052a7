"""What lies behind a scatter."""

import pytest

from gmm_core.charts import scatter, shaded
from tests.charts import frames, stage_frames
from tests.charts.looking import Look


def test_the_ground_lies_behind_all_else_and_is_cut_where_the_axes_end():
    plain = scatter(frames.points(), x_title="x", y_title="y")
    look = Look(shaded(plain, stage_frames.ground()))
    low, high = look.spec["encoding"]["x"]["scale"]["domain"]
    first = next(iter(look.views()))
    rows = look.rows(first)
    assert [row["component"] for row in rows] == ["A", "B"]
    assert min(row["x0"] for row in rows) == pytest.approx(low)
    assert max(row["x1"] for row in rows) <= high
    assert len(plain.layer) + 1 == len(look.spec["layer"])
