"""What to beware of in features before they are fitted: a registry of checks, each with its sentence and a remedy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.transforms.base import Transform
from gmm_core.tables.column_facts import moments
from gmm_core.tables.far_values import far_value
from gmm_core.tables.feature_matrix import FeatureMatrix
from gmm_core.tables.suggestions import suggest_transform
from gmm_core.tables.two_units import two_units

Floats = NDArray[np.float64]

NEARLY_ONE = 0.99
"""Correlation, in size, from which two columns nearly say the same."""

LEAST_OWN_SHARE = 1e-3
"""Share of a column's variance that the others must leave unexplained."""

MOST_COMPARED = 300
"""Columns up to which correlations are looked at, and of more columns those that are looked at one by one."""

FEW_VALUES = 12
FEWEST_ROWS_TO_JUDGE = 30
MANY_ZEROS = 0.1
HEAPED_SHARE, HEAPED_TIMES = 0.05, 5.0
ROUND_SHARE = 0.5
HEAVY_SKEW, HEAVY_KURTOSIS = 3.0, 12.0
MANY_COPIES = 0.1
ROWS_PER_PARAMETER = 5

LOOKED_AT = 100_000
"""Rows that are looked at, evenly spread."""


@dataclass(frozen=True)
class Caution:
    """Something to beware of.

    Parameters
    ----------
    kind : str
        Its key in ``COLUMN_CHECKS`` or ``TABLE_CHECKS``.
    columns : tuple of str
        The columns concerned.
    sentence, remedy : str
    """

    kind: str
    columns: tuple[str, ...]
    sentence: str
    remedy: str


