"""Totals and notes at the foot of a table: told, so that nobody takes them for cases without knowing."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.tables.dialect import is_number

MOST_ROWS = 10
"""Rows of a foot that are looked for."""

LOOKED_AT_FOOT = 50
"""Rows at the end of a table that show what is usual in it."""

ROUNDED = 0.005
"""How far, as a share, a mean at the foot of a table may be from that of its rows."""

LONG = 30
"""Letters from which a lone text in a row is a sentence."""

_TOTAL = re.compile(
    r"(?:grand |sub|sub-|overall )?totals?\b|sums?\b|(?:arithmetic )?mean\b|average\b|all\b$|(?:closing )?balance\b|"
    r"saldo\b|(?:gesamt|zwischen|end)?summe\b|gesamt(?:ergebnis)?|insgesamt|mittelwert\b|durchschnitt|somme\b|moyenne\b|"
    r"suma\b|totale\b|totaal\b|media\b|итого|всего|合计|总计|平均",
    re.IGNORECASE,
)
_AFTER = " :.*=-"
"""Signs that may follow a word that stands alone."""
_NOTE = re.compile(
    r"[*#†‡¹²³]|[\[(]\w|(?:source|sources|notes?|remarks?|footnotes?|as of|quellen?|anmerkung(?:en)?|hinweise?|stand|"
    r"fuente|fonte|nota|注|数据来源|来源)\b",
    re.IGNORECASE,
)


def find_foot(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Labels of the rows at the end that look like totals or notes, in their order.

    Parameters
    ----------
    rows : sequence of rows of trimmed words
        The last of the table, and as many before them as show what is usual.
    """
    typical = int(np.median([sum(map(bool, row)) for row in rows])) if len(rows) else 0
    labels: list[str] = []
    for row in reversed(rows[-MOST_ROWS:]):
        cells = [cell for cell in row if cell]
        if not (_is_total(cells) or _is_note(cells, typical)):
            break
        labels.append(cells[0])
    return tuple(reversed(labels)) if len(labels) < len(rows) else ()


def sure_totals(frame: pd.DataFrame, foot: Sequence[str]) -> int:
    """How many rows at the end of a table are totals beyond doubt, with notes among them; 0 where there is a doubt.

    A total is a word for it that stands alone and for no other row, or has the sums or means of the rows above beside
    it. Without a word it is one where it gives the sums in two columns of numbers or more.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table with its foot.
    foot : sequence of str
        What ``find_foot`` found.
    """
    if not foot:
        return int(n_sums(frame) > 1)
    numbers = frame.select_dtypes("number").to_numpy(dtype=float, na_value=np.nan)
    n_above = len(frame) - len(foot)
    told = zip(foot, numbers[n_above:], strict=True)
    totals = [(label, row) for label, row in told if _TOTAL.match(label) and np.isfinite(row).any()]
    earlier = {*frame.select_dtypes("str").iloc[:n_above].to_numpy().ravel().tolist()} if totals else set()
    sure = all(
        (_stands_alone(label) and label not in earlier) or _adds_up(row, numbers[:n_above]) for label, row in totals
    )
    return len(foot) if totals and sure else 0


def means_total(label: str) -> bool:
    """Whether the label of a row begins with a word for a total or a mean."""
    return _TOTAL.match(label) is not None


def is_remark(row: Sequence[str]) -> bool:
    """Whether a row of cells is a sentence on the table, told by how it begins."""
    return bool(row) and _NOTE.match(row[0].strip()) is not None and not any(map(is_number, row[:2]))


def n_sums(frame: pd.DataFrame) -> int:
    """Of how many columns of numbers the last row gives the sum, as a total without a label does; 0 if not of all."""
    numbers = frame.select_dtypes("number")
    found = 0
    for i in range(numbers.shape[1] if len(frame) > 3 else 0):
        is_sum = _ends_in_sum(numbers.iloc[:, i].to_numpy(dtype=float, na_value=np.nan))
        if is_sum is False:
            return 0
        found += bool(is_sum)
    return found


def _ends_in_sum(values: NDArray[np.float64]) -> bool | None:
    """Whether the last value is the sum of those above it, three of them at least; ``None`` where there is no last."""
    above, last = values[:-1], values[-1]
    if not np.isfinite(last):
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        is_sum = np.isclose(np.nansum(above), last, rtol=1e-9, atol=0)
    return bool(is_sum and np.count_nonzero(np.nan_to_num(above)) > 2)


def _stands_alone(label: str) -> bool:
    return _TOTAL.fullmatch(label.rstrip(_AFTER)) is not None


def _adds_up(row: NDArray[np.float64], above: NDArray[np.float64]) -> bool:
    """Whether at least half of a row's numbers are the sums or the means, which may be rounded, of those above."""
    there = np.isfinite(row)
    with np.errstate(over="ignore", invalid="ignore"):
        sums = np.nansum(above[:, there], axis=0)
        means = sums / np.maximum(np.isfinite(above[:, there]).sum(axis=0), 1)
        alike = np.isclose(row[there], sums, rtol=1e-6, atol=0) | np.isclose(row[there], means, rtol=ROUNDED, atol=0)
    return bool(2 * alike.sum() >= there.sum())


def _is_total(cells: Sequence[str]) -> bool:
    return bool(cells) and _TOTAL.match(cells[0]) is not None and any(map(is_number, cells[1:]))


def _is_note(cells: Sequence[str], typical: int) -> bool:
    if not cells or 2 * len(cells) > typical or any(map(is_number, cells)):
        return False
    return len(cells[0]) >= LONG or _NOTE.match(cells[0]) is not None
