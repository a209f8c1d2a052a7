"""Who moved where since an earlier fit of this session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from gmm_core.model.choice.agreement import cross_table
from gmm_core.model.families import get_family
from pages.shared import downloads, drawing, session, tagging
from pages.shared.fitting import known_fit
from pages.shared.results import Fitted
from pages.shared.wording import count_word, counted, share
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View


@dataclass(frozen=True, eq=False)
class Change:
    """Rows that two fits have in common, with their groups before and after, by number.

    ``rows`` are positions in the table; ``match`` says for each group after which one before it goes with, -1 for none.
    """

    before: Fitted
    after: Fitted
    rows: Any
    groups_before: Any
    groups_after: Any
    weights: Any
    match: list[int]

    @cached_property
    def moves(self) -> pd.DataFrame:
        """How many rows went from which group to which."""
        from gmm_core.tables.flow import moves_frame

        names = (self.before.names, self.after.names)
        return moves_frame(self.groups_before, self.groups_after, names, self.match, self.weights)

    @cached_property
    def letters(self) -> tuple[Any, Any]:
        """The letters of each row's groups."""
        import pandas as pd

        pairs = ((self.before, self.groups_before), (self.after, self.groups_after))
        own, other = (pd.Index(fit.names).take(groups).to_numpy() for fit, groups in pairs)
        return own, other


def section(fitted: Fitted) -> None:
    """Choose an earlier fit, and see who moved."""
    earlier = {each.groups_key: each for each in reversed(session.history()) if _compares(each, fitted)}
    if not earlier:
        st.markdown(
            "This is the first fit of these rows in this session. Change the number of groups, the shape, the columns "
            "or the seed, and come back to see who moved."
        )
        return
    names = dict(zip(earlier, names_of(list(earlier.values())), strict=True))
    key = str(st.selectbox("Compare with", list(names), format_func=names.__getitem__, key="segment-before"))
    change = _change(earlier[key], fitted)
    if change is None:
        st.markdown("The two fits have no row in common.")
    else:
        _show(change)


def _compares(earlier: Workspace, fitted: Fitted) -> bool:
    """Whether an earlier fit is another than this one, and still there."""
    return earlier.groups_key != fitted.workspace.groups_key and known_fit(earlier) is not None


def names_of(fits: Sequence[Workspace]) -> tuple[str, ...]:
    """What each fit is called in the list, no two alike."""
    from gmm_core.tables.results import clear_names

    return clear_names([_words(each) for each in fits], ())


def _words(workspace: Workspace) -> str:
    """ "four groups, free shape, seed 0, 10 starts (length, depth; logarithm of depth)"."""
    from gmm_core.tables.spec_changes import steps

    settings = workspace.settings
    k = settings.n_components
    parts = [f"{count_word(k)} group{'s' * (k > 1)}", get_family(settings.covariance_type).words]
    parts += [f"merged into {workspace.n_clusters}"] if workspace.n_clusters is not None else []
    parts += ["with noise"] if settings.noise else []
    parts += ["small groups steadied"] if settings.prior is not None else []
    parts += ["equal sizes"] if settings.equal_weights else []
    parts += [f"seed {settings.seed}", f"{settings.n_init} starts"]
    parts += ["and those with fewer groups"] if workspace.guided else []
    return f"{', '.join(parts)} ({'; '.join([', '.join(workspace.spec.columns), *steps(workspace.spec)])})"


def _change(earlier: Workspace, after: Fitted) -> Change | None:
    from gmm_core.model.choice.matching import counterparts
    from gmm_core.tables.flow import shared_rows

    before = known_fit(earlier)
    if before is None:
        return None
    mine, theirs = shared_rows(before.features.rows, after.features.rows)
    if not len(mine):
        return None
    own, other = before.memberships[mine], after.memberships[theirs]
    weights = after.features.weights
    counts = None if weights is None else weights[theirs]
    match = counterparts(own, other).tolist()
    return Change(before, after, after.features.rows[theirs], own.argmax(axis=1), other.argmax(axis=1), counts, match)


def _show(change: Change) -> None:
    from gmm_core.tables.agreement import wide_cross_frame

    st.markdown(f"**{verdict(change.moves)}**")
    key = f"{change.before.rows_key}|{change.after.rows_key}|{tagging.names_of(change.before)}"
    drawing.chart("segment-flow", key, partial(_flow, change), "Who moved where")
    st.caption("Faint bands: rows that stayed with their group; full ones: rows that moved to another.")
    table = cross_table(*change.letters, change.weights)
    downloads.counts(wide_cross_frame(table), "who moved where", "segment-cross", "Rows by group before and now")
    st.caption(f"Down: the groups before; across: now. Adjusted Rand index {table.adjusted_rand:.2f}; 1 is the same.")
    downloads.button(partial(_moved, change), "rows that moved", "segment-moved", "Download the rows that moved")


def _flow(change: Change) -> View:
    from gmm_core.tables.flow import flow_frames

    frames = flow_frames(change.moves, (change.before.names, change.after.names))
    return charts.flow(*frames, called=tagging.names_of(change.before))


def verdict(moves: pd.DataFrame) -> str:
    """How many rows moved, in a sentence."""
    moved, total = float(moves.loc[~moves["stayed"], "rows"].sum()), float(moves["rows"].sum())
    if moved == 0:
        return f"No row moved: all {total:,.0f} are in the group that goes with their former one."
    verb = "is" if moved == 1 else "are"
    return (
        f"{counted(round(moved), 'row')} of {total:,.0f} ({share(moved / total)}) {verb} in another group than before."
    )


def _moved(change: Change) -> pd.DataFrame:
    """The rows whose group is not the one that goes with their former one."""
    import pandas as pd

    from gmm_core.tables.results import clear_names

    own, other = change.letters
    moved = pd.Index(change.match).take(change.groups_after) != change.groups_before
    frame = change.after.workspace.table.frame.iloc[change.rows[moved]].copy()
    added = clear_names(("row", "group before", "group"), frame.columns)
    values = (change.rows[moved] + 1, own[moved], other[moved])
    for position, (name, cells) in enumerate(zip(added, values, strict=True)):
        frame.insert(position, name, cells)
    return tagging.with_names(change.after, frame, added[2])
