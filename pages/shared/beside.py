"""The parts of "Would k-means see the same?": the same number of clusters by k-means, laid beside the mixture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from gmm_core.charts.style import NOISE
from gmm_core.errors import GmmError
from gmm_core.model.choice.agreement import CrossTable, cross_table, renumbered
from gmm_core.model.choice.kmeans import k_means
from pages.shared import downloads, drawing, frame, jobs, pictures, sides, tabbed, tagging
from pages.shared.asked import asked
from pages.shared.effort import SECONDS_WITHOUT_ASKING
from pages.shared.results import Fitted, features_of
from pages.shared.sides import Side
from pages.shared.tables import name_first
from pages.shared.wording import counted, share

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View
    from gmm_core.tables.features import FeatureMatrix

N_STARTS = 25

ROWS_A_SECOND = 150_000
"""Rows that k-means groups in a second, roughly, with its starts."""

MAP = 380
"""Pixels of a map's height."""

MOST_SAMPLED = pictures.MOST_SAMPLED // 2
"""Rows on each map, which is half as wide as the fit's own."""

NAME = "k-means"
NOISE_LABEL = -1


@dataclass(frozen=True, eq=False)
class Beside:
    """Groups of the rows without a gap: the mixture's and, under the letters that they go with, those of k-means."""

    features: FeatureMatrix
    groups: Any
    clusters: Any

    @cached_property
    def table(self) -> CrossTable:
        """How many rows are in which groups of both."""
        return cross_table(self.groups, self.clusters)

    @cached_property
    def n_noise(self) -> int:
        """Rows that are noise in the mixture: k-means has no such thing."""
        return int((self.groups == NOISE).sum())

    @cached_property
    def n_different(self) -> int:
        """Rows of a group that k-means puts into another."""
        return int((self.groups != self.clusters).sum()) - self.n_noise


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
    letters = component_letters(2 * k)  # groups that go with none have letters of their own
    groups = pd.Index(group_letters(fitted.mixture)).take(own).to_numpy()
    own[own == k] = NOISE_LABEL
    clusters = pd.Index(letters).take(renumbered(labels, own)).to_numpy()
    return Beside(features, groups, clusters)


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


def maps(fitted: Fitted, other: Beside) -> None:
    """Both groupings of the rows on two axes, side by side."""
    if len(sides.axes(fitted)) == 1:
        return
    side = sides.chosen(fitted)
    if len(side.names) == 1:
        return
    for number, (title, place) in enumerate(zip(("The mixture", NAME), st.columns(2, gap="medium"), strict=True)):
        with place:
            st.subheader(title, anchor=False)
            chart, content = partial(_map, number, fitted, other, side), f"{fitted.key}|{side.key}|{number}"
            drawing.chart(f"beside-{number}", content, chart, f"{title}: rows coloured by group")
    sampled = f" {pictures.SAMPLED}" if len(fitted.memberships) > pictures.MOST_POINTS else ""
    st.caption(f"Rings on the second map: rows that k-means puts into another group.{sampled}")


def _map(number: int, fitted: Fitted, other: Beside, side: Side) -> View:
    """The first map or the second, on the axes of both."""
    from gmm_core.tables import agreement, mixture_frames
    from gmm_core.tables.results import group_letters

    letters = group_letters(fitted.mixture)
    points = pictures.points(fitted, side, fitted.group_memberships, letters, sample=MOST_SAMPLED)
    points = points[points["row"].isin(other.features.rows + 1)]
    again = agreement.regrouped(points, other.features.rows, other.clusters)
    again["differs"] &= (points["component"] != NOISE).to_numpy()
    axes, ellipses = side.titled(), mixture_frames.ellipses_frame(side.mixture, carry=side.carry)
    first = charts.scatter(points, ellipses=ellipses, height=MAP, **axes)
    return charts.same_axes(first, charts.ringed(charts.scatter(again, height=MAP, **axes), again))[number]


def tabs(fitted: Fitted, other: Beside) -> None:
    """The cross table, and the rows that differ."""
    tabbed.tabs(
        "beside-tabs",
        {"Cross table": lambda: _cross(fitted, other), "Rows that differ": lambda: _differences(fitted, other)},
    )


def _cross(fitted: Fitted, other: Beside) -> None:
    from gmm_core.tables.agreement import cross_frame, wide_cross_frame

    cells = cross_frame(other.table)
    drawing.chart("beside-cross", None, lambda: charts.cross_table(cells, x_title=NAME), "Rows by group and k-means")
    wide = tagging.with_names(fitted, wide_cross_frame(other.table))
    downloads.counts(wide, "k-means", "beside-wide", "Rows by group and by k-means")


def _differences(fitted: Fitted, other: Beside) -> None:
    from gmm_core.tables.agreement import differences_frame

    table, grouped = fitted.workspace.table.frame, other.groups != NOISE
    taken = (each[grouped] for each in (other.features.rows, other.groups, other.clusters))
    differ: pd.DataFrame = differences_frame(table, *taken, other=NAME)
    differ = tagging.with_names(fitted, differ, str(differ.columns[0]))
    shown = differ.reset_index()[name_first(fitted.workspace, ["row", *differ.columns])]
    downloads.table(shown, "rows that differ", "beside-rows", "Rows that k-means puts elsewhere", {})
