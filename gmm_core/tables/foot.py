"""Totals and notes at the foot of a table: told, so that nobody takes them for cases without knowing."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from gmm_core.tables.dialect import is_number

MOST_ROWS = 10
"""Rows of a foot that are looked for."""

LOOKED_AT_FOOT = 50
"""Rows at the end of a table that show what is usual in it."""

LONG = 30
"""Letters from which a lone text in a row is a sentence."""

_TOTAL = re.compile(
    r"(?:grand |sub|sub-|overall )?total\b|sums?\b|(?:arithmetic )?mean\b|average\b|all\b$|(?:closing )?balance\b|"
    r"saldo\b|summe\b|gesamt|insgesamt|zwischensumme\b|mittelwert\b|durchschnitt|somme\b|moyenne\b|suma\b|totale\b|media\b|"
    r"итого|всего|合计|总计|平均",
    re.IGNORECASE,
)
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


def is_remark(row: Sequence[str]) -> bool:
    """Whether a row of cells is a sentence on the table, told by how it begins."""
    return bool(row) and _NOTE.match(row[0].strip()) is not None and not any(map(is_number, row[:2]))


def remark_on_sums(frame: pd.DataFrame) -> tuple[str, ...]:
    """A sentence where the last row gives the sums of all columns of numbers, as a total without a label does."""
    return ("The last row holds the sums of the rows above it, yet stayed in: leave it out.",) if _is_sum(frame) else ()


def _is_sum(frame: pd.DataFrame) -> bool:
    numbers = frame.select_dtypes("number").to_numpy(dtype=float, na_value=np.nan)
    if len(numbers) < 4 or not numbers.shape[1]:
        return False
    above, last = numbers[:-1], numbers[-1]
    summed = np.isfinite(last) & np.isfinite(above[0])
    many = bool(summed.any()) and bool((np.count_nonzero(np.nan_to_num(above[:, summed]), axis=0) > 2).all())
    with np.errstate(over="ignore", invalid="ignore"):
        return many and np.allclose(np.nansum(above[:, summed], axis=0), last[summed], rtol=1e-9, atol=0)


def _is_total(cells: Sequence[str]) -> bool:
    return bool(cells) and _TOTAL.match(cells[0]) is not None and any(map(is_number, cells[1:]))


def _is_note(cells: Sequence[str], typical: int) -> bool:
    if not cells or 2 * len(cells) > typical or any(map(is_number, cells)):
        return False
    return len(cells[0]) >= LONG or _NOTE.match(cells[0]) is not None
