"""When EM stops: small steps aren't convergence, so the rule estimates what is still to gain."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CONVERGED = "converged"
OUT_OF_PASSES = "max_iter"
STOPPED = "stopped by the user"
AT_ROUNDING = "rounding"
"""An EM step has lowered the likelihood: a group is so flat that rounding decides about it."""

FALL = 1e-10
"""Nats a row by which rounding may lower the log-likelihood of sound groups; 1e-15 is usual."""

ROUNDING = 8 * float(np.finfo(float).eps)
"""Gains below this share of the log-likelihood are rounding."""


def aitken(values: Sequence[float]) -> float:
    """What the log-likelihoods ``values`` of successive EM steps have still to gain; infinite while that is unknown.

    EM converges linearly: each gain is about r times the one before, and the gains to come add up to gain r / (1 - r).
    The estimate from the gain before counts as well, so that one that happens to be small is no sign of rest.

    Source: Boehning, Dietz, Schaub, Schlattmann and Lindsay (1994); McLachlan and Krishnan (2008), section 4.9.
    """
    if len(values) < 4:
        return float("inf")
    first, second, last = np.abs(np.diff(values[-4:])).tolist()  # a ridge may let them fall
    rounding = ROUNDING * abs(values[-1])
    return max(_to_come(second, last, rounding), _to_come(first, second, rounding) - last)


def _to_come(before: float, gain: float, rounding: float) -> float:
    if gain <= rounding:
        return 0.0
    return gain**2 / (before - gain) if before - gain > rounding else float("inf")


@dataclass
class Course:
    """The log-likelihoods of a run so far.

    Attributes
    ----------
    trace : list of float
        That of the best state after each pass.
    n_plain : int
        How many of the last passes were EM steps.
    """

    trace: list[float]
    n_plain: int = 0

    def add(self, log_likelihood: float, plain: bool) -> None:
        """Note a pass that was an EM step, or not."""
        self.trace.append(log_likelihood)
        self.n_plain = self.n_plain + 1 if plain else 0

    def remainder(self, predicted: float | None) -> float:
        """What is still to gain: as an acceleration predicts it, else from the gains of EM steps."""
        return aitken(self.trace[-1 - self.n_plain :]) if predicted is None else predicted

    def at_rest(self, most_to_gain: float, least: float) -> bool:
        """Whether both the last gain and what may be still to gain are below ``least``."""
        return len(self.trace) > 1 and abs(self.trace[-1] - self.trace[-2]) < least and most_to_gain < least
