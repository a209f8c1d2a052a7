"""Which components make up a cluster: a tree that stands on the components and joins two at a time."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    ACCENT,
    COUNT,
    HALO,
    JOIN,
    NEUTRAL,
    Width,
    colour_scale,
    haloed,
    in_order,
    linear,
    lines,
    only,
    shape_scale,
    sign_of,
    sized,
    words,
    x_axis,
    y_axis,
)

_STEP, _FRAME = 46, 90
"""Pixels of a join, and of what stands above and below them."""
_ROUNDING = 1e-9
"""Nats of a fall up to which it is none."""
_COLUMNS = ("cluster", "n_clusters", "entropy_fall", "parts", "left", "right", "left_from", "right_from")


def merge_tree(
    joins: pd.DataFrame, leaves: pd.DataFrame, *, n_clusters: int, width: Width = "container"
) -> alt.LayerChart:
    """The tree of merges, cut where the chosen number of clusters is left: below the cut in the clusters' colours.

    Parameters
    ----------
    joins : pandas.DataFrame
        Columns cluster, n_clusters, entropy_fall, parts, left, right, left_from, right_from, a row a merge, in order.
    leaves : pandas.DataFrame
        Columns component, place.
    n_clusters : int
        The number chosen.
    width : int or "container"

    Returns
    -------
    altair.LayerChart
        Its height follows from the number of components.
    """
    most = len(leaves)
    merges = only(joins, *_COLUMNS)
    merges = merges.assign(middle=(merges["left"] + merges["right"]) / 2)
    made = merges["n_clusters"] >= n_clusters
    layers = [
        *_brackets(merges[~made], {"strokeWidth": 1.5, "color": NEUTRAL}),
        *_in_colours(merges[made]),
        *_cut(n_clusters, most),
        *_joints(merges),
        *_leaves(only(leaves, "component", "place").assign(n_clusters=most)),
    ]
    across, upwards = linear(-0.6, most - 0.4), alt.Scale(domain=[most + 0.6, 0.4], nice=False, zero=False)
    numbers: dict[str, Any] = {"values": list(range(1, most + 1)), "tickCount": most, "format": COUNT}
    placed = alt.layer(*layers).encode(
        x=alt.X(scale=across, axis=x_axis(None, labels=False)),
        y=alt.Y(scale=upwards, axis=y_axis("Clusters left", **numbers)),
    )
    return sized(placed, width, _FRAME + _STEP * most)


def _brackets(merges: pd.DataFrame, look: dict[str, Any]) -> list[alt.Chart]:
    """Up from the left part, across, and down to the right one."""
    if merges.empty:
        return []
    corners = [("left", "left_from"), ("left", "n_clusters"), ("right", "n_clusters"), ("right", "right_from")]
    pieces = [
        pd.DataFrame({"cluster": merges["cluster"], "corner": i, "x": merges[x], "y": merges[y]})
        for i, (x, y) in enumerate(corners)
    ]
    base = alt.Chart(pd.concat(pieces, ignore_index=True)).mark_line(strokeJoin="round", tooltip=None, **look)
    return [base.encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), detail=alt.Detail("cluster:N"), order=alt.Order("corner:Q"))]


def _in_colours(made: pd.DataFrame) -> list[alt.Chart]:
    """The brackets of each cluster that stands below the cut, in its colour."""
    whole: dict[str, list[str]] = {}
    for cluster in made["cluster"][::-1]:  # the last merges first: what they hold is part of them
        owner = next((name for name in whole if set(cluster.split(JOIN)) <= set(name.split(JOIN))), cluster)
        whole.setdefault(owner, []).append(cluster)
    return [
        layer
        for name, parts in whole.items()
        for layer in _brackets(made[made["cluster"].isin(parts)], {"strokeWidth": 3, "color": sign_of(name).colour})
    ]


def _cut(n_clusters: int, most: int) -> list[alt.Chart]:
    count = "1 cluster" if n_clusters == 1 else f"{n_clusters} clusters"
    frame = pd.DataFrame({"height": [n_clusters - 0.5], "end": [most - 0.45], "text": [count]})
    rule = alt.Chart(only(frame, "height")).mark_rule(color=ACCENT, strokeWidth=1.5, strokeDash=[5, 4], tooltip=None)
    word = alt.Chart(frame).encode(x=alt.X("end:Q"), y=alt.Y("height:Q"), text=alt.Text("text:N"))
    return [rule.encode(y=alt.Y("height:Q")), *haloed(word, align="right", baseline="bottom", dy=-4, fontWeight="bold")]


def _joints(merges: pd.DataFrame) -> list[alt.Chart]:
    """A dot on each bracket to point at, and by how much the entropy falls."""
    if merges.empty:
        return []
    merges = merges.assign(entropy_fall=merges["entropy_fall"].where(merges["entropy_fall"] >= _ROUNDING, 0.0))
    falls = [f"\u2212{fall:.2g}" if fall else "0" for fall in merges["entropy_fall"]]
    frame = merges.assign(text=[f"entropy {falls[0]}", *falls[1:]])
    shown = [
        ("parts:N", "Joins", None),
        ("entropy_fall:Q", "Entropy a row falls by", ".2~g"),
        ("n_clusters:Q", "Clusters left", COUNT),
    ]
    place: dict[str, Any] = {"x": alt.X("middle:Q"), "y": alt.Y("n_clusters:Q")}
    dots = only(frame, "middle", "n_clusters", "parts", "entropy_fall")
    dot = alt.Chart(dots).mark_point(filled=True, size=45, opacity=1, color=NEUTRAL, stroke=HALO, strokeWidth=1)
    text = alt.Chart(only(frame, "middle", "n_clusters", "text")).encode(**place, text=alt.Text("text:N"))
    fall = haloed(text, align="left", baseline="bottom", dx=7, dy=-3, fontSize=11)
    return [dot.encode(**place, tooltip=lines(shown)), *fall]


def _leaves(leaves: pd.DataFrame) -> list[alt.Chart]:
    """The components: shape and colour, the letter below."""
    letters = in_order(leaves["component"])
    base = alt.Chart(leaves).encode(x=alt.X("place:Q"), y=alt.Y("n_clusters:Q"))
    shapes = base.mark_point(filled=True, size=150, opacity=1, stroke=HALO, strokeWidth=1.5).encode(
        color=alt.Color("component:N", scale=colour_scale(letters), legend=None),
        shape=alt.Shape("component:N", scale=shape_scale(letters), legend=None),
        tooltip=lines([("component:N", "Component", None)]),
    )
    return [shapes, base.mark_text(**words(fontWeight="bold", dy=18)).encode(text=alt.Text("component:N"))]
