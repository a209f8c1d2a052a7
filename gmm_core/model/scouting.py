"""The rows on which starts are tried: all of a table, or a sample where these are many."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.forms import Array
from gmm_core.model.em.gaps import expectation_over
from gmm_core.model.em.rows import Scaling
from gmm_core.model.filling import filled
from gmm_core.model.starts import SEEDING_ROWS, repeated, sample_positions, sample_rows

SCOUT_ROWS = 10_000
"""Above twice as many rows, starts are tried on a sample of this size, and the best goes on with all rows."""


@dataclass(frozen=True, eq=False)
class Scouting:
    """The rows of one table, and those of them on which starts are tried: the scouts.

    Attributes
    ----------
    table : (N, D) array
        Checked; nan in gaps.
    scaling : Scaling
    weights : (N,) array or None
        How often each row counts, where not once.
    floor : float
        Smallest variance in any direction, in the scaled space.
    seed : int
        Decides which rows are drawn.
    sampling : bool
        Whether a sample will do where the rows are many.
    """

    table: Array
    scaling: Scaling
    weights: Array | None
    floor: float
    seed: int
    sampling: bool

    # -- all rows ------------------------------------------------------------------------------------------------

    @cached_property
    def gaps(self) -> bool:
        """Whether some row has a gap."""
        return bool(np.isnan(self.table).any())

    @cached_property
    def expect(self) -> Expectation:
        """E steps over all rows."""
        return expectation_over(self.table, self.scaling, self.weights)

    @cached_property
    def complete(self) -> Array:
        """All rows, their gaps filled."""
        return filled(self.table, self.weights, self.floor)

    @property
    def long(self) -> bool:
        """Whether there are so many rows that a sample tells starts apart."""
        return len(self.table) > 2 * SCOUT_ROWS

    # -- the scouts ----------------------------------------------------------------------------------------------

    @cached_property
    def sampled(self) -> NDArray[np.intp] | None:
        """Positions of the scouts, each as often as it counts; None where they are all rows."""
        if not self.long or not self.sampling:
            return None
        rng = np.random.default_rng(self.seed)
        if self.weights is not None:
            return repeated(self.weights, SCOUT_ROWS, rng)
        return sample_positions(len(self.table), SCOUT_ROWS, rng)

    @cached_property
    def scouts(self) -> Array:
        """The scouts, (n, D); nan in gaps."""
        return self.table if self.sampled is None else np.asarray(self.table[self.sampled])

    @property
    def scout_weights(self) -> Array | None:
        """How often each scout counts, where not once."""
        return self.weights if self.sampled is None else None

    @cached_property
    def expect_scouts(self) -> Expectation:
        """E steps over the scouts."""
        return self.expect if self.sampled is None else expectation_over(self.scouts, self.scaling)

    @cached_property
    def complete_scouts(self) -> Array:
        """The scouts, their gaps filled."""
        return self.complete if self.sampled is None else filled(self.scouts, None, self.floor)

    @cached_property
    def expect_short(self) -> Expectation:
        """E steps of short runs: over a sample of the scouts where these are many."""
        if len(self.scouts) <= SEEDING_ROWS:
            return self.expect_scouts
        rng = np.random.default_rng(self.seed)
        return expectation_over(sample_rows(self.scouts, SEEDING_ROWS, rng, self.scout_weights), self.scaling)
