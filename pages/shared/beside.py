"""The same number of clusters by k-means, laid beside the mixture, and how far both agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core.charts.style import NOISE
from gmm_core.errors import GmmError
from gmm_core.model.choice.agreement import CrossTable, cross_table, renumbered
from gmm_core.model.choice.kmeans import k_means
from pages.shared import frame, jobs
from pages.shared.asked import asked
from pages.shared.effort import SECONDS_WITHOUT_ASKING
from pages.shared.results import Fitted, features_of
from pages.shared.wording import counted, share

if TYPE_CHECKING:
    from gmm_core.tables.features import FeatureMatrix
    from gmm_core.tables.selecting import Rows

N_STARTS = 25

ROWS_A_SECOND = 150_000
"""Rows that k-means groups in a second, roughly, with its starts."""

NAME = "k-means"
NOISE_LABEL = -1


@dataclass(frozen=True, eq=False)
class Beside:
    """Rows without a gap, (M,), by their positions in the table, and their groups: the mixture's, as names and as
    their places among ``names``, and, under the letters that they go with, those of k-means."""

    rows: Rows
    labels: Rows
    groups: Any
    clusters: Any
    names: tuple[str, ...]
    rows_key: str

    def among(self, places: Rows) -> Beside:
        """Some of these rows alone."""
        taken = {name: getattr(self, name)[places] for name in ("rows", "labels", "groups", "clusters")}
        return replace(self, **taken)

    @cached_property
    def different(self) -> Rows:
        """Places of the rows of a group that k-means puts into another: noise is no group."""
        found: Rows = ((self.groups != self.clusters) & (self.groups != NOISE)).nonzero()[0]
        return found

    @cached_property
    def table(self) -> CrossTable:
        """How many rows are in which groups of both."""
        return cross_table(self.groups, self.clusters)

    @cached_property
    def n_noise(self) -> int:
        """Rows that are noise in the mixture: k-means has no such thing."""
        return int((self.groups == NOISE).sum())

    @property
    def n_different(self) -> int:
        """Rows of a group that k-means puts into another."""
        return len(self.different)


def grouped_or_stop(fitted: Fitted) -> Beside:
    """Both groupings; where there are none yet, say why and end the page."""
    try:
        found = _grouped(fitted)
    except GmmError as error:
        frame.complain(error)
        st.stop()
    if found is None:
        st.stop()
    return found


def _grouped(fitted: Fitted) -> Beside | None:
    workspace = fitted.workspace
    spec = {"scaling": "standard", "gaps": "drop"} if fitted.has_gaps else {"scaling": "standard"}
    features = features_of(workspace.with_spec(**spec))
    k, seed = fitted.mixture.n_components, workspace.settings.seed

    def work(report: jobs.Report) -> Any:
        def watch(n_done: int) -> bool:
            return report(n_done / (N_STARTS + 1), f"k-means with {counted(k, 'cluster')}, start {n_done + 1}")

        return k_means(features.values, k, N_STARTS, seed, features.weights, watch).labels

    cost = len(features.values) / ROWS_A_SECOND
    labels = asked("k-means", f"{workspace.key}|{k}|{seed}", "Run k-means", cost, work, SECONDS_WITHOUT_ASKING)
    return None if labels is None else _lettered(fitted, features, labels)


def _lettered(fitted: Fitted, features: FeatureMatrix, labels: Any) -> Beside:
    import pandas as pd

    from gmm_core.tables.results import component_letters, group_letters

    at = pd.Index(fitted.features.rows).get_indexer(pd.Index(features.rows))
    own, k = fitted.group_memberships[at].argmax(axis=1), fitted.mixture.n_components
    names, letters = group_letters(fitted.mixture), component_letters(2 * k)  # clusters that go with none have others
    matched = renumbered(labels, own - (own == k) * (k - NOISE_LABEL))
    groups, clusters = (pd.Index(of).take(at).to_numpy() for of, at in ((names, own), (letters, matched)))
    return Beside(features.rows, own, groups, clusters, names, f"{fitted.key}|{NAME}")


def verdict(fitted: Fitted, other: Beside) -> str:
    """How far both agree, in a sentence."""
    n = len(other.groups) - other.n_noise
    if fitted.mixture.n_components == 1:
        return "With one group there is nothing to compare."
    if n == 0:
        return "No row to compare is in a group: all are noise."
    if other.n_different == 0:
        return f"Yes: k-means puts all {counted(n, 'row')} into the same groups."
    agreed = 1 - other.n_different / n
    start = "Almost" if agreed > 0.95 else "In part" if agreed > 0.7 else "No"
    verb = "row goes" if other.n_different == 1 else "rows go"
    return (
        f"{start}: {share(agreed)} of rows are in the same groups, and {other.n_different:,} {verb} elsewhere "
        f"(adjusted Rand index {other.table.without(NOISE).adjusted_rand:.2f}; 1 is the same, 0 is chance)."
    )


def cautions(fitted: Fitted, other: Beside) -> list[str]:
    """What k-means takes for granted, and which rows are not compared."""
    found = [
        "k-means gives each row to the nearest centre, in standardised columns. So it suits round groups of equal "
        "width, and cuts off parts of groups that are long, tilted or wider than their neighbours. A mixture of "
        "equally large round groups, all of one spread, becomes k-means as that spread goes to zero."
    ]
    if other.n_noise:
        found.append(f"{counted(other.n_noise, 'row')} of noise are not counted: k-means puts every row into a group.")
    if hidden := len(fitted.features.rows) - len(other.groups):
        found.append(f"{counted(hidden, 'row')} with gaps are left out here, for k-means needs every value.")
    return found
