"""A calculation: the numbers, what was set, and the fit, each computed once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import Fit, compare_models, fit_mixture
from gmm_core.errors import GmmError, NoSoundSolutionError
from gmm_core.model.choice.criteria import CRITERIA
from gmm_core.tables.edited import digest_of
from gmm_core.tables.results import component_letters
from pages.shared.calculator import asking
from pages.shared.calculator.modes import MODES, N_STARTS, STARTS, Choices
from pages.shared.sentences import astray, few_rows
from pages.shared.stores import kept
from pages.shared.wording import count_word, counted, escaped, listed, number, share

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.model.em.forms import Array

MOST_COMPARED = 5
MOST_AT_ONCE = 200
"""Rows up to which the numbers of groups are compared without being asked."""


@dataclass(frozen=True, eq=False)
class Solution:
    """Numbers with their fit; ``mode`` is the calculator's name."""

    mode: str
    table: pd.DataFrame
    choices: Choices
    fit: Fit
    key: str

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self.table.columns)

    @property
    def values(self) -> Array:
        """The numbers, (N, D), NaN in gaps."""
        return self.table.to_numpy()

    @cached_property
    def spreads(self) -> list[float]:
        """Of each column over all rows, for sensible digits."""
        return [float(each) for each in self.table.std(ddof=0)]

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The groups' letters."""
        return component_letters(self.fit.mixture.n_components)

    @property
    def memberships(self) -> Array:
        """Responsibilities, (N, K)."""
        return self.fit.mixture.memberships(self.values)

    def criterion(self, name: str) -> float:
        """A criterion by its name."""
        return CRITERIA[name](self.fit.evidence)


def solved(name: str, table: pd.DataFrame, choices: Choices) -> Solution | None:
    """The calculation; None where there is no answer: it is said why then, with the ways out."""
    try:
        return _solution(name, table, choices)
    except NoSoundSolutionError as error:
        shape = _way_out(name, table, choices, error)
        st.error(escaped(error.problem if shape else error), icon=":material/error:")
        if shape:
            words = f"Use the shape “{MODES[name].shapes[shape]}” instead"
            st.button(words, key="calc-way-out", on_click=asking.use_shape, args=(name, shape))
    except GmmError as error:
        st.error(escaped(error), icon=":material/error:")
    return None


def _solution(name: str, table: pd.DataFrame, choices: Choices) -> Solution:
    key = f"{name}|{digest_of(table)}|{choices!r}"
    fit = kept("calculations", 64, key, lambda: fit_mixture(table, choices.settings))
    return Solution(name, table, choices, fit, key)


def _way_out(name: str, table: pd.DataFrame, choices: Choices, error: NoSoundSolutionError) -> str:
    """A shape with a sound solution: that which the error names, else the first other one; "" where there is none."""
    shapes = MODES[name].shapes
    for shape in dict.fromkeys([str(error.value), *shapes]):
        if shape in shapes and shape != choices.shape:
            with suppress(GmmError):
                _solution(name, table, replace(choices, shape=shape))
                return shape
    return ""


def sentence(solution: Solution) -> str:
    """How many groups there are, how large, and around what."""
    mixture = solution.fit.mixture
    k = mixture.n_components
    parts = [f"{share(float(mixture.weights[i]))} of the rows around {_centre(solution, i)}" for i in range(k)]
    head = "One group" if k == 1 else f"{count_word(k).capitalize()} groups"
    return f"{head}: {listed(parts)}."


def cautions(solution: Solution) -> list[str]:
    """What to beware of."""
    fit = solution.fit
    found = [*few_rows(fit.evidence.n_parameters, fit.n_rows), *_other_number(solution)]
    if not fit.converged:
        found.append("EM was stopped before it settled: allow more iterations.")
    return [*found, *astray(fit)]


def as_text(solution: Solution) -> str:
    """Settings and results, to be copied."""
    from gmm_core.tables.results import parameters_frame

    fit, choices = solution.fit, solution.choices
    settings = (
        f"K {choices.n_groups}; shape: {MODES[solution.mode].shapes[choices.shape]} ({choices.shape})\n"
        f"most iterations {choices.most_iterations}; tolerance {choices.tolerance:.0e}\n"
        f"start: {STARTS[choices.start]}; {N_STARTS} starts, seed {choices.settings.seed}"
    )
    levels = (
        f"log-likelihood {fit.log_likelihood:.6f} nats ({fit.log_likelihood / fit.n_rows:.6f} a row); "
        f"BIC {solution.criterion('bic'):.4f}; {len(fit.trace) - 1} iterations, {fit.stopped_by}"
    )
    table = parameters_frame(fit.mixture, solution.columns).to_csv(sep="\t", index=False, float_format="%.6g")
    head = f"{counted(len(solution.table), 'row')}, {counted(len(solution.columns), 'column')}"
    return f"{head}\n{settings}\n\n{table}\n{levels}"


def compared(table: pd.DataFrame, shape: str) -> pd.DataFrame:
    """BIC, ICL and AIC by K, for one shape; a K without a sound solution is left empty."""
    import pandas as pd

    def cells() -> pd.DataFrame:
        most = min(MOST_COMPARED, len(table.drop_duplicates()))
        found = compare_models(table, range(1, most + 1), shape, n_init=N_STARTS, missing_values="em")
        return pd.DataFrame(
            [{"K": c.n_components, "BIC": c.bic, "ICL": c.icl, "AIC": c.aic, "remark": c.reason} for c in found.cells]
        )

    return kept("calculated-grids", 32, f"{digest_of(table)}|{shape}", cells)


def lowest_bic(frame: pd.DataFrame) -> int | None:
    """The K of lowest BIC; None where none has a sound solution."""
    sound = frame.dropna(subset=["BIC"])
    return int(sound.sort_values("BIC")["K"].iloc[0]) if len(sound) else None


def _other_number(solution: Solution) -> list[str]:
    """A caution where BIC asks for another number of groups, of this shape, than the one chosen."""
    if len(solution.table) > MOST_AT_ONCE:
        return []
    best = lowest_bic(compared(solution.table, solution.choices.shape))
    if best is None or best == solution.choices.n_groups:
        return []
    return [f"You asked for K = {solution.choices.n_groups}, but BIC is lowest for K = {best}: see “How many groups?”."]


def _centre(solution: Solution, k: int) -> str:
    means = solution.fit.mixture.means[k]
    triples = zip(solution.columns, means, solution.spreads, strict=True)
    if len(solution.columns) == 1:
        return number(float(means[0]), solution.spreads[0])
    return f"({', '.join(f'{escaped(name)} {number(float(mean), spread)}' for name, mean, spread in triples)})"
