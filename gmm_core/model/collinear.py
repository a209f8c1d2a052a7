"""Columns that follow exactly from others: across them, tilted groups of any number have no spread."""

import numpy as np

from gmm_core.errors import CollinearError
from gmm_core.model.em.forms import Array
from gmm_core.model.em.rows import Rows
from gmm_core.model.words import listed

LEAST_OWN = 1e-12
"""Smallest part of a column's variance that may be its own, not worked out from the columns before it: rounding leaves
about 1e-16, and a correlation of 1 - 1e-9 leaves 2e-9."""

TAKES_PART = 1e-6
"""A column takes part in working out another from this share of the largest standardised coefficient on."""


def check_collinear(rows: Rows, columns: tuple[str, ...]) -> None:
    """Raise ``CollinearError`` for the first column that follows from those before it; rows no more than D may."""
    if rows.n_rows <= rows.n_features:
        return
    correlation = sum((shard.total for shard in rows.shards), start=np.zeros((rows.n_features, rows.n_features)))
    spread = np.sqrt(np.diagonal(correlation))
    correlation = correlation / np.multiply.outer(spread, spread)
    if np.linalg.eigvalsh(correlation)[0] > LEAST_OWN * rows.n_features:
        return
    for j in range(1, rows.n_features):
        coefficients = _worked_out(correlation, j)
        if coefficients is not None:
            taking_part = np.flatnonzero(np.abs(coefficients) > TAKES_PART * np.abs(coefficients).max())
            raise _error(columns[j], [columns[i] for i in taking_part])


def _worked_out(correlation: Array, j: int) -> Array | None:
    """Coefficients (j,) that give column j from those before it, where they leave nothing over."""
    before, with_j = correlation[:j, :j], correlation[:j, j]
    coefficients = np.asarray(np.linalg.solve(before, with_j), dtype=float)
    return coefficients if 1 - with_j @ coefficients < LEAST_OWN else None


def _error(name: str, others: list[str]) -> CollinearError:
    shown = others if len(others) < 5 else [*others[:3], f"{len(others) - 3} more"]
    return CollinearError(
        f"{name} follows exactly from {listed(shown)}, so groups that may be tilted have no spread across them.",
        f"Leave out {name}, or choose a family without tilt, such as covariance_type='diag'.",
        columns=[name, *others],
    )
