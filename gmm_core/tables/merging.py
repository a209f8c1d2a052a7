"""Merged components as frames: names of the clusters, entropy by their number, and the tree of merges."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from gmm_core.model.choice.merging import Group, MergePath
from gmm_core.tables.results import component_letters

JOIN = "+"


def cluster_names(groups: Sequence[Group], letters: Sequence[str]) -> tuple[str, ...]:
    """A name for each cluster, its components' letters joined: "A+C".

    ``letters`` are those of ``results.group_letters``: what goes beyond the components, "noise", comes last as it is.
    """
    n_components = sum(len(group) for group in groups)
    return (*(JOIN.join(letters[k] for k in group) for group in groups), *letters[n_components:])


def cluster_of(groups: Sequence[Group], letters: Sequence[str]) -> dict[str, str]:
    """The name of its cluster for each letter, "noise" included: what ``component`` in a chart's frame becomes."""
    names = cluster_names(groups, letters)
    members = [*groups, *((k,) for k in range(sum(map(len, groups)), len(letters)))]
    return {letters[k]: name for name, group in zip(names, members, strict=True) for k in group}


def in_clusters(frame: pd.DataFrame, clusters: Mapping[str, str]) -> pd.DataFrame:
    """A chart's frame with the name of its cluster (``cluster_of``) for each ``component``; other names stay."""
    return frame.assign(component=frame["component"].map(lambda name: clusters.get(name, name)))


def summed_curves(curves: pd.DataFrame, clusters: Mapping[str, str]) -> pd.DataFrame:
    """The curves of ``mixture_frames.curves_frame`` with one for each cluster, the sum of its components'."""
    named = in_clusters(curves, clusters)
    return named.groupby(["component", "x"], as_index=False, sort=False)[["density"]].sum()


def middle_centres(centres: pd.DataFrame, clusters: Mapping[str, str]) -> pd.DataFrame:
    """The ``mixture_frames.centres_frame`` with one row for each cluster: the mean of its components by weight."""
    named = in_clusters(centres, clusters)
    moments = named.assign(x=named["x"] * named["weight"], y=named["y"] * named["weight"])
    sums = moments.groupby("component", as_index=False, sort=False)[["x", "y", "weight"]].sum()
    return sums.assign(x=sums["x"] / sums["weight"], y=sums["y"] / sums["weight"])


def entropies_frame(path: MergePath) -> pd.DataFrame:
    """Entropy by number of clusters, from 1 to K.

    Returns
    -------
    pandas.DataFrame, (K, 4)
        ``n_clusters``, ``entropy`` (nats a row, so that it does not grow with the table), ``suggested`` (true in one
        row) and ``clusters`` (names, as "A+C, B").
    """
    numbers = np.arange(1, path.n_components + 1)
    letters = component_letters(path.n_components)
    names = [", ".join(cluster_names(path.groups(int(n)), letters)) for n in numbers]
    suggested = numbers == path.suggested
    entropy = path.entropies / path.n_rows
    return pd.DataFrame({"n_clusters": numbers, "entropy": entropy, "suggested": suggested, "clusters": names})


def tree_frames(path: MergePath) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The merges as a tree that stands on its leaves, whose height is the number of clusters left: K to 1.

    Returns
    -------
    joins : pandas.DataFrame, (K - 1, 8)
        ``cluster`` (name), ``n_clusters`` (left after it), ``entropy_fall`` (nats a row), ``parts`` ("A and B+C");
        across, the places ``left`` and ``right`` of the two parts; upwards, the numbers ``left_from`` and
        ``right_from`` of clusters at which they came about.
    leaves : pandas.DataFrame, (K, 2)
        ``component`` (letter) and ``place``, 0 to K - 1, so that no two lines of the tree cross.
    """
    k = path.n_components
    letters = component_letters(k)
    places: dict[Group, float] = {(leaf,): float(place) for place, leaf in enumerate(_leaf_order(path))}
    since: dict[Group, int] = dict.fromkeys(places, k)
    leaves = pd.DataFrame({"component": letters, "place": [places[(leaf,)] for leaf in range(k)]})
    joins = []
    for n_clusters, merge in zip(range(k - 1, 0, -1), path.merges, strict=True):
        cluster, left, right = (JOIN.join(letters[i] for i in group) for group in (merge.merged, *merge.pair))
        across, upwards = ([found[group] for group in merge.pair] for found in (places, since))
        joins.append((cluster, n_clusters, merge.fall / path.n_rows, f"{left} and {right}", *across, *upwards))
        places[merge.merged], since[merge.merged] = sum(across) / 2, n_clusters
    return pd.DataFrame(joins, columns=pd.Index(_COLUMNS)), leaves


_COLUMNS = ("cluster", "n_clusters", "entropy_fall", "parts", "left", "right", "left_from", "right_from")


def _leaf_order(path: MergePath) -> Group:
    """The components from left to right."""
    orders: dict[Group, Group] = {(k,): (k,) for k in range(path.n_components)}
    for merge in path.merges:
        orders[merge.merged] = orders[merge.first] + orders[merge.second]
    return orders[tuple(range(path.n_components))]
