"""Results of the workspace: its features, and what follows from its fit; each computed once.

Results are kept in bounded stores, keyed on the table's content, the specification and the
settings, so a change of any of them needs no reset.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gmm_core import Fit, FitSettings, Mixture
from gmm_core.model.checking import POSITION
from gmm_core.model.choice.criteria import CRITERIA
from gmm_core.model.choice.merging import merge_path
from gmm_core.model.em.gaps import count_patterns
from gmm_core.model.transforms import carrying
from pages.shared.effort import predicted_seconds
from pages.shared.stores import kept
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.model.choice.criteria import Evidence
    from gmm_core.model.choice.merging import MergePath
    from gmm_core.model.em.forms import Array
    from gmm_core.tables.features import FeatureMatrix
    from gmm_core.tables.results import Rows


@dataclass(frozen=True, eq=False)
class Fitted:
    """A fit with its features; densities are those of ``mixture`` at ``features.working_values``."""

    workspace: Workspace
    features: FeatureMatrix
    fit: Fit
    stopped: int = 0
    """The job that the person ended early, by its number; 0 where none was."""

    @property
    def key(self) -> str:
        """What derived results are kept under: a fit that was stopped early shares nothing with the full one."""
        return f"{self.workspace.fit_key}|stopped {self.stopped}" if self.stopped else self.workspace.fit_key

    @property
    def unfinished(self) -> bool:
        """Whether going on may change the result: it was stopped before all starts were run and had settled."""
        return bool(self.stopped) and (len(self.fit.starts) < self.workspace.settings.n_init or not self.fit.converged)

    @cached_property
    def mixture(self) -> Mixture:
        """The mixture of the columns in working units: those of the table, but for transformed columns.

        With components and noise its memberships are not quite ``group_memberships``.
        """
        if self.features.way.axes is None:
            return self.features.to_working(self.fit.mixture)
        return kept("components", 3, self.key, lambda: self.features.to_working(self.fit.mixture))  # seconds if wide

    @cached_property
    def centres(self) -> Array:
        """Where the groups' means lie in the table's units, (K, D): geometric means, medians (``Transform.centre``)."""
        return carrying.centres(self.mixture, self.features.transforms)

    def middle(self, probability: float) -> tuple[Array, Array]:
        """Ends (K, D) in the table's units between which each group has ``probability`` of its middle values."""
        return carrying.intervals(self.mixture, self.features.transforms, probability)

    @cached_property
    def spreads(self) -> Array:
        """How far each column spreads over all rows, in the table's units, (D,): digits are fitted to it."""
        return carrying.spreads(self.mixture, self.features.transforms)

    @cached_property
    def evidence(self) -> Evidence:
        """What the criteria are made of, for the table's units."""
        return self.features.in_table_units(self.fit.evidence)

    @property
    def log_likelihood(self) -> float:
        """In nats, for the table's units."""
        return self.evidence.log_likelihood

    def criterion(self, name: str) -> float:
        """A criterion for the table's units."""
        return CRITERIA[name](self.evidence)

    @property
    def has_gaps(self) -> bool:
        """Whether rows with gaps were fitted."""
        return self.workspace.spec.gaps == "em"

    @property
    def group_memberships(self) -> Array:
        """Responsibilities (N, K) of the rows that were fitted; (N, K + 1) with noise."""
        return kept("memberships", 4, self.key, lambda: self.fit.mixture.memberships(self.features.values))

    @property
    def merging(self) -> MergePath:
        """How the groups merge into clusters, by Baudry and others (2010)."""
        weights = self.features.weights
        return kept(
            "merging", 8, self.key, lambda: merge_path(self.group_memberships[:, : self.mixture.n_components], weights)
        )

    @property
    def merged(self) -> tuple[tuple[int, ...], ...]:
        """The groups of each cluster; where nothing is merged each group is one."""
        n = self.workspace.n_clusters
        k = self.mixture.n_components
        return self.merging.groups(n) if n is not None else tuple((each,) for each in range(k))

    @property
    def of_what(self) -> str:
        """What shares are shares of: rows, or where these count differently, their weight."""
        return "of rows" if self.features.weights is None else "of the weight"

    @property
    def rows_key(self) -> str:
        """What results that follow from the clusters are kept under."""
        return f"{self.key}|{self.workspace.n_clusters}"

    @property
    def memberships(self) -> Array:
        """Responsibilities of the clusters, and of the noise last: (N, C), a column for each of ``names``."""
        n = self.workspace.n_clusters
        if n is None:
            return self.group_memberships
        return kept("memberships", 4, self.rows_key, lambda: self.merging.memberships(self.group_memberships, n))

    @property
    def certainty(self) -> Array:
        """The largest membership of each fitted row, (N,)."""
        return kept("certainty", 4, self.rows_key, lambda: self.memberships.max(axis=1))

    @property
    def labels(self) -> Rows:
        """Which of ``names`` each fitted row belongs to, (N,)."""
        return kept("labels", 4, self.rows_key, lambda: self.memberships.argmax(axis=1))

    @property
    def rows_frame(self) -> pd.DataFrame:
        """All rows of the table with their group, certainty and memberships: for files, and not kept."""
        from gmm_core.tables.results import memberships_frame

        return memberships_frame(self.workspace.table.frame, self.features.rows, self.memberships, self.names)

    @property
    def added_columns(self) -> tuple[str, ...]:
        """Names in ``rows_frame`` of group, certainty, uncertainty and memberships, clear of the table's own names."""
        from gmm_core.tables.results import clear_names, membership_columns

        return clear_names(membership_columns(self.names), self.workspace.table.frame.columns)

    @property
    def letters(self) -> tuple[str, ...]:
        """The groups' letters, in order."""
        from gmm_core.tables.results import component_letters

        return component_letters(self.mixture.n_components)

    @property
    def names(self) -> tuple[str, ...]:
        """A name for each column of the memberships: the clusters', and "noise" last where there is noise."""
        from gmm_core.tables.merging import cluster_names
        from gmm_core.tables.results import group_letters

        return cluster_names(self.merged, group_letters(self.mixture))


def features_of(workspace: Workspace) -> FeatureMatrix:
    """The matrix that the specification makes of the table.

    Raises
    ------
    GmmError
        Where the chosen columns cannot be used; it names column and row.
    """
    return kept("features", 6, workspace.key, lambda: workspace.spec.apply(workspace.table.frame))


def predicted(features: FeatureMatrix, settings: Iterable[FitSettings]) -> float:
    """Predicted seconds of fits of these features with these settings."""
    return sum(_predicted(features, settings))


def parts_of_time(features: FeatureMatrix, settings: Sequence[FitSettings]) -> list[float]:
    """The share of the time of all these fits that each takes.

    They count by their groups beside the predicted time: with more the time rises faster than predicted (measured on
    four tables, up to 6 groups).
    """
    times = [cost * each.n_components for cost, each in zip(_predicted(features, settings), settings, strict=True)]
    return [time / sum(times) for time in times]


def _predicted(features: FeatureMatrix, settings: Iterable[FitSettings]) -> list[float]:
    (n_rows, n_features), n_patterns = features.values.shape, count_patterns(features.values)
    return [predicted_seconds(n_rows, n_features, [each], n_patterns) for each in settings]


def named(features: FeatureMatrix) -> pd.DataFrame:
    """The features under their names, and the rows under their places in the table, so that messages can name both."""
    import pandas as pd

    return pd.DataFrame(
        features.values, index=pd.Index(features.rows, name=POSITION), columns=list(features.feature_names), copy=False
    )
