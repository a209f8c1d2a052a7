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


def ends_in_sums(frame: pd.DataFrame) -> bool:
    """Whether the last row gives the sums of all columns of numbers, as a total without a label does."""
    numbers = frame.select_dtypes("number")
    found = False
    for i in range(numbers.shape[1] if len(frame) > 3 else 0):
        is_sum = _ends_in_sum(numbers.iloc[:, i].to_numpy(dtype=float, na_value=np.nan))
        if is_sum is False:
            return False
        found |= bool(is_sum)
    return found


def _ends_in_sum(values: NDArray[np.float64]) -> bool | None:
    """Whether the last value is the sum of those above it, three of them at least; ``None`` where there is no last."""
    above, last = values[:-1], values[-1]
    if not np.isfinite(last):
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        is_sum = np.isclose(np.nansum(above), last, rtol=1e-9, atol=0)
    return bool(is_sum and np.count_nonzero(np.nan_to_num(above)) > 2)


def _is_total(cells: Sequence[str]) -> bool:
    return bool(cells) and _TOTAL.match(cells[0]) is not None and any(map(is_number, cells[1:]))


def _is_note(cells: Sequence[str], typical: int) -> bool:
    if not cells or 2 * len(cells) > typical or any(map(is_number, cells)):
        return False
    return len(cells[0]) >= LONG or _NOTE.match(cells[0]) is not None
