"""What the self-audit looks at: a solution, where EM ended, and the causes known to move it off what must hold."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.em.loop import Run
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.rows import Rows
from gmm_core.model.em.stopping import AT_ROUNDING
from gmm_core.model.families.volumes import FLAT

ROUNDING = 1e-9
"""Deviation that rounding may cause, as a share of what is compared; 1e-15 is usual (measured)."""


@dataclass(frozen=True, eq=False)
class Subject:
    """A solution, where EM ended, and all that a check looks at, in the scaled space.

    Attributes
    ----------
    run : Run
    rows : Rows
    maximise : Maximisation
        The M step, with the bounds put on it.
    tol : float
        Gain per row below which EM stopped.
    entropy : float
        Minus the sum over rows and components of r log r.
    complete : bool
        Whether no row has a gap.
    """

    run: Run
    rows: Rows
    maximise: Maximisation
    tol: float
    entropy: float
    complete: bool = True

    def mean_over_rows(self, of_block: Callable[[Array, Array], Array]) -> Array:
        """Weighted mean over the rows of what ``of_block`` sums over a block (D, B) and its row weights (B,)."""
        blocks = (pair for shard in self.rows.shards for pair in shard.weighted_blocks)
        sums = (of_block(z, np.ones(z.shape[1]) if w is None else w) for z, w in blocks)
        return np.asarray(sum(sums)) / self.rows.total_weight

    @cached_property
    def mean(self) -> Array:
        """Mean of the rows, (D,)."""
        return self.mean_over_rows(lambda z, w: z @ w)

    @cached_property
    def total(self) -> Array:
        """Covariance of the mixture about the rows' mean, (D, D): within the groups plus between their means."""
        p = self.run.parameters
        dense = p.form.to_dense(p.covariances, p.n_components, p.n_features)
        d = p.means - self.mean
        return np.asarray(np.einsum("k,kij->ij", p.weights, dense) + (p.weights[:, None] * d).T @ d)


@dataclass(frozen=True)
class Cause:
    """Something that is known to move a solution off the identities, and which it moves."""

    words: str
    moves: frozenset[str]
    at_work: Callable[[Subject], bool]


def _at_floor(solution: Subject) -> bool:
    p, floor = solution.run.parameters, solution.maximise.floor
    return not p.form.above(p.covariances, floor * (1 + ROUNDING))


def _far_apart(solution: Subject) -> bool:
    """Whether one group is so much larger than another that the rule for their volumes takes that for a point."""
    p = solution.run.parameters
    dense = p.form.to_dense(p.covariances, len(p.weights), p.n_features)
    sizes = np.trace(dense, axis1=-2, axis2=-1)
    return bool(sizes.min() < 10 * FLAT * sizes.max())


CAUSES = (
    Cause(
        "EM was stopped before its first step",
        frozenset({"mean", "covariance", "distances"}),
        lambda solution: solution.run.n_iterations == 0,
    ),
    Cause(
        "EM was stopped before it came to rest", frozenset({"distances"}), lambda solution: not solution.run.converged
    ),
    Cause(
        "reg_covar was added to the variances",
        frozenset({"covariance", "likelihood", "distances"}),
        lambda solution: solution.maximise.ridge is not None,
    ),
    Cause(
        "the prior has a say in means and covariances",
        frozenset({"mean", "covariance", "distances"}),
        lambda solution: solution.maximise.prior is not None,
    ),
    Cause(
        "shares or means were held",
        frozenset({"mean", "covariance", "distances"}),
        lambda solution: solution.maximise.shares is not None or solution.maximise.means is not None,
    ),
    Cause("a variance was raised to the floor", frozenset({"covariance", "distances"}), _at_floor),
    Cause(
        "rounding ended EM, as a group is nearly flat",
        frozenset({"mean", "covariance", "distances"}),
        lambda solution: solution.run.stopped_by == AT_ROUNDING,
    ),
    Cause("the groups' sizes differ by more than rounding can tell", frozenset({"distances"}), _far_apart),
)
