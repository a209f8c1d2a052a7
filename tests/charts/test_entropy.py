"""The entropy plot."""

import pytest

from gmm_core.charts import entropy
from tests.charts import group_frames
from tests.charts.looking import Look


def test_the_suggested_number_is_ringed_and_named():
    look = Look(entropy(group_frames.entropies(5)))
    assert look.texts() == {"\u25ef suggested: 4 clusters"}
    (ring,) = [view for view in look.views("point") if not view["mark"]["filled"]]
    assert look.rows(ring)[0]["n_clusters"] == 4


def test_where_all_components_are_to_stay_it_says_so():
    frame = group_frames.entropies(3).assign(suggested=[False, False, True])
    assert Look(entropy(frame)).texts() == {"\u25ef suggested: no merging"}


def test_without_a_suggestion_nothing_is_marked():
    assert Look(entropy(group_frames.entropies().assign(suggested=False))).texts() == set()


@pytest.mark.parametrize("groups", [1, 2, 15, 40])
def test_the_axis_has_whole_numbers_from_one(groups):
    values = Look(entropy(group_frames.entropies(groups))).axis("x")["values"]
    assert values[0] == 1
    assert len(values) <= 16


def test_entropies_of_zero_have_an_axis_too():
    low, high = Look(entropy(group_frames.entropies().assign(entropy=0.0))).domain("y")
    assert low < high
