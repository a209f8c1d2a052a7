"""Which solutions may win, and why not.

The likelihood of a mixture is unbounded: a component that shrinks onto a row, onto ties, or onto a line through few
rows drives it to infinity. Such a solution says nothing about groups, however high its likelihood. The sentences are
for people; the kinds, rows and columns are for code.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.checking import count_distinct
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.forms import Array
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.families import Family

NEAR_FLOOR = 2.0
"""A variance below this multiple of the floor has run into it."""

LEANING = 0.3
"""A column takes part in a flat direction from this share of its unit vector on."""


@dataclass(frozen=True)
class Verdict:
    """Whether a solution may win.

    Attributes
    ----------
    kind : str
        "sound", "collapsed" (no spread in some direction), "empty" or "too few rows".
    component : int or None
        The component concerned.
    rows : tuple of int
        Positions of the rows that belong to it.
    columns : tuple of int
        Columns along which it has no spread.
    n_rows, n_needed : int
        Distinct rows that it has, and that its family needs.
    """

    kind: str
    component: int | None = None
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    n_rows: int = 0
    n_needed: int = 0

    @property
    def sound(self) -> bool:
        """Whether the solution may win."""
        return self.kind == "sound"

    def in_table(self, positions: NDArray[np.intp]) -> "Verdict":
        """The verdict on a part of a table's rows, with its rows named by their ``positions`` in that table."""
        return replace(self, rows=tuple(positions[list(self.rows)].tolist()))


SOUND = Verdict("sound")


def judge(parameters: Parameters, family: Family, expect: Expectation, table: Array, floor: float) -> Verdict:
    """The verdict on a solution in the scaled space of ``expect``, whose rows are those of ``table`` (N, D)."""
    counts = expect.rows_held(parameters)
    if counts.min() < 0.5:
        return Verdict("empty", int(counts.argmin()))
    collapsed = _flattest(parameters, floor)
    needed = family.rows_needed(parameters.n_features)
    suspects = [collapsed[0]] if collapsed else _thin(counts, needed)
    for component in suspects:
        members = np.flatnonzero(expect.labels(parameters) == component)
        if not len(members):
            return Verdict("empty", component)
        n_distinct = count_distinct(table[members])
        if collapsed:
            return Verdict("collapsed", component, tuple(members.tolist()), collapsed[1], n_distinct, needed)
        if n_distinct < needed:
            return Verdict("too few rows", component, tuple(members.tolist()), (), n_distinct, needed)
    return SOUND


def sentence(verdict: Verdict, columns: tuple[str, ...]) -> str:
    """The verdict in words; "" for a sound solution."""
    return _SENTENCES[verdict.kind](verdict, columns)


def name_rows(rows: tuple[int, ...], limit: int = 6) -> str:
    """Rows as a person counts them, from 1: "row 3", "rows 1, 3 and 5", "rows 1, 2, ... (40 in all)"."""
    shown = [str(row + 1) for row in rows[:limit]]
    if len(rows) > limit:
        return f"rows {', '.join(shown)} ... ({len(rows)} in all)"
    if len(shown) < 2:
        return f"row {''.join(shown)}"
    return f"rows {', '.join(shown[:-1])} and {shown[-1]}"


def _collapsed(verdict: Verdict, columns: tuple[str, ...]) -> str:
    where = " and ".join(columns[i] for i in verdict.columns)
    shape = "no spread in" if len(verdict.columns) == 1 else "no spread across a line or plane in"
    return (
        f"One group has shrunk onto {name_rows(verdict.rows)}, with {shape} {where}: its likelihood has no upper limit."
    )


def _too_few(verdict: Verdict, columns: tuple[str, ...]) -> str:
    return (
        f"One group rests on {verdict.n_rows} distinct row(s) ({name_rows(verdict.rows)}), "
        f"but its shape needs at least {verdict.n_needed}."
    )


_SENTENCES = {
    "sound": lambda verdict, columns: "",
    "empty": lambda verdict, columns: "One group has lost all its rows.",
    "collapsed": _collapsed,
    "too few rows": _too_few,
}


def _flattest(parameters: Parameters, floor: float) -> tuple[int, tuple[int, ...]] | None:
    """The component with the smallest variance in any direction, and the columns concerned, if that is at the floor."""
    if parameters.sharpness * floor * NEAR_FLOOR <= 1:
        return None
    dense = parameters.form.to_dense(parameters.covariances, parameters.n_components, parameters.n_features)
    values, vectors = np.linalg.eigh(dense)
    if values[:, 0].min() > NEAR_FLOOR * floor:
        return None
    component = int(values[:, 0].argmin())
    flat = vectors[component][:, values[component] <= NEAR_FLOOR * floor]
    return component, tuple(np.flatnonzero((np.abs(flat) >= LEANING).any(axis=1)).tolist())


def _thin(counts: Array, needed: int) -> list[int]:
    """Components that may rest on too few distinct rows: only those small enough to be worth counting."""
    return np.flatnonzero(counts < 10 * needed).tolist() if needed > 1 else []
