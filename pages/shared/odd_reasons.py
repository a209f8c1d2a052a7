"""What makes a row odd, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pages.shared.scoring import Scored
from pages.shared.wording import number

if TYPE_CHECKING:
    from gmm_core.tables.outliers import Usual


def reasons(scored: Scored, positions: Any) -> list[str]:
    """What makes each of some rows odd, in words: against the likeliest of the groups, which is named."""
    found, letters = scored.usual(positions), scored.fitted.letters
    labels = scored.oddness.label[positions]
    return [f"against {letters[label]}: {_reason(scored, found, at)}" for at, label in enumerate(labels)]


def _reason(scored: Scored, found: Usual, at: int) -> str:
    names = scored.features.columns
    row = zip(found.columns[at], found.values[at], found.low[at], found.high[at], strict=True)
    cells = [_cell(names[column], *ends) for column, *ends in row if column >= 0]
    if cells:
        return (" or " if found.either[at] else " and ").join(cells)
    together = [names[column] for column in found.together[at] if column >= 0]
    return f"together unusual: {' with '.join(together)}" if together else "within its usual range"


def _cell(name: str, value: float, low: float, high: float) -> str:
    at, start, end = (number(each, 3 * (high - low)) for each in (value, low, high))
    return f"{name} {at} (usual {start} to {end})"
