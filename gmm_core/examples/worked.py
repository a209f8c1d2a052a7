"""Worked examples of public pages and textbooks, with the figures that a careful fit gives: for a page and for tests.

Log-likelihoods are in nats, standard deviations have the divisor n, and of BIC and ICL the lower is better. Every
figure is that of the best sound solution over many starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Worked:
    """A model of a built-in example, and what is known of it.

    Attributes
    ----------
    title : str
    example : str
        Name of the built-in example.
    columns : int
        How many of its first columns are fitted.
    n_components : int
    family : str
    figures : mapping of str to str
        "weights", "means" (row by row), "spreads" (of one column), "log_likelihood", "bic", "icl": those that are
        known, as text with the digits that are sure, blanks between several.
    """

    title: str
    example: str
    columns: int
    n_components: int
    family: str
    figures: Mapping[str, str]


def figure_values(text: str) -> tuple[list[float], float]:
    """The numbers of a figure, and one unit of their last digit."""
    parts = text.split()
    decimals = max(len(part.partition(".")[2]) for part in parts)
    return [float(part) for part in parts], 10.0**-decimals


_WAITS, _SCORES = ("Wait times", "wait-times", 1), ("Test scores", "test-scores", 1)
_CUSTOMERS, _POINTS = ("Six customers", "customers", 2), ("Six points", "six-points", 2)
_DURATIONS, _GEYSER = ("Eruptions", "old-faithful", 1), ("Eruptions and waiting", "old-faithful", 2)
_IRIS = ("Irises", "iris", 4)

WORKED = (
    Worked(*_WAITS, 1, "full", {"bic": "44.40"}),
    Worked(
        *_WAITS,
        2,
        "full",
        {
            "weights": "0.5 0.5",
            "means": "2.025 8.000",
            "spreads": "0.19203 0.15811",
            "log_likelihood": "-2.9185",
            "bic": "16.23",
        },
    ),
    Worked(*_WAITS, 2, "tied", {"bic": "14.31"}),
    Worked(*_SCORES, 1, "full", {"bic": "58.70"}),
    Worked(
        *_SCORES,
        2,
        "full",
        {
            "weights": "0.625 0.375",
            "means": "79.200 93.667",
            "spreads": "2.482 1.247",
            "log_likelihood": "-21.852",
            "bic": "54.10",
        },
    ),
    Worked(*_SCORES, 2, "tied", {"bic": "53.52"}),
    Worked(*_CUSTOMERS, 1, "full", {"bic": "95.90"}),
    Worked(*_CUSTOMERS, 2, "EEI", {"log_likelihood": "-33.908", "bic": "80.36"}),
    Worked(
        *_CUSTOMERS,
        2,
        "diag",
        {"weights": "0.5 0.5", "means": "30.0 10.0 150.0 2.0", "log_likelihood": "-32.569", "bic": "81.26"},
    ),
    Worked(*_CUSTOMERS, 2, "tied", {"log_likelihood": "-33.908", "bic": "82.15"}),
    Worked(*_CUSTOMERS, 2, "spherical", {"bic": "89.63"}),
    Worked(*_CUSTOMERS, 2, "EII", {"bic": "90.03"}),
    Worked(
        *_POINTS,
        2,
        "full",
        {
            "weights": "0.5 0.5",
            "means": "1.2333 1.1333 5.2000 5.0000",
            "log_likelihood": "2.639",
            "bic": "14.43",
        },
    ),
    Worked(*_DURATIONS, 1, "full", {"bic": "854.0"}),
    Worked(
        *_DURATIONS,
        2,
        "full",
        {
            "weights": "0.3484 0.6516",
            "means": "2.0186 4.2733",
            "spreads": "0.2356 0.4371",
            "log_likelihood": "-276.360",
            "bic": "580.7",
            "icl": "584.2",
        },
    ),
    Worked(*_DURATIONS, 3, "full", {"bic": "572.7", "icl": "642.0"}),
    Worked(*_DURATIONS, 4, "full", {"bic": "576.6"}),
    Worked(*_GEYSER, 1, "full", {"bic": "2607.62"}),
    Worked(
        *_GEYSER,
        2,
        "full",
        {
            "weights": "0.356 0.644",
            "means": "2.036 54.479 4.290 79.968",
            "log_likelihood": "-1130.264",
            "bic": "2322.19",
            "icl": "2323.58",
        },
    ),
    Worked(*_GEYSER, 3, "full", {"bic": "2324.18"}),
    Worked(*_GEYSER, 3, "tied", {"bic": "2314.30"}),
    Worked(*_IRIS, 2, "full", {"log_likelihood": "-214.355", "bic": "574.02"}),
    Worked(*_IRIS, 3, "full", {"log_likelihood": "-180.186", "bic": "580.84"}),
)
"""In the order in which a page lists them."""
