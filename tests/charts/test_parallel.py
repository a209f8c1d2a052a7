"""Parallel coordinates of centres."""

from gmm_core.charts import parallel
from tests.charts import group_frames
from tests.charts.looking import Look


def look_at(**changes):
    return Look(parallel(group_frames.centre_lines(**changes), x_title="Spreads"))


def test_each_group_has_a_line_a_dot_and_the_middle_of_its_rows_in_each_column():
    look = look_at()
    (path,), rules, (dots, discs) = look.views("line"), look.views("rule"), look.views("point")
    assert len(look.rows(path)) == len(look.rows(dots)) == len(look.rows(rules[1])) == 6
    assert len(look.rows(discs)) == 2
    named = {key: str(value) for key, value in look.axis("y").items()}
    assert all(f"column {j}" in named["labelExpr"] for j in (1, 2, 3))


def test_an_interval_that_is_not_known_is_not_drawn():
    look = look_at()
    firm = look.rows(look.views("rule")[2])
    assert {row["component"] for row in firm} == {"A"}
    assert len(firm) == 3


def test_within_a_row_no_group_lies_on_another():
    look = look_at(groups=12)
    dots = look.rows(look.views("point")[0])
    assert len({row["y"] for row in dots}) == len(dots)
    for j, row in enumerate(sorted(dots, key=lambda row: row["y"])):
        assert abs(row["y"] - j // 12) < 0.5


def test_a_letter_stands_where_its_group_lies_farthest_from_the_others():
    look = look_at(groups=3)
    discs = look.rows(look.views("point")[1])
    assert {row["component"]: row["column"] for row in discs} == dict.fromkeys("ABC", "column 1")


def test_one_group_has_its_letter_too_and_more_groups_and_columns_more_height():
    assert len(look_at(groups=1).rows(look_at(groups=1).views("point")[1])) == 1
    heights = [look_at(groups=k, columns=d).spec["height"] for k, d in ((1, 2), (4, 2), (4, 5))]
    assert heights == sorted(heights)
