"""How large each group is, how stretched and which way: in words, and as a tidy frame."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from gmm_core.model.ellipsoids import Ellipsoid
from gmm_core.model.words import listed
from gmm_core.tables.results import component_letters

ROUND = 1.15
"""Longest axis by shortest up to which a group counts as round, and widths up to which groups are alike."""

WEAK = 0.35
"""Part of the largest entry of an axis below which a column is not named for it."""

MOST_NAMED = 3

_TIMES = {2: "twice", 3: "three times"}


def shapes_frame(found: Sequence[Ellipsoid], columns: Sequence[str]) -> pd.DataFrame:
    """The ellipsoids of groups, a row a group.

    Parameters
    ----------
    found : sequence of Ellipsoid, (K,)
    columns : sequence of str, (D,)

    Returns
    -------
    pandas.DataFrame, (K, 7)
        ``group``, ``width`` (geometric mean of the standard deviations along its axes), ``longest`` and ``shortest``
        (of these), ``stretch`` (their ratio), ``volume`` (the smallest group's is 1) and ``in words``.
    """
    volumes = np.array([np.log(each.lengths).sum() for each in found])
    return pd.DataFrame(
        {
            "group": component_letters(len(found)),
            "width": [each.width for each in found],
            "longest": [each.lengths[0] for each in found],
            "shortest": [each.lengths[-1] for each in found],
            "stretch": [each.stretch for each in found],
            "volume": np.exp(np.minimum(volumes - volumes.min(), np.log(np.finfo(float).max))),
            "in words": described(found, columns),
        }
    )


def described(found: Sequence[Ellipsoid], columns: Sequence[str]) -> list[str]:
    """For each group its size beside the others' and its shape with its direction; "" for one group of one column.

    "twice as wide as B, stretched 5 to 1 along eruptions with waiting, tilted"
    """
    letters = component_letters(len(found))
    smallest = min(range(len(found)), key=lambda k: found[k].width)
    sizes = [_size(each.width / found[smallest].width, letters[smallest]) for each in found]
    if all(each.width <= ROUND * found[smallest].width for each in found):
        sizes = [f"as wide as the other{'s' * (len(found) > 2)}"] * len(found)
    else:
        sizes[smallest] = "the narrowest"
    told = [(size * (len(found) > 1), shape(each, columns)) for size, each in zip(sizes, found, strict=True)]
    return [", ".join(part for part in parts if part) for parts in told]


def shape(ellipsoid: Ellipsoid, columns: Sequence[str]) -> str:
    """How stretched a group is and which way; "" along a single axis."""
    if len(ellipsoid.lengths) == 1:
        return ""
    if ellipsoid.stretch <= ROUND:
        return "round"
    return f"stretched {_ratio(ellipsoid.stretch)} to 1{_way(ellipsoid, columns)}"


def _size(ratio: float, smallest: str) -> str:
    if ratio <= ROUND:
        return f"about as wide as {smallest}"
    exact = round(ratio) in _TIMES and abs(ratio / round(ratio) - 1) < 0.03
    return f"{_TIMES[round(ratio)] if exact else f'{_ratio(ratio)} times'} as wide as {smallest}"


def _way(ellipsoid: Ellipsoid, columns: Sequence[str]) -> str:
    """Along the one long axis, across the one short axis, or over the columns that the long ones take most of."""
    lengths, n_long = ellipsoid.lengths, ellipsoid.n_long
    if n_long == 1:
        return f" along {_axis(ellipsoid.directions[:, 0], columns)}"
    if n_long == len(lengths) - 1:
        return f", thin across {_axis(ellipsoid.directions[:, -1], columns)}"
    widest = np.argsort(-ellipsoid.parts, kind="stable")[: min(n_long, MOST_NAMED)]
    return f", widest over {listed([columns[j] for j in widest])}"


def _axis(direction: np.ndarray, columns: Sequence[str]) -> str:
    """The columns that an axis runs along: "x with y, against z, tilted", the strongest first."""
    strongest = [int(j) for j in np.argsort(-np.abs(direction), kind="stable")]
    named = [j for j in strongest if abs(direction[j]) >= WEAK * abs(direction[strongest[0]])]
    first, *others = named[:MOST_NAMED]
    if not others:
        return columns[first]
    rising, falling = ([columns[j] for j in others if (direction[j] > 0) == rises] for rises in (True, False))
    told = [f"{word} {listed(names)}" for word, names in (("with", rising), ("against", falling)) if names]
    more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return f"{columns[first]} {' and '.join(told)}{more}, tilted"


def _ratio(value: float) -> str:
    return f"{value:,.0f}" if value >= 9.95 else f"{value:.1f}".removesuffix(".0")
