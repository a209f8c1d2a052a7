"""Merged components as frames."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.model.choice.merging import merge_path
from gmm_core.tables.merging import (
    cluster_names,
    cluster_of,
    entropies_frame,
    middle_centres,
    summed_curves,
    tree_frames,
)
from gmm_core.tables.results import memberships_frame

LETTERS = ("A", "B", "C", "noise")


@pytest.fixture
def responsibilities():
    """Three components, the first and the last of which share their rows, and some noise."""
    return np.array([[0.5, 0.0, 0.4, 0.1], [0.4, 0.1, 0.5, 0.0], [0.0, 1.0, 0.0, 0.0], [0.1, 0.0, 0.0, 0.9]])


@pytest.fixture
def path(responsibilities):
    return merge_path(responsibilities[:, :3])


def test_clusters_are_named_by_their_components_letters(path):
    assert cluster_names(path.groups(2), LETTERS) == ("A+C", "B", "noise")
    assert cluster_names(path.groups(3), LETTERS[:3]) == ("A", "B", "C")
    assert cluster_of(path.groups(2), LETTERS) == {"A": "A+C", "C": "A+C", "B": "B", "noise": "noise"}


def test_merged_memberships_stand_beside_every_row(path, responsibilities):
    table = pd.DataFrame({"x": np.arange(5.0)})
    names = cluster_names(path.groups(2), LETTERS)
    frame = memberships_frame(table, np.array([0, 1, 2, 4]), path.memberships(responsibilities, 2), names)
    assert list(frame) == ["x", "group", "certainty", "uncertainty", "p(A+C)", "p(B)", "p(noise)"]
    assert frame["group"].tolist()[:3] == ["A+C", "A+C", "B"]
    assert frame.loc[4, "group"] == "noise"
    assert frame.loc[3, "group":].isna().all()
    np.testing.assert_allclose(frame.loc[[0, 1, 2, 4], ["p(A+C)", "p(B)", "p(noise)"]].sum(axis=1), 1.0)


def test_entropies_stand_by_the_number_of_clusters(path):
    frame = entropies_frame(path)
    assert frame["n_clusters"].tolist() == [1, 2, 3]
    assert frame["clusters"].tolist() == ["A+B+C", "A+C, B", "A, B, C"]
    np.testing.assert_allclose(frame["entropy"], path.entropies / 4)
    assert frame.loc[frame["suggested"], "n_clusters"].tolist() == [path.suggested]


def test_the_tree_stands_on_its_leaves_and_ends_in_one_cluster(path):
    joins, leaves = tree_frames(path)
    assert leaves["component"].tolist() == ["A", "B", "C"]
    assert leaves["place"].tolist() == [0.0, 2.0, 1.0]
    assert joins["cluster"].tolist() == ["A+C", "A+B+C"]
    assert joins["parts"].tolist() == ["A and C", "A+C and B"]
    assert joins[["left", "right"]].to_numpy().tolist() == [[0.0, 1.0], [0.5, 2.0]]
    assert joins[["left_from", "right_from", "n_clusters"]].to_numpy().tolist() == [[3, 3, 2], [2, 3, 1]]


@pytest.mark.parametrize("k", [1, 2, 9])
def test_no_two_lines_of_a_tree_cross(k):
    path = merge_path(np.random.default_rng(k).dirichlet(np.full(k, 0.3), 60))
    joins, leaves = tree_frames(path)
    places = dict(zip(leaves["component"], leaves["place"], strict=True))
    assert sorted(places.values()) == list(range(k))
    for cluster in joins["cluster"]:
        held = sorted(places[letter] for letter in cluster.split("+"))
        assert held == list(np.arange(held[0], held[-1] + 1))


def test_a_tree_of_one_component_has_no_joins_but_their_columns():
    joins, _ = tree_frames(merge_path(np.ones((3, 1))))
    assert len(joins) == 0
    assert "entropy_fall" in joins


def test_a_clusters_curve_is_the_sum_of_its_components(path):
    clusters = cluster_of(path.groups(2), LETTERS)
    curves = pd.DataFrame(
        {"x": [0.0, 1.0] * 5, "density": np.arange(10.0), "component": np.repeat([*LETTERS, "mixture"], 2)}
    )
    found = summed_curves(curves, clusters)
    assert found["component"].tolist() == ["A+C"] * 2 + ["B"] * 2 + ["noise"] * 2 + ["mixture"] * 2
    assert found["density"].tolist() == [0 + 4, 1 + 5, 2, 3, 6, 7, 8, 9]


def test_the_centre_of_a_cluster_weighs_its_components(path):
    centres = pd.DataFrame(
        {"component": ["A", "B", "C"], "x": [0.0, 9.0, 4.0], "y": [1.0, 9.0, 5.0], "weight": [0.1, 0.6, 0.3]}
    )
    found = middle_centres(centres, cluster_of(path.groups(2), LETTERS))
    assert found["component"].tolist() == ["A+C", "B"]
    np.testing.assert_allclose(found[["x", "y", "weight"]], [[3.0, 4.0, 0.4], [9.0, 9.0, 0.6]])
