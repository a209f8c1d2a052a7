"""From a start to its end: EM, pushed off saddles and with what can't win moved elsewhere, and the verdict on it."""

from dataclasses import dataclass, replace

import numpy as np

from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.loop import Control, Run, run_em
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.stopping import AT_ROUNDING
from gmm_core.model.moves import moved
from gmm_core.model.saddles import coinciding, nudged, pushed_apart
from gmm_core.model.settings import FitSettings
from gmm_core.model.solutions import Candidate
from gmm_core.model.soundness import SADDLE, judge
from gmm_core.model.watching import Watcher

MOST_MOVES = 8
GLANCE = Control(tol=1e-6, max_iter=30)
"""What can't win after so few passes is moved elsewhere (``gmm_core.model.moves``), up to so many times."""

LEAST_RISE = 1e-3
"""Nats that a push off a saddle must gain to prove that it was one."""

NUDGE = Control(tol=1e-8, max_iter=20)
"""Accelerated EM is back at rest 3 to 8 passes after a nudge from a maximum, and up from a saddle within 20, also where
plain EM takes more than 40 (tables mirrored at an axis, K = 2, measured)."""

UNSETTLED = 10.0
"""What rises by no more than so many tolerances was only not quite at rest."""


@dataclass(frozen=True, eq=False)
class Runs:
    """How the starts of one search are carried to their ends.

    Attributes
    ----------
    settings : FitSettings
    maximise : Maximisation
        The M step.
    lone : bool
        Whether there is one start only, a user's own: where that ends on a saddle, it stays there.
    """

    settings: FitSettings
    maximise: Maximisation
    lone: bool

    def end(self, expect: Expectation, first: Parameters, watcher: Watcher) -> Candidate:
        """EM from one start, pushed on where it ends with two components on top of each other."""
        return self._parted(expect, run_em(expect, first, self.maximise, self._control(watcher)), watcher)

    def _parted(self, expect: Expectation, run: Run, watcher: Watcher) -> Candidate:
        """The end of a run, or what is found from there once two components on top of each other are pushed apart."""
        pair = None if watcher.stopped or "means" in self.settings.held else coinciding(run.parameters)
        if pair is None:
            return self._judged(expect, run)
        apart = pushed_apart(run.parameters, pair, self.maximise.family, self.maximise.floor)
        if self.maximise.shares is not None:
            apart = replace(apart, weights=run.parameters.weights)
        pushed = run_em(expect, apart, self.maximise, self._control(watcher))
        if pushed.objective < run.objective + LEAST_RISE:
            return self._judged(expect, run)
        return Candidate(run, SADDLE) if self.lone else self._judged(expect, pushed)

    def glanced(self, expect: Expectation, first: Parameters, watcher: Watcher) -> Candidate:
        """EM from one start, to its end only where a glance finds that it may win: what collapses does so slowly."""
        candidate = self.glance(expect, first, watcher)
        goes_on = not watcher.stopped and candidate.run.stopped_by != AT_ROUNDING
        if candidate.verdict.sound and goes_on:
            return self.end(expect, candidate.run.parameters, watcher)
        return candidate

    def rescued(self, expect: Expectation, first: Parameters, rng: np.random.Generator, watcher: Watcher) -> Candidate:
        """EM from one start; what can't win is moved elsewhere, until all may win or it has moved too often."""
        for n_moves in range(self._most_moves + 1):
            candidate = self.glanced(expect, first, watcher)
            accused = candidate.verdict.accused
            if not accused or watcher.stopped or n_moves == self._most_moves:
                break
            apart = moved(candidate.run.parameters, accused, self.maximise, rng)
            first = self.maximise(expect(apart), apart.means)  # what was cut may not be of the family
        return candidate

    def settled(self, expect: Expectation, candidate: Candidate, watcher: Watcher) -> Candidate:
        """The same, or where a slight nudge finds a way up from it: its end, and for a lone start that it is a saddle.

        Held by symmetry, components may rest on a saddle without lying on top of each other.
        """
        run = candidate.run
        if not (candidate.verdict.sound and run.converged) or "means" in self.settings.held:
            return candidate
        control = replace(NUDGE, acceleration=self.settings.acceleration)
        shaken = run_em(expect, nudged(run.parameters, self.settings.seed), self.maximise, control)
        least = max(LEAST_RISE, UNSETTLED * self.settings.tol * expect.total_weight)
        if shaken.objective < run.objective + least:
            return candidate
        return Candidate(run, SADDLE) if self.lone else self.end(expect, shaken.parameters, watcher)

    def glance(self, expect: Expectation, first: Parameters, watcher: Watcher, tol: float = GLANCE.tol) -> Candidate:
        """Where a few passes of EM lead."""
        n_passes = min(GLANCE.max_iter, self.settings.max_iter)
        control = Control(tol, n_passes, watcher, self.settings.acceleration)
        return self._judged(expect, run_em(expect, first, self.maximise, control))

    def carried_on(self, expect: Expectation, glanced: Candidate, watcher: Watcher) -> Candidate:
        """The end of a run that began with a glance, as one run."""
        run, n_left = glanced.run, self.settings.max_iter - glanced.run.n_iterations
        if run.converged or n_left < 1 or watcher.stopped:
            return glanced
        onward = replace(self, settings=replace(self.settings, max_iter=n_left))
        ended = onward.end(expect, run.parameters, watcher)
        if ended.run.trace[0] < run.objective:  # pushed off a saddle, to a run of its own
            return ended
        return replace(ended, run=replace(ended.run, trace=np.concatenate([run.trace[:-1], ended.run.trace])))

    def raced(self, expect: Expectation, glanced: list[Candidate], watcher: Watcher) -> list[Candidate]:
        """The ends of runs that began with a glance; the hinder half stays there as long as another end is sound.

        With 100,000 rows and more groups than there are, that saves a sixth of all passes. In 15 cells of K = 4 to 9
        and four families the start that ended best was in the better half after the glance (measured).
        """
        ranked = sorted(range(len(glanced)), key=lambda place: glanced[place].rank, reverse=True)
        ends, n_ahead = list(glanced), (len(glanced) + 1) // 2
        for i, place in enumerate(ranked):
            if watcher.stopped or (i >= n_ahead and any(ends[other].verdict.sound for other in ranked[:i])):
                break
            begun = glanced[place]
            at_rest = begun.run.converged
            ends[place] = (
                self._parted(expect, begun.run, watcher) if at_rest else self.carried_on(expect, begun, watcher)
            )
        return ends

    @property
    def _most_moves(self) -> int:
        """How often a rescue may move a component: never where it has nowhere to go, or its mean is held."""
        return 0 if self.settings.n_components == 1 or "means" in self.settings.held else MOST_MOVES

    def _control(self, watcher: Watcher) -> Control:
        return Control(self.settings.tol, self.settings.max_iter, watcher, self.settings.acceleration)

    def _judged(self, expect: Expectation, run: Run) -> Candidate:
        steadied = self.settings.prior is not None
        return Candidate(run, judge(run.parameters, self.maximise.family, expect, self.maximise.floor, steadied))
