"""How a fit tells where it is, and how it is asked to stop."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Where a fit is: start ``start`` of ``n_starts``, after ``iteration`` passes, at this log-likelihood."""

    start: int
    n_starts: int
    iteration: int
    log_likelihood: float


Watch = Callable[[Progress], bool]
"""Called after each pass over the data; False stops the fit with what it has."""


class Watcher:
    """Passes the progress of one start on, and remembers whether it was asked to stop."""

    def __init__(self, watch: Watch | None, start: int, n_starts: int, offset: float) -> None:
        self._watch, self._start, self._n_starts, self._offset = watch, start, n_starts, offset
        self.stopped = False

    def __call__(self, iteration: int, log_likelihood: float) -> bool:
        """Whether to go on; ``log_likelihood`` is that of the scaled space, less ``offset`` that of the table."""
        if self._watch is not None:
            progress = Progress(self._start, self._n_starts, iteration, log_likelihood - self._offset)
            self.stopped = not self._watch(progress)
        return not self.stopped


class Stopping:
    """A watch over several fits that remembers whether it was asked to stop."""

    def __init__(self, watch: Watch | None) -> None:
        self._watch = watch
        self.stopped = False

    def __call__(self, progress: Progress) -> bool:
        """Whether to go on."""
        self.stopped = self.stopped or (self._watch is not None and not self._watch(progress))
        return not self.stopped
