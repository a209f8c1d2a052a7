"""Quasi-Newton steps in the space of expected sufficient statistics, with the EM step as the gradient.

In the coordinates of ``Coordinates`` the EM step is, to first order, the gradient of the log-likelihood, and comes
with every pass. How it changes from pass to pass tells the curvature that EM ignores: the share of information that
is missing, which makes EM slow where components overlap.

Sources: Jamshidian and Jennrich (1997), Acceleration of the EM algorithm by using quasi-Newton methods, JRSS B 59,
section 3 (QN2: BFGS with the EM step as scaled gradient, there in the parameters); Nocedal and Wright (2006),
Numerical Optimization, algorithm 7.4, for the updates with limited memory.
"""

from collections import deque

import numpy as np

from gmm_core.model.em.acceleration.base import Accelerator, State
from gmm_core.model.em.acceleration.coordinates import Coordinates, Statistics, counts_of
from gmm_core.model.em.forms import Array

MEMORY = 8
"""Pairs of changes that are remembered (5 to 20 make no difference, measured)."""

QUIET = 1e-3
"""Gain per row of an EM step below which acceleration begins. Where EM still makes large gains, or passes a saddle, a
long step may lead to another optimum than EM's: with this, of 484 starts 6 led to a lower one and 18 to a higher."""

FIRST_RADIUS = 4.0
"""Length of the first proposal in EM steps, at most; the limit doubles with each that meets it and is taken."""

LONGEST_REACH = 1.0
"""Largest change by one step of a logarithm or of a mean in standard deviations."""

UNSEEN = 2.0
"""The pairs don't tell all of the slow directions: the gain that they predict times this is right on average
(measured; half of the estimates are right within a factor of two)."""

LEAST_CURVATURE = 1e-8
"""Least cosine between a move and the fall of the gradient: below, they tell no curvature."""


LEAST_PRODUCT = 1e-150
"""Below, squares vanish."""


class Curvature:
    """The inverse of the curvature as the last few pairs of changes tell it; the unit matrix before the first."""

    def __init__(self) -> None:
        self._pairs = deque[tuple[Array, Array, float]](maxlen=MEMORY)

    def __len__(self) -> int:
        return len(self._pairs)

    def add(self, moved: Array, fall: Array) -> None:
        """A move, and by how much the gradient fell with it. Where the two disagree, what was learned is forgotten."""
        product = float(moved @ fall)
        lengths = float(np.sqrt((moved @ moved) * (fall @ fall)))
        if product <= max(LEAST_CURVATURE * lengths, LEAST_PRODUCT):
            self._pairs.clear()
        else:
            self._pairs.append((moved, fall, product))

    def newton_step(self, gradient: Array) -> Array:
        """The inverse curvature times ``gradient``, by the two loops of algorithm 7.4."""
        step, shares = gradient.copy(), list[float]()
        for moved, fall, product in reversed(self._pairs):
            shares.append(float(moved @ step) / product)
            step -= shares[-1] * fall
        if self._pairs:
            _, fall, product = self._pairs[-1]
            step *= max(1.0, product / float(fall @ fall))  # EM steps fall short, never too far
        for (moved, fall, product), share in zip(self._pairs, reversed(shares), strict=True):
            step += moved * (share - float(fall @ step) / product)
        return step


class Climb:
    """Steps by limited-memory BFGS within a trust radius, in coordinates about the state where they began.

    Raises ``LinAlgError`` where a scatter matrix is singular, as the coordinates do.
    """

    def __init__(self, state: State) -> None:
        assert state.made_of is not None, "a climb begins after an EM step"
        self._coordinates = Coordinates(state.parameters, counts_of(state.moments, state.parameters))
        self._curvature = Curvature()
        self._here = self._ahead = self._coordinates.of(state.made_of)
        self._em_step = self._step = self._coordinates.of(state.next) - self._here
        self._radius, self._clipped = FIRST_RADIUS * float(np.linalg.norm(self._em_step)), False

    def propose(self, best: State) -> Statistics | None:
        """Statistics a step ahead; None for an EM step, as long as no curvature is known."""
        if self.remainder is None:
            return None
        radius = max(self._radius, float(np.linalg.norm(self._em_step)))
        excess = max(float(np.linalg.norm(self._step)) / radius, self._coordinates.reach(self._step) / LONGEST_REACH)
        self._clipped = excess > 1
        self._ahead = self._here + self._step / max(excess, 1.0)
        return self._coordinates.statistics(self._ahead, best.moments)

    def learn(self, state: State) -> None:
        """Go on from ``state``, which the last step led to."""
        here = self._ahead if state.proposed else self._here + self._em_step
        em_step = self._coordinates.of(state.next) - here
        self._curvature.add(here - self._here, self._em_step - em_step)
        self._here, self._em_step, self._step = here, em_step, self._curvature.newton_step(em_step)
        if state.proposed and self._clipped:
            self._radius *= 2

    @property
    def remainder(self) -> float | None:
        """Half the gradient times the Newton step, as much as a quadratic function gains; see ``UNSEEN``."""
        predicted = 0.5 * float(self._em_step @ self._step)
        return UNSEEN * predicted if len(self._curvature) and predicted > 0 else None


class QuasiNewton(Accelerator):
    """Climbs as soon as EM is quiet; where a proposal is rejected, a new climb begins at the best state."""

    margin = 5.0

    def __init__(self) -> None:
        self._climb: Climb | None = None
        self._quiet = False

    def propose(self, best: State) -> Statistics | None:
        try:
            if self._climb is None and self._quiet:
                self._climb = Climb(best)
            return None if self._climb is None else self._climb.propose(best)
        except np.linalg.LinAlgError:
            self._climb = None
            return None

    def learn(self, state: State, taken: bool, gain: float) -> None:
        self._quiet = gain < QUIET
        try:
            if not taken:
                self._climb = None
            elif self._climb is not None:
                self._climb.learn(state)
        except np.linalg.LinAlgError:
            self._climb = None

    @property
    def remainder(self) -> float | None:
        return None if self._climb is None else self._climb.remainder
