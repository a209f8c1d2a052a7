"""The parts of "Which rows don't fit?": the threshold, the answer, and where the rest stands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from gmm_core.model.flagging import FLAG_RULES, n_flagged
from pages.shared import drawing, faults, frame, odd_pictures, odd_rows, scattering, selected, session, sides
from pages.shared.faults import Faults
from pages.shared.odd_rows import Cut
from pages.shared.scoring import Scored, fitted_rows
from pages.shared.selected import Chosen
from pages.shared.sentences import merged, unfinished
from pages.shared.stores import kept
from pages.shared.terms import help_of
from pages.shared.wording import counted, escaped, share

if TYPE_CHECKING:
    from gmm_core.charts.export import View

BULK, MUCH = 0.1, 1.5
"""The groups describe the rows badly where p-values below the first are so many times as common as they should be."""

BEYOND_CHANCE = 3
"""Binomial standard errors that the excess must reach, too: of a few rows many may be odd by chance."""


@st.fragment
def board(scored: Scored) -> None:
    """The threshold and the rows chosen on the map with all that follows; they draw only this part of the page anew."""
    session.draw_all_if_due()
    answer = st.container()
    chart, controls = frame.chart_and_controls()
    with controls:
        cut = threshold(scored)
        known = faults.choose(scored)
    with chart:
        side = sides.chosen(scored.as_fitted)
        limits = selected.limits(side, odd_pictures.CHART)
        chosen = selected.chosen(scored, limits)
        listed = odd_rows.listed(scored, cut, chosen)
        odd_pictures.draw(scored, side, cut.n_flagged, odd_rows.ticked(scored, listed))
    with controls:
        _rarity(scored, cut, known, chosen)
    with answer:
        frame.answer(verdict(scored, cut), cautions(scored), known.sentence(scored, cut.n_flagged) if known else "")
    if chosen is not None:
        selected.told(scored, chosen, limits, "odd-clear", listed.told)
    odd_rows.section(scored, listed)
    odd_rows.files(scored, cut)


def threshold(scored: Scored) -> Cut:
    """Choose how the threshold is set, and where it lies."""
    name = st.selectbox(
        "Flag rows by",
        list(FLAG_RULES),
        format_func=lambda each: FLAG_RULES[each].words,
        key="odd-rule",
        persist_state="session",
        help=help_of("density", "".join(f"**{rule.words}**: {rule.note}  \n" for rule in FLAG_RULES.values())),
    )
    rule = FLAG_RULES.get(str(name), FLAG_RULES["p-value"])
    values = rule.values(scored.oddness)
    picked = st.select_slider(
        f"Threshold ({rule.words})",
        range(len(values)),
        rule.first,
        format_func=lambda at: rule.told(values[at]),
        key=f"odd-at-{rule.name}",
        persist_state="session",
        label_visibility="collapsed",
    )
    cut = rule.cut(scored.oddness, values[min(int(picked), len(values) - 1)])
    return Cut(cut, n_flagged(scored.oddness, cut))


def _rarity(scored: Scored, cut: Cut, known: Faults | None, chosen: Chosen | None) -> None:
    mark, choice = (None if known is None else (known.column, known.value)), (None if chosen is None else chosen.key)
    key = f"{scored.key}|{mark}|{choice}"
    alt = "How many rows are how odd, and how many of them are flagged"
    drawing.chart("odd-rarity", f"{key}|{cut}", lambda: _rarity_chart(scored, key, cut, known, chosen), alt)
    said = f"Line: what to expect if all rows came from these groups, {_expected(scored, cut)} beyond the threshold."
    said += " Orange: known faults." if known is not None and known.n else ""
    st.caption(said if chosen is None else f"{said} Faint: rows that are not chosen.")


def _rarity_chart(scored: Scored, key: str, cut: Cut, known: Faults | None, chosen: Chosen | None) -> View:
    from gmm_core.tables.outliers import rarity_frame

    marked, places = None if known is None else known.known, None if chosen is None else chosen.places
    bins = kept("rarity", 16, key, lambda: rarity_frame(scored.oddness, marked, places))
    at = -math.log10(cut.p_value) if cut.p_value > 0 else None
    return charts.rarity(bins, threshold=at, note=counted(cut.n_flagged, "row"))


def _expected(scored: Scored, cut: Cut) -> str:
    expected = scored.n_rows * cut.p_value
    return f"about {expected:,.{int(expected < 9.95)}f}" if expected >= 0.05 else "hardly any"


def verdict(scored: Scored, cut: Cut) -> str:
    """How many rows don't fit, and how many would by chance, in a sentence."""
    rows = counted(scored.n_rows, "row") + (f" of {escaped(scored.name)}" if scored.is_new else "")
    if not cut.n_flagged:
        return f"The {rows} {'fits' if scored.n_rows == 1 else 'all fit'} the groups: none is beyond the threshold."
    fit = "doesn't fit" if cut.n_flagged == 1 else "don't fit"
    found = f"{cut.n_flagged:,} of {rows} ({share(cut.n_flagged / scored.n_rows)}) {fit} the groups"
    return f"{found}; if all came from these groups, {_expected(scored, cut)} would look as odd by chance."


def cautions(scored: Scored) -> list[str]:
    """What to beware of."""
    fitted = scored.fitted
    found = [*map(escaped, scored.remarks), *unfinished(fitted), *_misfit(scored), *merged(fitted)]
    found += scattering.other_rules(fitted)
    if not scored.is_new and fitted.features.n_dropped:
        found.append(f"{counted(fitted.features.n_dropped, 'row')} with gaps were not fitted and are not scored here.")
    if fitted.features.weights is not None:
        found.append("Each row counts once here, whatever its weight.")
    return found


def _misfit(scored: Scored) -> list[str]:
    """A caution where even ordinary rows have small p-values: the groups are of another shape than Gaussian."""
    odd = fitted_rows(scored.fitted).oddness
    n_rows = max(len(odd.p_value), 1)
    found = n_flagged(odd, BULK) / n_rows
    if found < max(MUCH * BULK, BULK + BEYOND_CHANCE * math.sqrt(BULK * (1 - BULK) / n_rows)):
        return []
    return [
        f"The groups do not describe the fitted rows well: {share(found)} of them have p-values below {share(BULK)}, "
        "so p-values flag too many rows. Flag by share instead."
    ]
