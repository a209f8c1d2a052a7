"""Whether new rows come from the same mixture as the fitted ones: a sentence, and shares of the groups then and now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from gmm_core.model.drift import ODD, Excess, Shares, Shift, bounded, changed, excess, mean_shift, shares_of
from pages.shared import downloads, drawing, tagging
from pages.shared.scoring import Scored, fitted_rows
from pages.shared.stores import kept
from pages.shared.wording import counted, listed, share

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 10
"""Rows from which a drift is judged."""

SLIGHT = 0.05
"""Shift of the mean log density, in nats, that makes a row 5 % less likely: below, it hardly matters."""

WIDE = 0.5
"""Loss of log density a row, in nats, that an interval must leave out before rows are said to fit as well."""

MANY_ODD, MOSTLY_ODD = 0.01, 0.5
"""Share of rows that fit no group, beyond what is expected, from which it matters; and beyond which the groups' shares
say nothing."""


@dataclass(frozen=True, eq=False)
class Drift:
    """The new rows against the fitted ones, in three ways."""

    shift: Shift
    excess: Excess
    then: Shares
    now: Shares

    @property
    def is_shifted(self) -> bool:
        """Whether most rows fit better or worse than the fitted ones."""
        return self.shift.is_clear and abs(self.shift.estimate) >= SLIGHT

    @property
    def has_foreigners(self) -> bool:
        """Whether more rows than expected fit no group."""
        return self.excess.is_clear and self.excess.n - self.excess.expected >= MANY_ODD * self.now.n_rows


def section(scored: Scored) -> None:
    """The note on drift, for rows that the model was not fitted to."""
    if not scored.is_new:
        return
    st.subheader("Are they from the same mixture?", anchor=False)
    if scored.n_rows < FEWEST:
        st.markdown(f"{counted(scored.n_rows, 'row')} cannot show a drift: it takes at least {FEWEST}.")
        return
    content = f"{scored.key}|{scored.fitted.rows_key}"
    drift = kept("drift", 8, content, lambda: _measured(scored))
    st.markdown(f"**{verdict(scored, drift)}**")
    shares = _frame(scored, drift)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        drawing.chart("drift-shares", content, lambda: charts.shares(shares), "Shares of the groups then and now")
    with right:
        st.caption(
            "Hollow: the fitted rows; filled: the new ones, by the fitted groups. Lines: 95\u00a0% intervals. The "
            "shift says how much less common the new rows are under the fitted groups (mean log density; its interval "
            "is a bootstrap's), allowing for a fit always suiting its own rows a little better. A few very odd rows "
            f"can't decide it: rows that fit no group (p-value up to {ODD:g}) are counted apart. All this takes rows "
            "as independent; for readings in a series, which are not, intervals are too narrow."
        )
    table, rounded = shares.rename(columns={"component": "group"}), dict.fromkeys(("estimate", "low", "high"), 3)
    table = tagging.with_names(scored.fitted, table)
    downloads.table(table, "shares then and now", "drift-table", "Shares of the groups then and now", rounded)


def verdict(scored: Scored, drift: Drift) -> str:
    """Whether they are from the same mixture, in a sentence."""
    moved = "" if drift.excess.n > MOSTLY_ODD * drift.now.n_rows else _moved(scored, drift.then, drift.now)
    if drift.is_shifted or drift.has_foreigners:
        also = [f"shares have changed too: {moved}"] if moved else []
        return f"No: {'; '.join([*_differences(drift), *also])}."
    fits = f"(shift of log density a row {_digits(drift.shift.estimate)}, {_ends(drift.shift)})"
    if drift.shift.low < -WIDE:
        also = [f"shares have changed: {moved}"] if moved else []
        return f"Can't tell: {'; '.join([f'the rows may fit as well as the fitted ones, or worse {fits}', *also])}."
    fits = f"they fit as well as the fitted rows {fits}"
    if moved:
        return f"The same groups in other shares: {moved}; {fits}."
    return f"No sign of drift: {fits}, and the shares of the groups agree."


def _differences(drift: Drift) -> list[str]:
    """How the new rows differ in how well they fit."""
    found, shift = [], drift.shift
    if drift.is_shifted:
        how = "fit worse" if shift.estimate < 0 else "lie closer to the centres"
        size, *ends = (_digits(each) for each in sorted(map(abs, (shift.low, shift.estimate, shift.high))))
        found.append(f"the new rows {how}, by {ends[0]} ({size} to {ends[1]}) in log density a row")
    if drift.has_foreigners:
        n, expected = drift.excess.n, drift.excess.expected
        rows = f"{n:,} of {counted(drift.now.n_rows, 'row')} ({share(n / drift.now.n_rows)})"
        found.append(f"{rows} fit no group, where {expected:,.{int(expected < 9.95)}f} were to be expected")
    return found


def _ends(shift: Shift) -> str:
    return f"{_digits(shift.low)} to {_digits(shift.high)}"


def _digits(nats: float) -> str:
    decimals = 2 if abs(nats) < 10 else 0
    return f"{round(nats, decimals) + 0.0:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")  # -0.0 + 0.0 is 0.0


def _moved(scored: Scored, then: Shares, now: Shares) -> str:
    parts = zip(scored.fitted.names, changed(then, now), then.estimates, now.estimates, strict=True)
    called = partial(tagging.called, scored.fitted)
    return listed([f"{called(name)} {share(old)} then, {share(new)} now" for name, beyond, old, new in parts if beyond])


def _measured(scored: Scored) -> Drift:
    fitted = scored.fitted
    optimism = fitted.fit.mixture.n_parameters / fitted.fit.n_rows
    then, weights = fitted_rows(fitted), fitted.features.weights
    with_weight = slice(None) if weights is None else weights > 0  # a row of weight 0 was not fitted
    old, new = then.oddness, scored.oddness
    return Drift(
        mean_shift(*bounded(old.surplus[with_weight], new.surplus), optimism),
        excess(old.p_value[with_weight], new.p_value),
        shares_of(then.memberships[with_weight]),
        shares_of(scored.memberships),
    )


def _frame(scored: Scored, drift: Drift) -> pd.DataFrame:
    from gmm_core.tables.outliers import shares_frame

    return shares_frame(drift.then, drift.now, scored.fitted.names)
