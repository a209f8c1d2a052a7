"""A workspace prepared otherwise, by hand or by a saved recipe, as far as that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_core.errors import GmmError
from pages.shared.results import features_of
from pages.shared.tables import frame_of
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    from gmm_core.tables.features import FeatureSpec


def prepared(workspace: Workspace, spec: FeatureSpec) -> Workspace:
    """The workspace with another specification.

    Raises
    ------
    GmmError
        Where a column cannot be made, or that makes no features though the present one does; else each step of mending
        several faults may be taken.
    """
    wanted = workspace.with_whole_spec(spec)
    frame_of(wanted)
    try:
        features_of(wanted)
    except GmmError:
        if has_features(workspace):
            raise
    return wanted


def recipe_workspace(workspace: Workspace, content: bytes) -> Workspace:
    """The workspace prepared by a recipe, its constants found anew.

    Raises
    ------
    GmmError
        Where the bytes are no recipe, the table lacks columns, or it cannot be prepared so.
    """
    from gmm_core.tables.recipe import from_recipe
    from gmm_core.tables.spec_changes import check_columns_there

    spec = from_recipe(content.decode("utf-8-sig", errors="replace")).spec
    check_columns_there(spec, workspace.table.frame.columns)
    return prepared(workspace, spec)


def has_features(workspace: Workspace) -> bool:
    """Whether the workspace's columns can be used as they are prepared."""
    try:
        features_of(workspace)
    except GmmError:
        return False
    return True
