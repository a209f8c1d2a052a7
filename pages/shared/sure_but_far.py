"""Rows that are certain of their group and yet far from all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.shared import downloads, frame, on_screen, tagging
from pages.shared.digits import written
from pages.shared.results import Fitted
from pages.shared.scoring import Scored, fitted_rows
from pages.shared.tables import clear_of, with_cells
from pages.shared.wording import counted, p_value, share, small_share

if TYPE_CHECKING:
    import pandas as pd

SURE, FAR = 0.99, 0.001
"""Membership from which a row counts as sure, and the density's p-value up to which it counts as far."""

MOST_SHOWN = 500

_FORMATS: dict[str, Any] = {
    "rank": st.column_config.Column(help="Share of the fitted rows that are as rare or rarer"),
    "p-value": st.column_config.Column(help="Share of the mixture's own rows that are as rare"),
    "distance": st.column_config.Column(help="Mahalanobis distance from the likeliest group"),
    "p-value of distance": st.column_config.Column(
        help="Chi-square probability of a distance as large for a row of that group"
    ),
}

_WRITTEN: dict[str, Callable[[float], str]] = {
    "certainty": share,
    "rank": small_share,
    "p-value": p_value,
    "distance": "{:.1f}".format,
    "p-value of distance": p_value,
}


@st.fragment
def section(fitted: Fitted) -> None:
    """How many such rows there are, the oddest first, and where to go on."""
    scored = fitted_rows(fitted)
    odd = positions(scored)
    st.markdown(f"**{verdict(scored, len(odd))}**")
    st.caption(f"Far: fewer than 1 in {1 / FAR:,.0f} rows drawn from these groups would be as rare.")
    if len(odd):
        clear = clear_of(fitted.workspace.table.frame, ["certainty", *_FORMATS])
        on_screen.table(
            written(far_frame(scored, odd[:MOST_SHOWN]), {clear[name]: how for name, how in _WRITTEN.items()}),
            key="unsure-far",
            alt="Rows that are sure of their group but far away",
            column_config={clear[name]: each for name, each in _FORMATS.items()},
            hide_index=True,
        )
        if len(odd) > MOST_SHOWN:
            st.caption(f"The {MOST_SHOWN} oddest of {len(odd):,}; the file has all.")
        downloads.button(lambda: far_frame(scored, odd), "sure but far away", "unsure-far-csv")
    frame.next_page("pages/use/outliers.py", "Outliers: set a threshold, see which columns make a row odd")


def positions(scored: Scored) -> Any:
    """Positions of the sure and far rows, the oddest first; rows that are noise are called odd already."""
    of_groups = scored.memberships[:, : len(scored.fitted.merged)]
    both = (of_groups.max(axis=1) >= SURE) & (scored.oddness.p_value <= FAR)
    order = scored.oddness.order
    return order[both[order]]


def verdict(scored: Scored, n: int) -> str:
    """How many rows are sure but far away, and how many would be by chance, in a sentence."""
    if n == 0:
        return f"No row that is {share(SURE)} or more in one group is far from all groups."
    rows, chance = counted(scored.n_rows, "row"), scored.n_rows * FAR
    by_chance = f"at most about {chance:,.{int(chance < 9.95)}f}" if chance >= 0.05 else "hardly any"
    return (
        f"{n:,} of {rows} {'is' if n == 1 else 'are'} {share(SURE)} or more in one group and yet far "
        f"from all groups; if all came from these groups, {by_chance} would be by chance."
    )


def far_frame(scored: Scored, at: Any) -> pd.DataFrame:
    """Rows at these positions with how sure and how far they are, and their cells."""
    import pandas as pd

    found, memberships, fitted = scored.oddness, scored.memberships[at], scored.fitted
    told = pd.DataFrame(
        {
            "row": scored.rows[at] + 1,
            "group": pd.Index(fitted.names).take(memberships.argmax(axis=1)),
            "certainty": memberships.max(axis=1),
            "rank": scored.ranks(at),
            "p-value": found.p_value[at],
            "distance": found.distance[at] ** 0.5,
            "p-value of distance": found.distance_p_value[at],
        }
    )
    return with_cells(fitted.workspace, tagging.with_names(fitted, told), scored.rows[at])
