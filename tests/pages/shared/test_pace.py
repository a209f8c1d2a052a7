"""How long work takes yet."""

from pages.shared.pace import Pace


def told(*places):
    pace = Pace()
    for share, now in places:
        pace = pace.at(share, now)
    return pace


def test_the_time_left_follows_from_the_pace_since_the_first_part():
    """What came before the first part, 20 s here, was work of another kind."""
    assert told((0.0, 0.0), (0.1, 20.0), (0.2, 30.0), (0.3, 40.0)).left(40.0) == 70.0


def test_it_runs_down_while_the_next_part_is_at_work():
    pace = told((0.25, 10.0), (0.5, 40.0), (0.5, 55.0))
    assert pace.left(55.0) == 45.0
    assert pace.left(101.0) is None  # the part takes longer than all should


def test_nothing_is_told_before_it_can_be():
    assert told().left(5.0) is None
    assert told((0.25, 30.0)).left(40.0) is None
    assert told((0.25, 30.0), (0.26, 60.0)).left(60.0) is None
    assert told((0.25, 30.0), (0.75, 31.0)).left(31.0) is None
    assert told((0.25, 30.0), (1.0, 60.0)).left(60.0) is None
