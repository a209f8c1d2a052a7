"""The calculator's right side: the picture, the parameters, the rows, and all of it as text to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from pages.shared import drawing, on_screen
from pages.shared.calculator import solving
from pages.shared.calculator.solving import Solution
from pages.shared.digits import decimals_for, for_the_eye
from pages.shared.one_column import MOST_TICKS
from pages.shared.wording import number, share

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View


def picture(solution: Solution) -> None:
    """The histogram of one column, or a map of two with the groups' ellipses."""
    if len(solution.columns) == 1:
        alt = f"Histogram of {solution.columns[0]} with each group's curve and their sum"
        drawing.chart("calc-chart", solution.key, lambda: _histogram(solution), alt, named=False)
        st.caption("Bars and ticks: the rows. Coloured curves: the groups, scaled by their share. Grey: their sum.")
        return
    across, up = _axes(solution)
    alt = f"Map of {solution.columns[across]} against {solution.columns[up]}: rows coloured by group, with ellipses"
    drawing.chart("calc-chart", f"{solution.key}|{across},{up}", lambda: _map(solution, across, up), alt, named=False)
    st.caption("Each group's ellipses hold 50, 80 and 95\u00a0% of it; its letter stands at its mean.")


def parameters(solution: Solution) -> None:
    """Weight, mean and standard deviation of each group, and how good the fit is."""
    from gmm_core.tables.results import parameters_frame

    frame = parameters_frame(solution.fit.mixture, solution.columns).rename(columns={"share": "weight"})
    digits = {"weight": 4}
    for name, spread in zip(solution.columns, solution.spreads, strict=True):
        digits |= {f"{part} {name}": decimals_for(spread) + 2 for part in ("mean", "sd")}
    on_screen.table(for_the_eye(frame, digits), hide_index=True, key="calc-parameters", alt="Parameters of the groups")
    fit = solution.fit
    st.caption(
        f"Log-likelihood {fit.log_likelihood:,.4f} nats, {fit.log_likelihood / fit.n_rows:.4f} a row; "
        f"BIC {solution.criterion('bic'):,.2f} with {fit.evidence.n_parameters} free parameters; "
        f"{len(fit.trace) - 1} iterations from the best of {len(fit.starts)} starts. "
        "Standard deviations divide by the number of rows, not by one less, as maximum likelihood has it."
    )


def rows(solution: Solution) -> None:
    """Each row with its responsibilities."""
    frame = solution.table.copy()
    frame.insert(0, "row", range(1, len(frame) + 1))
    for letter, column in zip(solution.letters, solution.memberships.T, strict=True):
        frame[f"r of {letter}"] = [share(float(each)) for each in column]
    on_screen.table(frame, hide_index=True, key="calc-rows", alt="Rows with their responsibilities")
    st.caption("r: the responsibility of each group for the row, its probability of coming from there.")


def covariances(solution: Solution) -> None:
    """Covariance matrices, also as correlations."""
    from gmm_core.tables.results import covariances_frame

    frame = covariances_frame(solution.fit.mixture, solution.columns)
    if len(solution.columns) == 1:
        frame = frame.drop(columns="correlation")
    shown = frame.assign(covariance=[number(float(each)) for each in frame["covariance"]])
    on_screen.table(shown.round(4), hide_index=True, key="calc-covariances", alt="Covariances of the groups")


def how_many(table: pd.DataFrame, shape: str) -> None:
    """The criteria by K."""
    frame = solving.compared(table, shape)
    best = solving.lowest_bic(frame)
    if best is not None:
        st.markdown(f"BIC is lowest for K = {best}. Lower is better for each of them.")
    decimals = dict.fromkeys(("BIC", "ICL", "AIC"), 2)
    on_screen.table(for_the_eye(frame, decimals), hide_index=True, key="calc-grid", alt="Criteria by number of groups")
    st.page_link("pages/learn/theory.py", label="How K is chosen", icon=":material/menu_book:")


def copied(solution: Solution) -> None:
    """Settings and results as text with a copy button."""
    st.code(solving.as_text(solution), language=None, wrap_lines=True)


def _histogram(solution: Solution) -> View:
    from gmm_core.tables import mixture_frames, plotting

    x = solution.values[:, 0]
    low, high = float(min(x)), float(max(x))
    margin = 0.15 * (high - low)
    curves = mixture_frames.curves_frame(solution.fit.mixture, low - margin, high + margin)
    rug = plotting.rug_frame(x, solution.memberships, _positions(solution)) if len(x) <= MOST_TICKS else None
    return charts.histogram(plotting.bins_frame(x), curves, x_title=solution.columns[0], rug=rug)


def _map(solution: Solution, across: int, up: int) -> View:
    from gmm_core.tables import mixture_frames, plotting

    mixture = solution.fit.mixture.marginal([across, up])
    x, memberships, rows = plotting.without_gaps(
        solution.values[:, [across, up]], solution.memberships, _positions(solution)
    )
    return charts.scatter(
        plotting.points_frame(x, memberships, rows),
        x_title=solution.columns[across],
        y_title=solution.columns[up],
        ellipses=mixture_frames.ellipses_frame(mixture),
        centres=mixture_frames.centres_frame(mixture),
    )


def _positions(solution: Solution) -> Any:
    return solution.table.index.to_numpy()


def _axes(solution: Solution) -> tuple[int, int]:
    """Which two columns the map shows."""
    names = solution.columns
    if len(names) == 2:
        return 0, 1
    with st.container(horizontal=True):
        across = st.selectbox("Across", names, key="calc-across")
        up = st.selectbox("Up", [name for name in names if name != across], key="calc-up")
    return names.index(across), names.index(up)
