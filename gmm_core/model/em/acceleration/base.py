"""What an acceleration of EM is: it proposes where to go on, from what the passes over the data gave so far."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from gmm_core.model.em.acceleration.coordinates import Statistics
from gmm_core.model.em.moments import Moments
from gmm_core.model.em.parameters import Parameters


@dataclass(frozen=True, eq=False)
class State:
    """Parameters, and what a pass with them gave.

    Attributes
    ----------
    parameters : Parameters
    moments : Moments
        Of the pass.
    made_of : Statistics or None
        Those whose M step gave the parameters; None at the start.
    proposed : bool
        Whether these were an accelerator's, not those of the pass before.
    log_prior : float
        Log prior density of the parameters; 0 without a prior.
    """

    parameters: Parameters
    moments: Moments
    made_of: Statistics | None = None
    proposed: bool = False
    log_prior: float = 0.0

    @property
    def objective(self) -> float:
        """What must never fall."""
        return self.moments.log_likelihood + self.log_prior

    @property
    def next(self) -> Statistics:
        """What plain EM goes on with."""
        return Statistics(self.moments, self.parameters.means)


class Accelerator(ABC):
    """Proposes statistics for the next M step in place of those that the last pass gave.

    The loop takes a proposal only where it does not lower the log-likelihood.
    """

    margin: ClassVar[float] = 1.0
    """How many times more than ``remainder`` may be left in bad cases."""

    @abstractmethod
    def propose(self, best: State) -> Statistics | None:
        """Statistics to go on with from the best state so far; None for a plain EM step."""

    @abstractmethod
    def learn(self, state: State, taken: bool, gain: float) -> None:
        """Take in a new state, whether the loop goes on from there, and what it gained in log-likelihood per row."""

    @property
    @abstractmethod
    def remainder(self) -> float | None:
        """Estimate of the log-likelihood still to gain from the best state; None where there is none."""


class Plain(Accelerator):
    """EM as it is."""

    def propose(self, best: State) -> Statistics | None:
        return None

    def learn(self, state: State, taken: bool, gain: float) -> None:
        return None

    @property
    def remainder(self) -> float | None:
        return None
