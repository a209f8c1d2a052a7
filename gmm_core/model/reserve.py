"""The last starts before a fit is refused, the same for every seed."""

from collections.abc import Iterator, Sequence

import numpy as np

from gmm_core.model.em.expectation import seconds_of_pass
from gmm_core.model.search import RESCUES, Search
from gmm_core.model.solutions import Candidate
from gmm_core.model.watching import Stopping, Watcher

PASSES = 250
"""What a rescue takes on the average."""

SECONDS = 1.0
"""What the reserve may take by the rule of thumb: 40 rescues in a small table, fewer where a pass is long.

In the hardest tables that have a sound answer at all, one rescue in 15 to 90 ends in it (50 and 60 rows with K = 5 and
7, 120 answers on a scale of 5 with K = 5; measured). Solutions grown a group at a time under a prior that is then
taken away find it no more often per pass."""

KEY = 7_919
"""Makes the reserve's generators others than those of any seed."""


def reserve(search: Search, before: Sequence[Candidate], watch: Stopping) -> Iterator[Candidate]:
    """Where further rescues end, up to the first sound one; none where one is sound ``before``.

    They don't depend on the seed: so a table isn't refused with one seed where they find an answer with another.
    """
    n_most = 0 if search.decided or any(candidate.verdict.sound for candidate in before) else _n_affordable(search)
    for rescue in range(n_most):
        if watch.stopped:
            return
        watcher = Watcher(watch, rescue, n_most, search.jacobian(search.rows.expect_scouts))
        turned = rescue + rescue // len(RESCUES)  # each way in turn with and without a sphered space
        candidate = search.rescued(turned, rescue, np.random.default_rng([KEY, rescue]), watcher)
        yield candidate
        if candidate.verdict.sound:
            return


def _n_affordable(search: Search) -> int:
    n_rows, n_features = search.rows.scouts.shape
    seconds = PASSES * seconds_of_pass(n_rows, search.settings.n_components, n_features, search.family.form)
    return int(SECONDS / seconds)
