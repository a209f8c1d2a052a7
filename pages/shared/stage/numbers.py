"""The numbers behind the picture: one row's responsibilities written out, and what the next M step makes of them."""

from __future__ import annotations

import streamlit as st

from gmm_core import Mixture
from gmm_core.charts.style import sign_of
from pages.shared import on_screen
from pages.shared.stage import state
from pages.shared.stage.ground import Ground, ground_of, walk_of
from pages.shared.stage.setup import Stage
from pages.shared.wording import escaped, number

SYMBOLS = (
    "$\\pi_k$ is component $k$'s share of all rows, $\\mu_k$ its mean, $\\sigma_k$ its standard deviation "
    "(spread; in two columns $\\Sigma_k$, the covariance matrix), $\\mathcal{N}$ the normal density, "
    "$r_k$ a row's responsibility, $N_k$ the sum of these over all rows. A **nat** is the unit of log-likelihoods by "
    "natural logarithms: 2.3 nats more make the rows ten times as likely."
)
MEANING = (
    "A **responsibility** is the part of a row that a component can claim: its share times its density at the row, "
    "divided by the sum of these over all components. So a row's responsibilities add up to 1. Here $\\pi_k$ is the "
    "share of component $k$, $\\mathcal{N}_k$ its normal density at the row."
)
LARGE = 1e4


def symbols() -> None:
    """What the letters in formulas stand for."""
    st.markdown(SYMBOLS)


def step_words(stage: Stage) -> str:
    """Where in the run the stage is, in a line."""
    last, at = len(walk_of(stage).steps) - 1, state.at()
    iteration = at // 2
    if state.playing():
        return "Playing: the numbers follow when it stops."
    if at == 0:
        return "At the start: no row belongs to anyone yet. What the E step will make of one is worked out below."
    if at % 2 == 0:
        return f"M step {iteration} of {last} done: the components have moved to their rows."
    done = " This was the last." if iteration == last else ""
    return f"E step {iteration + 1} done: the rows are shared out by the components as they stand.{done}"


