"""Ways to say which rows are odd enough to be looked at: a registry of small objects.

All of them take the rows in the one order of their p-values, so that moving a threshold only moves a cut.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gmm_core.model.oddness import Oddness

_P_VALUES = (0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 1e-3, 5e-4, 2e-4, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
_SHARES = (0.2, 0.1, 0.05, 0.03, 0.02, 0.015, 0.01, 0.005, 0.002, 0.001, 1e-4, 1e-5)
_RATES = (0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.001)


@dataclass(frozen=True)
class FlagRule:
    """A way to set the threshold.

    Parameters
    ----------
    name : str
        Its key.
    words : str
        What it is called on screen.
    note : str
        What it means, in a sentence.
    values : callable
        The thresholds offered, from the mildest to the strictest, from the rows' oddness.
    first : int
        Which of them to begin with.
    cut : callable
        The p-value up to which rows are flagged, from their oddness and a threshold.
    told : callable
        A threshold in words.
    """

    name: str
    words: str
    note: str
    values: Callable[[Oddness], tuple[float, ...]]
    first: int
    cut: Callable[[Oddness, float], float]
    told: Callable[[float], str]


def n_flagged(oddness: Oddness, cut: float) -> int:
    """How many rows have at most this p-value."""
    return int(np.searchsorted(oddness.sorted_p_values, cut, side="right"))


def by_share(oddness: Oddness, share: float) -> float:
    """For the oddest share of all rows; rows as odd as the last of them come with it."""
    return _of_the_first(oddness, round(share * len(oddness.p_value)))


def by_density(oddness: Oddness, log_density: float) -> float:
    """For rows without gaps of at most this log density, and others as rare as these."""
    return float(oddness.tail(np.array([log_density]))[0])


def by_false_discovery(oddness: Oddness, rate: float) -> float:
    """For rows of which at most this share, on average, are ordinary rows of the mixture.

    Source: Benjamini and Hochberg (1995), Controlling the false discovery rate, JRSS B 57, 289-300.
    """
    p_values = oddness.sorted_p_values
    within = np.flatnonzero(p_values <= rate * np.arange(1, len(p_values) + 1) / max(len(p_values), 1))
    return _of_the_first(oddness, int(within[-1]) + 1 if len(within) else 0)


def _of_the_first(oddness: Oddness, n: int) -> float:
    return float(oddness.sorted_p_values[n - 1]) if n else 0.0


def _density_values(oddness: Oddness) -> tuple[float, ...]:
    """Log densities that rows without gaps have at the p-values offered."""
    return tuple(oddness.tail.log_density_at(p_value) for p_value in _P_VALUES)


def _one_in(p_value: float) -> str:
    return f"1 in {1 / p_value:,.0f}"


def _percent(share: float) -> str:
    return f"{100 * share:g}\u00a0%"


FLAG_RULES = {
    rule.name: rule
    for rule in (
        FlagRule(
            "p-value",
            "p-value",
            "Rows as odd as this come up so rarely among rows that the mixture itself makes.",
            lambda oddness: _P_VALUES,
            _P_VALUES.index(1e-3),
            lambda oddness, p_value: p_value,
            _one_in,
        ),
        FlagRule(
            "share",
            "share of rows",
            "The oddest rows, as many as you have time to look at.",
            lambda oddness: _SHARES,
            _SHARES.index(0.01),
            by_share,
            _percent,
        ),
        FlagRule(
            "density",
            "log density",
            "Rows at which the mixture's log density is at most this: of the transforms, where columns have some.",
            _density_values,
            _P_VALUES.index(1e-3),
            by_density,
            "{:,.1f}".format,
        ),
        FlagRule(
            "false alarms",
            "share of false alarms",
            "As many rows as keep the false ones among the flagged below this share, on average (Benjamini and "
            "Hochberg 1995).",
            lambda oddness: _RATES,
            _RATES.index(0.1),
            by_false_discovery,
            _percent,
        ),
    )
}
