"""Rows that count for groups column by column: those with a value there."""

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.profiles import SoftGroups


def column_sizes(x: Array, groups: SoftGroups) -> Array:
    """Effective numbers of rows of each group in each column, (K, D), of rows (N, D) with NaN in gaps."""
    return np.stack([groups.among(np.isfinite(column)).effective_sizes for column in x.T], axis=1)


def column_means(x: Array, counts: Array) -> Array:
    """Means (D,) of rows (N, D), NaN in gaps, of which each counts so much, (N,); 0 in a column where none does."""
    present = np.isfinite(x)
    sums = counts @ np.where(present, x, 0.0)
    totals = counts @ present
    return np.where(totals > 0, sums / np.where(totals > 0, totals, 1.0), 0.0)
