"""Replicates one after another: each from a random stream of its own, those that fail counted, stopped at any time."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from gmm_core.errors import GmmError
from gmm_core.model.watching import Progress, Watch

STREAM = 20_250_504
"""Keeps the streams of replicates apart from those of the starts of a fit with the same seed."""

State = TypeVar("State")
Made = TypeVar("Made")


class _StoppedError(Exception):
    """Ends a fit in its middle: what a replicate has by then is no replicate."""


def gather(
    state: State,
    make: Callable[[np.random.Generator, Watch], Made],
    add: Callable[[State, Made | None], State],
    n_replicates: int,
    key: tuple[int, ...],
    go_on: Callable[[State], bool],
) -> State:
    """What ``add`` makes of ``state`` and the replicates, one after another, until ``go_on`` says no to what there is.

    ``make`` takes a generator of its own, drawn from ``key``, so that a replicate is the same whichever others are
    made; and a watch for its fits, through which ``go_on`` is asked at every pass over the rows. A replicate on its way
    is then dropped. One whose fit fails (a group collapses, a column is constant) is None.
    """

    def pulse(progress: Progress) -> bool:
        if not go_on(state):
            raise _StoppedError
        return True

    for stream in np.random.SeedSequence([STREAM, *key]).spawn(n_replicates):
        try:
            made = make(np.random.default_rng(stream), pulse)
        except _StoppedError:
            break
        except GmmError:
            made = None
        state = add(state, made)
        if not go_on(state):
            break
    return state
