"""What is known of a chosen column in the rows used: its figures, its gaps, and which transform would suit it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pages.shared.stores import kept
from pages.shared.tables import frame_of
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    from gmm_core.tables.feature_matrix import FeatureMatrix
    from gmm_core.tables.suggestions import Suggestion


MOST_LOOKED_AT = 50
"""Columns whose suggestions are sought at once."""


@dataclass(frozen=True)
class Look:
    """Figures of a column in the rows used, in the table's units; ``gaps`` are those of all rows."""

    mean: float
    spread: float
    low: float
    high: float
    gaps: int
    suggestion: Suggestion


def rows_key(workspace: Workspace) -> str:
    """Identifies the values in the table's units: whatever is done to them afterwards."""
    spec = workspace.spec
    as_they_are = replace(spec, transforms=(), scaling="none", components=None, label=None, name=None)
    return f"{workspace.table.digest}|{as_they_are!r}"


def look_of(workspace: Workspace, features: FeatureMatrix, name: str) -> Look:
    """The figures of one of the chosen columns."""
    return kept("looks", 256, f"{rows_key(workspace)}|{name}", lambda: _look(workspace, features, name))


def open_suggestions(workspace: Workspace, features: FeatureMatrix) -> dict[str, str]:
    """The transforms that would suit chosen columns which have none, by column; of many columns the first."""
    spec, names = workspace.spec, features.columns[:MOST_LOOKED_AT]
    found = {name: look_of(workspace, features, name).suggestion.transform for name in names}
    return {name: kind for name, kind in found.items() if kind != "none" and spec.transform_of(name).name == "none"}


def _look(workspace: Workspace, features: FeatureMatrix, name: str) -> Look:
    from gmm_core.tables.suggestions import suggest_transform

    x = features.column_values(features.columns.index(name))
    gaps = int(frame_of(workspace)[name].isna().sum())
    return Look(float(x.mean()), float(x.std()), float(x.min()), float(x.max()), gaps, suggest_transform(x))
