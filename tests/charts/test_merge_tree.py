"""The tree of merges."""

import pytest

from gmm_core.charts import merge_tree
from gmm_core.charts.style import NEUTRAL, PALETTE
from tests.charts import group_frames
from tests.charts.looking import Look


def brackets(look):
    """Clusters drawn by colour of the lines."""
    return {view["mark"]["color"]: {row["cluster"] for row in look.rows(view)} for view in look.views("line")}


def tree(n_clusters, joins=None):
    return Look(
        merge_tree(group_frames.joins() if joins is None else joins, group_frames.leaves(), n_clusters=n_clusters)
    )


def test_below_the_cut_a_cluster_has_its_colour_and_above_all_is_grey():
    assert brackets(tree(2)) == {NEUTRAL: {"A+B+C+D"}, PALETTE[0]: {"A+B", "A+B+C"}}
    assert brackets(tree(4)) == {NEUTRAL: {"A+B", "A+B+C", "A+B+C+D"}}
    assert brackets(tree(1)) == {PALETTE[0]: {"A+B", "A+B+C", "A+B+C+D"}}


def test_clusters_side_by_side_have_a_colour_each():
    joins = group_frames.joins().head(2).assign(cluster=["A+B", "C+D"])
    assert brackets(tree(2, joins)) == {PALETTE[0]: {"A+B"}, PALETTE[2]: {"C+D"}}


@pytest.mark.parametrize(("n_clusters", "words"), [(1, "1 cluster"), (3, "3 clusters")])
def test_the_cut_lies_above_the_merges_that_are_made(n_clusters, words):
    look = tree(n_clusters)
    assert look.rows(look.views("rule")[0]) == [{"height": n_clusters - 0.5}]
    assert words in look.texts()


def test_every_component_stands_with_its_letter_and_every_merge_with_its_fall():
    assert tree(2).texts() == {"A", "B", "C", "D", "2 clusters", "entropy \u22123", "\u22120.38", "\u22120.11"}


def test_what_is_zero_but_for_rounding_is_zero_and_has_no_minus():
    joins = group_frames.joins().assign(entropy_fall=[3.0, 7.8e-16, -2e-17])
    look = tree(2, joins)
    assert look.texts() == {"A", "B", "C", "D", "2 clusters", "entropy \u22123", "0"}


def test_a_single_component_is_a_tree_too():
    look = Look(merge_tree(group_frames.joins().head(0), group_frames.leaves(1), n_clusters=1))
    assert look.texts() == {"A", "1 cluster"}


def test_height_follows_from_the_components():
    few, many = (
        merge_tree(group_frames.joins(k), group_frames.leaves(k), n_clusters=1).to_dict()["height"] for k in (3, 9)
    )
    assert many - few == 6 * 46
