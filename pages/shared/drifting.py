"""Whether new rows come from the same mixture as the fitted ones: a sentence, and shares of the groups then and now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from gmm_core.model.drift import Shares, Shift, changed, mean_shift, shares_of
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

FOREIGN = 10.0
"""Shift beyond which hardly a row belongs to any group, so that their shares say nothing."""


def section(scored: Scored) -> None:
    """The note on drift, for rows that the model was not fitted to."""
    if not scored.is_new:
        return
    st.subheader("Are they from the same mixture?", anchor=False)
    if scored.n_rows < FEWEST:
        st.markdown(f"{counted(scored.n_rows, 'row')} cannot show a drift: it takes at least {FEWEST}.")
        return
    content = f"{scored.key}|{scored.fitted.rows_key}"
    shift, then, now = kept("drift", 8, content, lambda: _measured(scored))
    st.markdown(f"**{verdict(scored, shift, then, now)}**")
    shares = _frame(scored, then, now)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        drawing.chart("drift-shares", content, lambda: charts.shares(shares), "Shares of the groups then and now")
    with right:
        st.caption(
            "Hollow: the fitted rows; filled: the new ones, by the fitted groups. Lines: 95 % intervals. The shift is "
            "of the mean log density, less what a fit flatters its own rows by; its interval is a bootstrap's. Both "
            "take rows as independent: for readings in a series, which are not, they are too narrow."
        )
    table, rounded = shares.rename(columns={"component": "group"}), dict.fromkeys(("estimate", "low", "high"), 3)
    table = tagging.with_names(scored.fitted, table)
    downloads.table(table, "shares then and now", "drift-table", "Shares of the groups then and now", rounded)


def verdict(scored: Scored, shift: Shift, then: Shares, now: Shares) -> str:
    """Whether they are from the same mixture, in a sentence."""
    moved = _moved(scored, then, now) if shift.estimate > -FOREIGN else ""
    if shift.is_clear and abs(shift.estimate) >= SLIGHT:
        how = "fit worse" if shift.estimate < 0 else "lie closer to the centres"
        size, *ends = (_digits(each) for each in sorted(map(abs, (shift.low, shift.estimate, shift.high))))
        interval = f"{ends[0]} ({size} to {ends[1]})"
        rest = f"; shares have changed too: {moved}" if moved else ""
        return f"No: the new rows {how}, by {interval} in log density a row{rest}."
    ends = [_digits(each) for each in (shift.estimate, shift.low, shift.high)]
    fits = f"they fit as well as the fitted rows (shift of log density a row {ends[0]}, {ends[1]} to {ends[2]})"
    if moved:
        return f"The same groups in other shares: {moved}; {fits}."
    return f"No sign of drift: {fits}, and the shares of the groups agree."


def _digits(nats: float) -> str:
    return f"{nats:,.{2 if abs(nats) < FOREIGN else 0}f}".replace("-", "\N{MINUS SIGN}")


def _moved(scored: Scored, then: Shares, now: Shares) -> str:
    parts = zip(scored.fitted.names, changed(then, now), then.estimates, now.estimates, strict=True)
    called = partial(tagging.called, scored.fitted)
    return listed([f"{called(name)} {share(old)} then, {share(new)} now" for name, beyond, old, new in parts if beyond])


def _measured(scored: Scored) -> tuple[Shift, Shares, Shares]:
    fitted = scored.fitted
    optimism = fitted.fit.mixture.n_parameters / fitted.fit.n_rows
    then, weights = fitted_rows(fitted), fitted.features.weights
    with_weight = slice(None) if weights is None else weights > 0  # a row of weight 0 was not fitted
    shift = mean_shift(then.oddness.surplus[with_weight], scored.oddness.surplus, optimism)
    return shift, shares_of(then.memberships[with_weight]), shares_of(scored.memberships)


def _frame(scored: Scored, then: Shares, now: Shares) -> pd.DataFrame:
    from gmm_core.tables.outliers import shares_frame

    return shares_frame(then, now, scored.fitted.names)
