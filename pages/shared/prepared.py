"""A workspace prepared otherwise, by hand or by a saved recipe, as far as that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_core.errors import GmmError
from pages.shared.replacing import read_alike
from pages.shared.results import features_of
from pages.shared.tables import frame_of
from pages.shared.wording import counted, some
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


def recipe_workspace(workspace: Workspace, content: bytes) -> tuple[Workspace, str]:
    """The workspace read and prepared by a recipe, its constants found anew, and what was done and left out, in words.

    Raises
    ------
    GmmError
        Where the bytes are no recipe, the table lacks all its columns, or it cannot be prepared so.
    """
    from gmm_core.tables.carried import carried
    from gmm_core.tables.recipe import whole_recipe
    from gmm_core.tables.spec_changes import check_columns_there, left_out, steps

    text = content.decode("utf-8-sig", errors="replace")
    preparation, reading = whole_recipe(text)
    wanted = preparation.spec
    table, how = read_alike(workspace.table, reading, wanted)
    spec = carried(wanted, table.frame)
    if not spec.columns:
        check_columns_there(wanted, table.frame.columns)
    read = workspace if table is workspace.table else workspace.with_table(table)
    said = "; ".join([f"{counted(len(spec.columns), 'column')} chosen ({some(spec.columns)})", *steps(spec)])
    told = (f"The recipe was applied: {said}.", how, *left_out(wanted, spec, table.frame.columns))
    return prepared(read, spec), " ".join(each for each in told if each)


def has_features(workspace: Workspace) -> bool:
    """Whether the workspace's columns can be used as they are prepared."""
    try:
        features_of(workspace)
    except GmmError:
        return False
    return True
