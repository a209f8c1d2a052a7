"""The time that work has left, from how fast the share done rises where this is a share of the time."""

from __future__ import annotations

from dataclasses import dataclass, replace

LEAST_DONE, LEAST_SECONDS = 0.03, 3.0
"""Share of the work, and its seconds, from which the time left is told."""

Place = tuple[float, float]
"""A share done, and when it was reached, in seconds."""


@dataclass(frozen=True)
class Pace:
    """From the first part done, since what comes before it may be of another kind, to the last."""

    first: Place | None = None
    last: Place = (0.0, 0.0)

    def at(self, share: float, now: float) -> Pace:
        """With a share just told; one that is no higher tells nothing."""
        if share <= self.last[0]:
            return self
        return replace(self, first=self.first or (share, now), last=(share, now))

    def left(self, now: float) -> float | None:
        """Seconds left; None where it is too early to tell, or the next part takes longer than all should."""
        share, then = self.last
        since, began = self.first or self.last
        if share - since < LEAST_DONE or then - began < LEAST_SECONDS:
            return None
        left = (then - began) * (1 - share) / (share - since) - (now - then)
        return left if left > 0 else None
