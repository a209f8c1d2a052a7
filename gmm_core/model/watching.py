"""How a fit tells where it is, and how it is asked to stop."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Where a fit is: start ``start`` of ``n_starts``, after ``iteration`` passes, at this log-likelihood.

    A ``start`` that is ``n_starts`` carries the best one on over all rows. With a prior, ``log_likelihood`` is the log
    posterior.
    """

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


class Printer:
    """Prints where a fit is: a line a start, or ``every`` iteration; with a ``prior`` the posterior rises."""

    def __init__(self, prior: bool, every: bool = False) -> None:
        self._level, self._every = "log posterior" if prior else "log-likelihood", every

    def __call__(self, progress: Progress) -> bool:
        if progress.iteration == 0 or self._every:
            place = f"Start {progress.start + 1} of {progress.n_starts}"
            if progress.start == progress.n_starts:
                place = "All rows, from the best start"
            print(f"{place}, iteration {progress.iteration}: {self._level} {progress.log_likelihood:.6f}")
        return True