def cautions(features: FeatureMatrix, n_parameters: int | None = None, noise: bool = False) -> list[Caution]:
    """What to beware of in features.

    Parameters
    ----------
    features : FeatureMatrix
    n_parameters : int, optional
        Free parameters of the model to be fitted; by default those of one group of any shape.
    noise : bool
        Whether that model has a share of noise already.

    Returns
    -------
    list of Caution
        Those of the whole table first, then column by column.
    """
    rows = slice(None, None, max(len(features.rows) // LOOKED_AT, 1))
    found = [*_too_few_rows(features, n_parameters)]
    for check in TABLE_CHECKS.values():
        found += check(features.columns, features.working_values[rows])
    columns = zip(features.columns, features.transforms, features.table_values[rows].T, strict=True)
    for name, transform, x in islice(columns, MOST_COMPARED):
        values = x[~np.isnan(x)]
        if len(values) >= FEWEST_ROWS_TO_JUDGE:
            found += _spikes(name, values)
        found += next(filter(None, (list(check(name, values, transform, noise)) for check in SPREAD_CHECKS)), [])
    return found


def _too_few_rows(features: FeatureMatrix, n_parameters: int | None) -> Iterator[Caution]:
    n, q = features.values.shape
    needed = q + q * (q + 1) // 2 if n_parameters is None else n_parameters
    if n < ROWS_PER_PARAMETER * needed:
        yield Caution(
            "few rows",
            features.columns,
            f"{n:,} rows carry {needed:,} parameters badly: each should have {ROWS_PER_PARAMETER} rows or more.",
            "Choose fewer columns or groups, plainer shapes, or principal components.",
        )


def _collinear(columns: tuple[str, ...], x: Floats) -> Iterator[Caution]:
    """Pairs that correlate, else the column that the others explain best, by its variance inflation factor."""
    whole = x[~np.isnan(x).any(axis=1)]
    if not 2 <= len(columns) <= MOST_COMPARED or len(whole) <= len(columns) or (np.ptp(whole, axis=0) == 0).any():
        return
    size = np.abs(whole).max(axis=0)
    correlations = np.corrcoef((whole / size).T)
    pairs = np.argwhere(np.triu(np.abs(correlations) >= NEARLY_ONE, 1))
    for i, j in pairs:
        yield Caution(
            "collinear",
            (columns[i], columns[j]),
            f"“{columns[i]}” and “{columns[j]}” say nearly the same (correlation {correlations[i, j]:.3f}).",
            "Leave one of them out, or take principal components.",
        )
    sizes, directions = np.linalg.eigh(correlations)
    own = 1.0 / (directions**2 / sizes.clip(1e-12)).sum(axis=1)  # one over the diagonal of the inverse
    if not len(pairs) and own.min() < LEAST_OWN_SHARE:
        name = columns[int(own.argmin())]
        sentence = f"“{name}” nearly follows from the other columns."
        yield Caution("collinear", (name,), sentence, "Leave it out, or take principal components.")


def _copies(columns: tuple[str, ...], x: Floats) -> Iterator[Caution]:
    share = float(pd.DataFrame(x).duplicated().mean()) if len(columns) > 1 else 0.0  # of one: the checks on values
    if share >= MANY_COPIES:
        sentence = (
            f"In these columns {100 * share:.0f}\u00a0% of the rows repeat another, which makes false spikes of them."
        )
        yield Caution(
            "copies", columns, sentence, "Add a finer column, or leave out rows that are there twice by mistake."
        )


def _spikes(name: str, values: Floats) -> Iterator[Caution]:
    """The first of the checks on single values that has something to say."""
    counts = pd.Series(values).value_counts()
    shares = counts.to_numpy() / len(values)
    for kind, check in COLUMN_CHECKS.items():
        if sentence := check(values, counts.index.to_numpy(), shares):
            yield Caution(kind, (name,), f"“{name}” {sentence}: a group that sits on one value is none.", "")
            return


def _few_values(values: Floats, distinct: Floats, shares: Floats) -> str:
    if len(distinct) > FEW_VALUES or len(distinct) * 4 > len(values):
        return ""
    return f"takes only {len(distinct)} values, from {distinct.min():g} to {distinct.max():g}"


def _zeros(values: Floats, distinct: Floats, shares: Floats) -> str:
    share = float(shares[distinct == 0].sum())
    return f"is zero in {100 * share:.0f}\u00a0% of the rows" if share >= MANY_ZEROS else ""


def _heaped(values: Floats, distinct: Floats, shares: Floats) -> str:
    """A single value that is far more common than those next to it."""
    order = np.argsort(distinct)
    at = int(np.flatnonzero(order == 0)[0])
    near = shares[order[[*range(max(at - 2, 0), at), *range(at + 1, min(at + 3, len(order)))]]]
    if shares[0] < HEAPED_SHARE or shares[0] < HEAPED_TIMES * near.mean():
        return ""
    return f"is {distinct[0]:g} in {100 * shares[0]:.0f}\u00a0% of the rows"


def _rounded(values: Floats, distinct: Floats, shares: Floats) -> str:
    """Whole numbers, many of which end in 0 or 5 though others do not."""
    if (values != np.rint(values)).any() or np.ptp(values) < 40:
        return ""
    share = float((np.remainder(values, 5) == 0).mean())
    return f"ends in 0 or 5 in {100 * share:.0f}\u00a0% of the rows" if ROUND_SHARE <= share < 1.0 else ""


def _few_below_zero(name: str, values: Floats, transform: Transform, noise: bool) -> Iterator[Caution]:
    """A few values below 0 that keep a skewed column from the transform that would suit it."""
    if len(values) < FEWEST_ROWS_TO_JUDGE:
        return
    if transform.name == "none" and (values < 0).any() and suggest_transform(values).n_below_zero:
        sentence = f"“{name}” is below 0 in a few rows (down to {values.min():,g}), amid skewed values above."
        remedy = "Refunds or slips? Without them a transform would straighten the others."
        yield Caution("below zero", (name,), sentence, remedy)


def _one_far(name: str, values: Floats, transform: Transform, noise: bool) -> Iterator[Caution]:
    """One value far from all others, which noise would take up."""
    far = None if noise else far_value(values, transform)
    if far is not None:
        yield Caution("far value", (name,), far.sentence(name), "Leave it out, or allow for noise.")


def _heavy_tails(name: str, values: Floats, transform: Transform, noise: bool) -> Iterator[Caution]:
    """A heavy tail of the values as they are fitted, and what is left to be done about it; none where nothing is."""
    if len(values) < FEWEST_ROWS_TO_JUDGE:
        return
    _, _, skew, kurtosis = moments(transform.forward(values))
    if abs(skew) < HEAVY_SKEW and kurtosis < HEAVY_KURTOSIS:
        return
    if noise and far_value(values, transform) is not None:
        return
    another = suggest_transform(values).transform not in ("none", transform.name)
    remedy = TAIL_REMEDIES[another, noise]
    if remedy:
        figures = f"skewness {skew:.1f}, kurtosis {kurtosis:.0f}; 0 and 3 are normal"
        yield Caution("heavy tail", (name,), f"“{transform.named(name)}” has a heavy tail ({figures}).", remedy)


TAIL_REMEDIES = {
    (True, False): "Transform, or allow for noise: else groups are spent on the tail.",
    (False, False): "Allow for noise: else groups are spent on the tail.",
    (True, True): "Transform as well: noise takes up a few far rows, but no long tail.",
    (False, True): "",
}
"""By whether a transform is suggested that the column does not have, and whether there is noise."""


def _two_units(name: str, values: Floats, transform: Transform, noise: bool) -> Iterator[Caution]:
    """One quantity in two units, which would make two groups."""
    found = two_units(values)
    if found is not None:
        sentence = f"“{name}” lies around {found.low:.3g} and {10**found.power:,} times that: two units in one column?"
        yield Caution("two units", (name,), sentence, "Bring all rows to one unit, else groups are those of the units.")


SPREAD_CHECKS = (_two_units, _few_below_zero, _one_far, _heavy_tails)
"""What may be odd in how a column spreads; the first of them that finds something is told."""
TABLE_CHECKS: dict[str, Callable[[tuple[str, ...], Floats], Iterator[Caution]]] = {
    "collinear": _collinear,
    "copies": _copies,
}
COLUMN_CHECKS: dict[str, Callable[[Floats, Floats, Floats], str]] = {
    "few values": _few_values,
    "zeros": _zeros,
    "rounded": _rounded,
    "heaped": _heaped,
}
"""In the order in which they are tried; from the values, and the distinct ones with their shares, commonest first."""
