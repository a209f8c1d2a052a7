"""Groups that share a cluster: how they merge, and into how many clusters to merge them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from gmm_core import charts
from pages.shared import controls, drawing, session
from pages.shared.results import Fitted
from pages.shared.wording import count_word, listed


def section(fitted: Fitted, key: str) -> None:
    """How unsure the rows are by number of clusters, the order of merging, and the choice."""
    from gmm_core.tables.merging import entropies_frame, tree_frames

    k = fitted.mixture.n_components
    if k < 2:
        st.markdown("There is one group, so nothing can be merged.")
        return
    st.markdown(f"**{verdict(fitted)}**")
    controls.show(key, len(fitted.merged))
    st.segmented_control(
        "Clusters",
        range(1, k + 1),
        key=key,
        required=True,
        on_change=_take,
        args=(key,),
        help="Merged groups count as one cluster in the memberships, on the map and in downloads.",
    )
    left, right = st.columns(2, gap="medium")
    with left:
        alt = "How unsure the rows are, by number of clusters"
        drawing.chart("merge-entropy", fitted.key, lambda: charts.entropy(entropies_frame(fitted.merging)), alt)
    with right:
        joins, leaves = tree_frames(fitted.merging)
        tree = partial(charts.merge_tree, joins, leaves, n_clusters=len(fitted.merged))
        drawing.chart("merge-tree", fitted.rows_key, tree, "The order in which the groups merge")
    st.caption(
        "Groups whose rows are hardest to tell apart merge first (Baudry and others 2010). Where the line of the first "
        "chart falls steeply, a merged pair shared many rows; where it is flat, the clusters are apart."
    )


def verdict(fitted: Fitted) -> str:
    """Whether groups share a cluster, in a sentence."""
    k, path = fitted.mixture.n_components, fitted.merging
    if fitted.workspace.n_clusters is not None:
        into = "one cluster" if len(fitted.merged) == 1 else f"{count_word(len(fitted.merged))} clusters"
        return f"The {count_word(k)} groups of the fit are merged into {into}: {listed(list(fitted.names))}."
    if path.apart:
        return f"The {count_word(k)} groups of the fit hardly share rows, so each is a cluster of its own."
    if path.suggested == k:
        return f"The {count_word(k)} groups of the fit share some rows, but no merge stands out, so none is suggested."
    joined = [
        listed([fitted.letters[each] for each in cluster])
        for cluster in path.groups(path.suggested)
        if len(cluster) > 1
    ]
    into = "one cluster" if path.suggested == 1 else f"{count_word(path.suggested)} clusters"
    return f"The {count_word(k)} groups of the fit may be {into}: {'; '.join(joined)} share many rows."


def _take(key: str) -> None:
    session.merge_into(int(st.session_state[key]))
