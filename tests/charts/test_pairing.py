"""Two maps of the same rows."""

from gmm_core.charts import ringed, same_axes, scatter
from tests.charts import frames
from tests.charts.looking import Look


def a_scatter(points):
    return scatter(points, x_title="x", y_title="y", centres=frames.centres())


def test_both_get_axes_that_hold_both_and_stay_as_they_were_given():
    points = frames.points()
    first, second = a_scatter(points), a_scatter(points.assign(x=points["x"] + 50.0, y=points["y"] / 9))
    before = first.to_dict(), second.to_dict()
    looks = [Look(chart) for chart in same_axes(first, second)]
    domains = {axis: [Look(chart).domain(axis) for chart in (first, second)] for axis in "xy"}
    for axis, (one, other) in domains.items():
        union = [min(one[0], other[0]), max(one[1], other[1])]
        assert [look.domain(axis) for look in looks] == [union, union]
    assert (first.to_dict(), second.to_dict()) == before


def test_rings_stand_around_the_rows_that_differ():
    points = frames.points().assign(differs=[True, *[False] * 58, True])
    look = Look(ringed(a_scatter(points), points))
    ring = look.views("point")[-1]
    assert not ring["mark"]["filled"]
    assert [row["x"] for row in look.rows(ring)] == points["x"].iloc[[0, -1]].tolist()
