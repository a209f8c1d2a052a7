"""Columns that say nothing new beside others: copies, in whatever unit, and sums."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from gmm_core.tables.column_facts import LONG_ENOUGH, Floats, numbers_of

COMPARED_ROWS = 1_000
"""Rows on which columns are compared first; what looks alike there is looked at in full."""

FINGERPRINT = 64
"""Rows by which copies are found without comparing each column with each other."""

MOST_COLUMNS = 100
"""Columns up to which sums are looked for."""

EXACT = 1e-9
"""Deviation, as a fraction of a column's spread, that is rounding."""


def say_nothing_new(table: pd.DataFrame, positions: Sequence[int]) -> dict[int, str]:
    """Why some numeric columns of a table, at these positions, are not needed: position to what follows the name.

    Of two copies the later is named; of columns that add up, the sum. Columns with gaps count as copies where their
    gaps are the same too, and never as sums. Nothing is said of tables of fewer than ``LONG_ENOUGH`` rows.
    """
    if len(table) < LONG_ENOUGH or len(positions) < 2:
        return {}
    rows = np.unique(np.linspace(0, len(table) - 1, COMPARED_ROWS).astype(np.intp))
    sample = np.column_stack([numbers_of(table.iloc[rows, i]) for i in positions])
    found = {positions[j]: f"repeats {_quoted(table, [positions[i]])}" for i, j in _copies(table, positions, sample)}
    whole = [i for i, x in zip(positions, sample.T, strict=True) if i not in found and not np.isnan(x).any()]
    if 3 <= len(whole) <= min(MOST_COLUMNS, len(rows) - LONG_ENOUGH):
        x = np.column_stack([numbers_of(table.iloc[rows, i]) for i in whole])
        for total, parts in _look_like_sums(x):
            if _adds_up(table, whole[total], [whole[i] for i in parts]):
                found[whole[total]] = f"is the sum of {_quoted(table, [whole[i] for i in parts])}"
    return found


def _copies(table: pd.DataFrame, positions: Sequence[int], sample: Floats) -> Iterator[tuple[int, int]]:
    for i, j in _look_alike(sample):
        if _are_copies(*(numbers_of(table.iloc[:, positions[at]]) for at in (i, j))):
            yield i, j


def _adds_up(table: pd.DataFrame, total: int, parts: Sequence[int]) -> bool:
    sum_of_parts = np.sum([numbers_of(table.iloc[:, i]) for i in parts], axis=0)
    return _vary_alike(numbers_of(table.iloc[:, total]), sum_of_parts)


def _look_alike(sample: Floats) -> Iterator[tuple[int, int]]:
    """Pairs of columns, the first of its kind and a later one, that agree in some rows up to unit and sign."""
    filled = ~np.isnan(sample)
    n_filled = filled.sum(axis=0).clip(1)
    away = np.where(filled, sample - np.where(filled, sample, 0.0).sum(axis=0) / n_filled, 0.0)
    unit = away / np.sqrt((away**2).sum(axis=0) / n_filled).clip(1e-300)
    every = max(len(unit) // FINGERPRINT, 1)
    some = unit[::every].T  # (D, about FINGERPRINT)
    largest = some[np.arange(len(some)), np.abs(some).argmax(axis=1)]
    turned = np.where(largest[:, None] < 0, -some, some)
    marked = np.where(filled[::every].T, turned, np.inf)
    seen: dict[bytes, int] = {}
    for position, row in enumerate(np.round(marked, 6) + 0.0):  # -0.0 and 0.0 have different bytes
        first = seen.setdefault(row.tobytes(), position)
        if first != position:
            yield first, position


def _are_copies(one: Floats, other: Floats) -> bool:
    filled = ~np.isnan(one)
    if (filled != ~np.isnan(other)).any():
        return False
    first, second = _unit(one[filled]), _unit(other[filled])
    return _vary_alike(first, second) or _vary_alike(first, -second)


def _vary_alike(one: Floats, other: Floats) -> bool:
    """Whether two columns differ by a constant only."""
    return bool(np.ptp(one - other) <= EXACT * np.ptp(one))


def _unit(x: Floats) -> Floats:
    return np.asarray((x - x.mean()) / max(float(x.std()), 1e-300))


def _look_like_sums(x: Floats) -> Iterator[tuple[int, list[int]]]:
    """Columns of (N, D) that are the sum of others, with these, as far as the rows tell.

    A column that hangs on those before it shows as a zero on the diagonal of the triangle of a QR decomposition.
    """
    spread = np.ptp(x, axis=0).clip(1e-300)
    unit = (x - x.mean(axis=0)) / spread
    lengths = np.linalg.norm(unit, axis=0)
    hanging = np.abs(np.diagonal(np.linalg.qr(unit, mode="r"))) <= EXACT * lengths
    for last in np.flatnonzero(hanging).tolist():
        before = [i for i in range(last) if not hanging[i]]
        shares = np.linalg.lstsq(unit[:, before], unit[:, last], rcond=None)[0].tolist()
        parts = [
            (i, share * spread[last] / spread[i]) for i, share in zip(before, shares, strict=True) if share**2 > EXACT
        ]
        yield from _as_sum([*parts, (last, -1.0)])


def _as_sum(parts: list[tuple[int, float]]) -> Iterator[tuple[int, list[int]]]:
    """The sum among columns that cancel out with these factors: all are 1 or -1, and one is alone with its sign."""
    signs = np.array([share for _, share in parts])
    if len(parts) < 3 or not np.allclose(np.abs(signs), 1.0, atol=1e-6):
        return
    for sign in (-1.0, 1.0):
        alone = np.flatnonzero(np.sign(signs) == sign)
        if len(alone) == 1:
            yield parts[alone[0]][0], [i for at, (i, _) in enumerate(parts) if at != alone[0]]
            return


def _quoted(table: pd.DataFrame, positions: Sequence[int]) -> str:
    names = [f"“{table.columns[i]}”" for i in positions]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
