"""A value far from all others, said beside the fit that it spoils, with the ways to keep it from that."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from gmm_core.errors import GmmError
from pages.shared import session
from pages.shared.remarks import Act, Remark
from pages.shared.results import features_of
from pages.shared.stores import kept
from pages.shared.wording import escaped
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    from gmm_core.tables.far_values import FarValue

MOST_COLUMNS = 20
"""Columns that are looked at."""


def remarks(workspace: Workspace) -> list[Remark]:
    """The first such value of the chosen columns, to be left out or counted as noise; none where there is none."""
    found = [] if workspace.settings.noise else kept("far values", 16, workspace.key, lambda: _first(workspace))
    return [_remark(workspace, name, far) for name, far in found]


def _remark(workspace: Workspace, name: str, far: FarValue) -> Remark:
    from gmm_core.tables.spec_changes import without_far

    leave_out = Act("Leave it out", "far-out", lambda: session.prepare(without_far(workspace.spec, name, far)))
    noise = Act("Allow for noise", "far-noise", partial(session.change_settings, noise=True))
    return Remark(escaped(far.sentence(name)), (leave_out, noise))


def _first(workspace: Workspace) -> list[tuple[str, FarValue]]:
    """One at most; an empty list is kept, too."""
    from gmm_core.tables.far_values import far_value

    with suppress(GmmError):
        features = features_of(workspace)
        columns = zip(features.columns[:MOST_COLUMNS], features.table_values.T, features.transforms, strict=False)
        found = ((name, far_value(x, transform)) for name, x, transform in columns)
        return list(islice(((name, far) for name, far in found if far is not None), 1))
    return []
