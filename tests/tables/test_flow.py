"""Who moved where, and the bands that show it."""

import numpy as np
import pytest

from gmm_core.tables.flow import GAP, STEPS, flow_frames, moves_frame, shared_rows

BEFORE = np.array([0, 0, 0, 1, 1, 2])
AFTER = np.array([1, 1, 0, 0, 0, 0])
NAMES = (("A", "B", "noise"), ("A", "B"))


@pytest.fixture
def moves():
    return moves_frame(BEFORE, AFTER, NAMES, [1, 0])


def test_rows_are_counted_by_where_they_come_from_and_go_to(moves):
    assert moves[["before", "after", "rows", "stayed"]].to_numpy().tolist() == [
        ["A", "A", 1, False],
        ["A", "B", 2, True],
        ["B", "A", 2, True],
        ["noise", "A", 1, False],
    ]
    assert moves["share"].sum() == pytest.approx(1)


def test_weights_count_and_a_group_without_counterpart_has_no_row_that_stayed():
    moves = moves_frame(BEFORE, AFTER, NAMES, [-1, 0], np.arange(6.0))
    assert moves["rows"].tolist() == [2, 1, 7, 5]
    assert moves["stayed"].tolist() == [False, True, False, False]


def test_bands_fill_their_blocks_at_both_ends_without_overlap(moves):
    bands, blocks = flow_frames(moves, NAMES)
    assert len(bands) == STEPS * len(moves)
    for side, x in (("before", 0.0), ("after", 1.0)):
        ends = bands[bands["x"] == x]
        for block in blocks[blocks["side"] == side].itertuples():
            own = ends[ends[side] == block.group].sort_values("low")
            assert own["low"].min() == pytest.approx(block.low)
            assert own["high"].max() == pytest.approx(block.high)
            np.testing.assert_allclose(own["low"].to_numpy()[1:], own["high"].to_numpy()[:-1])


def test_blocks_stand_in_order_from_the_top_with_room_between(moves):
    _, blocks = flow_frames(moves, NAMES)
    before = blocks[blocks["side"] == "before"]
    assert before["group"].tolist() == ["A", "B", "noise"]
    assert before["high"].tolist()[0] == 1
    np.testing.assert_allclose(before["low"].to_numpy()[:-1] - before["high"].to_numpy()[1:], GAP)
    assert blocks.groupby("side")["rows"].sum().tolist() == [6, 6]


def test_rows_that_two_fits_share_are_found_in_both():
    mine, theirs = shared_rows(np.array([1, 3, 5, 8]), np.array([0, 3, 8]))
    assert (mine.tolist(), theirs.tolist()) == ([1, 3], [1, 2])
