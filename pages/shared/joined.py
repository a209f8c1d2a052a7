"""Groups under the names of the clusters that they were merged into, for charts of memberships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.shared.results import Fitted

if TYPE_CHECKING:
    import pandas as pd


def clusters(fitted: Fitted) -> dict[str, str]:
    """The name of its cluster for each group's letter, and for "noise"."""
    from gmm_core.tables.merging import cluster_of
    from gmm_core.tables.results import group_letters

    return cluster_of(fitted.merged, group_letters(fitted.mixture))


def named(fitted: Fitted, frame: pd.DataFrame) -> pd.DataFrame:
    """A chart's frame of groups with the names of their clusters."""
    from gmm_core.tables.merging import in_clusters

    return in_clusters(frame, clusters(fitted))
