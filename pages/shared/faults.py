"""Known faults: a column that marks them, and how many of them are flagged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.shared.scoring import Scored
from pages.shared.stores import kept
from pages.shared.wording import counted, escaped, share

if TYPE_CHECKING:
    import pandas as pd

MOST_VALUES = 10
"""Different values up to which a column may mark faults."""

RARE = 0.1
"""Share of rows up to which one of two values is taken for the mark of a fault, before anyone says so."""

NONE = "none"


@dataclass(frozen=True, eq=False)
class Faults:
    """Which of the scored rows are known faults, (N,), by which column and value."""

    column: str
    value: str
    known: Any

    @property
    def n(self) -> int:
        """How many there are."""
        return int(self.known.sum())

    def sentence(self, scored: Scored, n_flagged: int) -> str:
        """Recall and precision of the flags."""
        mark = f"{escaped(self.column)} = {escaped(self.value)}"
        if not self.n:
            return f"None of these rows is marked as a fault ({mark})."
        hits = int(self.known[scored.oddness.order[:n_flagged]].sum())
        recall = f"**{hits:,} of {counted(self.n, 'known fault')} flagged** (recall {share(hits / self.n)}; {mark})"
        if not n_flagged:
            return f"{recall}."
        return f"{recall}; of the {n_flagged:,} flagged {hits:,} are faults (**precision {share(hits / n_flagged)}**)."


def choose(scored: Scored) -> Faults | None:
    """Choose the column that marks known faults, and the value that does; None where there is none."""
    values = kept("fault-columns", 8, f"{scored.key}", lambda: _columns(scored))
    if not values:
        return None
    names = [NONE, *values]
    suggested = next((name for name, found in values.items() if _looks_like_a_mark(found)), NONE)
    with st.container(horizontal=True):
        name = st.selectbox(
            "Known faults",
            names,
            names.index(suggested),
            key=f"fault-column-{'|'.join(names)}",
            help="A column that marks them. Then the page counts how many of them are flagged (recall), and how many "
            "of the flagged rows are faults (precision).",
        )
        if name == NONE:
            return None
        value = st.selectbox("A fault is", list(values[name].index), key=f"fault-value-{name}")
    known = (scored.frame[name].iloc[scored.rows].astype(str) == value).to_numpy()
    return Faults(name, str(value), known)


def _columns(scored: Scored) -> dict[str, pd.Series[Any]]:
    """Columns of few values that are no features: how often each value occurs, the rarest first."""
    found = {}
    for name in scored.frame.columns:
        if name in scored.features.columns or scored.frame[name].head(1_000).nunique() > MOST_VALUES:
            continue
        counts = scored.frame[name].iloc[scored.rows].astype(str).value_counts(ascending=True)
        if 0 < len(counts) <= MOST_VALUES:
            found[str(name)] = counts
    return found


def _looks_like_a_mark(counts: pd.Series[Any]) -> bool:
    return len(counts) == 2 and counts.iloc[0] <= RARE * counts.sum()