def arithmetic(stage: Stage) -> None:
    """One row's responsibilities under the present parameters, in numbers."""
    from gmm_core.tables.steps import sums_frame

    ground = ground_of(stage)
    position = state.row()
    x = ground.values[position]
    step = walk_of(stage).steps[min(state.at() // 2, len(walk_of(stage).steps) - 1)]
    sums = sums_frame(step, x)
    st.session_state["em-asked"] = position + 1
    st.number_input("Row, or click one", 1, len(ground.values), key="em-asked", on_change=_take_row, width=180)
    st.markdown(f"**Row {position + 1}: {_place(ground, position)}**")
    total = float(sums["product"].sum())
    rows = [
        f"| {_sign(letter)} | {weight:.3f} | {_digits(density)} | {_digits(product)} | **{responsibility:.3f}** |"
        for letter, weight, density, product, responsibility in sums.to_numpy().tolist()
    ]
    head = "| | $\\pi_k$ | $\\mathcal{N}_k$ | $\\pi_k \\mathcal{N}_k$ | $r_k$ |\n|:--|--:|--:|--:|--:|"
    foot = f"| sum | | | {_digits(total)} | 1 |"
    st.markdown("\n".join([head, *rows, foot]))
    first = sums.iloc[0]
    letter = str(first["component"])
    st.latex(
        rf"r_{{\mathrm{{{letter}}}}} = \frac{{\pi_{{\mathrm{{{letter}}}}}\,\mathcal{{N}}_{{\mathrm{{{letter}}}}}}}"
        rf"{{\sum_k \pi_k\,\mathcal{{N}}_k}} = \frac{{{_tex(first['product'])}}}{{{_tex(total)}}}"
        rf" = {first['responsibility']:.3f}"
    )
    if total == 0.0:
        st.caption(
            "All densities are too small for a computer's number here; the ratio is taken from their logarithms."
        )
    st.caption(MEANING)


def _take_row() -> None:
    n_rows = len(ground_of(state.stage()).values)
    state.ring(min(max(int(st.session_state["em-asked"]), 1), n_rows) - 1)


def moves(stage: Stage) -> None:
    """N_k, and the parameters before and after the M step that is next or was last."""
    from gmm_core.tables.steps import moves_frame

    walk, ground = walk_of(stage), ground_of(stage)
    last = len(walk.steps) - 1
    if last == 0:
        st.caption("With no iteration there is no M step.")
        return
    after = min(max((state.at() + 1) // 2, 1), last)
    before = walk.steps[after - 1]
    due = state.at() < 2 * after
    st.markdown(f"**M step {after}{', which is next' if due else ''}**")
    counts = ", ".join(
        f"{_sign(letter)} {count:,.1f}" for letter, count in zip(_letters(stage), before.counts, strict=True)
    )
    st.markdown(f"$N_k$, the rows that each was given: {counts}; {len(ground.values):,} in all.")
    frame = moves_frame(before, walk.steps[after].mixture, ground.columns)
    if ground.truth is not None and ground.truth.n_components == stage.n_components:
        frame["truth"] = moves_frame(before, _in_their_order(ground, stage), ground.columns)["after"]
    spreads = {"share": 0.1} | {  # as the frame names them
        f"{part} {name}" if len(ground.columns) > 1 else part: spread
        for name, spread in zip(ground.columns, ground.spreads, strict=True)
        for part in ("mean", "sd")
    }
    sides = frame.columns[2:]
    digits = frame["parameter"].map(spreads)
    for side in sides:
        frame[side] = [_parameter(value, spread) for value, spread in zip(frame[side], digits, strict=True)]
    alt = "Parameters before and after the M step"
    on_screen.table(frame, hide_index=True, width="stretch", key="em-moves-table", alt=alt)
    st.caption(
        "The M step puts each mean at the average of all rows, weighted by its responsibilities, and its spread around "
        "that; its share is $N_k / N$."
    )


def levels(stage: Stage) -> None:
    """Log-likelihood by iteration, with what it was promised to be at least."""
    from gmm_core.tables.steps import climb_frame

    frame = climb_frame(walk_of(stage))
    frame.insert(2, "gain", frame["log_likelihood"].diff())
    shown, alt = frame.map(_level, na_action="ignore"), "Log-likelihood and its lower bound by iteration"
    on_screen.table(shown, hide_index=True, width="stretch", key="em-levels-table", alt=alt)
    st.caption(
        "The lower bound is what the last E step's responsibilities promise for the new parameters. The M step raises "
        "it, and the log-likelihood is never below it: so it can't fall."
    )


def _parameter(value: float, spread: float) -> str:
    """With the digits of its column; what is tiny beside them keeps its own."""
    return number(value, spread if abs(value) > spread / 100 or value == 0 else None)


def _in_their_order(ground: Ground, stage: Stage) -> Mixture:
    """The truth with its components in the order of those on the stage."""
    truth, last = ground.truth, walk_of(stage).steps[-1].mixture
    assert truth is not None
    ranks = last.canonical_order().argsort()
    return truth.permuted(truth.canonical_order()[ranks].tolist())


def _letters(stage: Stage) -> tuple[str, ...]:
    from gmm_core.tables.results import group_letters

    return group_letters(walk_of(stage).steps[0].mixture)


def _place(ground: Ground, position: int) -> str:
    spreads = ground.spreads
    values = zip(ground.columns, ground.values[position].tolist(), spreads, strict=True)
    return ", ".join(f"{escaped(name)} {number(value, spread)}" for name, value, spread in values)


def _sign(letter: str) -> str:
    return f"{sign_of(letter).glyph} {letter}"


def _digits(value: float) -> str:
    if value == 0 or 0.001 <= value < LARGE:
        return f"{value:.4f}" if value < 1 else f"{value:.4g}"
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def _tex(value: float) -> str:
    text = _digits(value)
    if "e" not in text:
        return text
    mantissa, exponent = text.split("e")
    return rf"{mantissa}\times 10^{{{int(exponent)}}}"


def _level(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4f}"
