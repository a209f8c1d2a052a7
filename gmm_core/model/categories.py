"""How the categories of a column fall on groups: shares, lift, and a standardised residual.

Source of the residual: Haberman (1973), The analysis of residuals in cross-classified tables, Biometrics 29, 205-220;
with memberships a group counts as many rows as it has effectively.
"""

from dataclasses import dataclass

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.profiles import EMPTY, Codes, SoftGroups


@dataclass(frozen=True, eq=False)
class CategoryProfile:
    """Groups in a column of C categories; rows with a gap in it are left out.

    Attributes
    ----------
    shares : (K, C) array
        Share of each category within each group; of a group without rows those of all rows.
    overall : (C,) array
        Share of each category among all rows.
    sizes : (K,) array
        Share of the rows that each group holds.
    residuals : (K, C) array
        Share less the overall share, in standard errors: beyond 3 in size it is more than chance would do.
    n_gaps : int
        Rows left out.
    """

    shares: Array
    overall: Array
    sizes: Array
    residuals: Array
    n_gaps: int

    @property
    def deltas(self) -> Array:
        """Share within the group less that among the rows outside of it, (K, C): Cliff's delta of having the category.

        0 for a group that has all rows.
        """
        outside = 1.0 - self.sizes[:, None]
        return np.where(outside > EMPTY, (self.shares - self.overall) / np.where(outside > EMPTY, outside, 1.0), 0.0)

    @property
    def lifts(self) -> Array:
        """How many times as frequent as among all rows each category is, (K, C)."""
        return self.shares / np.where(self.overall > 0, self.overall, 1.0)


def profile_categories(codes: Codes, n: int, groups: SoftGroups) -> CategoryProfile:
    """Profile of a column of codes (N,) from 0 to n - 1, with -1 in gaps; some row must have a code."""
    present = codes >= 0
    own = groups.among(present)
    tallies = own.tally(codes[present], n)
    overall = tallies.sum(axis=0) / tallies.sum()
    sizes = np.where(own.empty, 1.0, own.sizes)
    shares = np.where(own.empty[:, None], overall, tallies / sizes[:, None])
    variances = (
        np.multiply.outer(1.0 - own.shares, overall * (1.0 - overall)) / np.maximum(own.effective_sizes, 1.0)[:, None]
    )
    possible = variances > 0
    residuals = np.where(possible, (shares - overall) / np.sqrt(np.where(possible, variances, 1.0)), 0.0)
    return CategoryProfile(shares, overall, own.shares, residuals, int((~present).sum()))
