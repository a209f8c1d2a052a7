"""The EM loop: E step, M step, and the trace of the log-likelihood (with a prior, of the log posterior)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gmm_core.model.em.acceleration import State, get_acceleration
from gmm_core.model.em.acceleration.coordinates import Statistics
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.forms import Array
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.stopping import AT_ROUNDING, CONVERGED, FALL, OUT_OF_PASSES, STOPPED, Course

KeepGoing = Callable[[int, float], bool]
"""Called with the iteration and the log-likelihood after each pass over the data; False stops with what there is."""


@dataclass(frozen=True)
class Control:
    """How to get on, and when to stop.

    Attributes
    ----------
    tol : float
        Stop once less than this is estimated to be still to gain in log-likelihood per row, and the last pass gained
        less; 0 never stops early.
    max_iter : int
        Most iterations, each one pass over the data.
    keep_going : KeepGoing or None
    acceleration : str or None
        Name of an acceleration; None is plain EM.
    """

    tol: float
    max_iter: int
    keep_going: KeepGoing | None = None
    acceleration: str | None = None


@dataclass(frozen=True)
class Run:
    """Where EM ended.

    Attributes
    ----------
    parameters : Parameters
    trace : (T,) array
        ``trace[i]`` is the log-likelihood of the best state after ``i`` iterations, each one pass over the data: where
        a pass led nowhere, it stays the same. The last is that of ``parameters``. With a prior its log density is
        added: the log posterior.
    stopped_by : str
        "converged", "max_iter", "stopped by the user" or "rounding".
    remainder : float
        Estimate of what is still to gain; infinite where too little is known for one.
    log_prior : float
        The prior's part in the last value of the trace.
    """

    parameters: Parameters
    trace: Array
    stopped_by: str
    remainder: float
    log_prior: float = 0.0

    @property
    def converged(self) -> bool:
        return self.stopped_by == CONVERGED

    @property
    def objective(self) -> float:
        return float(self.trace[-1])

    @property
    def log_likelihood(self) -> float:
        return self.objective - self.log_prior

    @property
    def n_iterations(self) -> int:
        return len(self.trace) - 1


def run_em(expect: Expectation, start: Parameters, maximise: Maximisation, control: Control) -> Run:
    """EM from ``start`` until ``control`` says stop; accelerated only where an EM step never lowers the likelihood.

    The last step is always one of EM: it confirms that there is rest, and makes the moments of the mixture those of
    the data.
    """
    accelerator = get_acceleration(control.acceleration if maximise.ascends else None)()
    best = State(start, expect(start), log_prior=maximise.log_prior(start))
    course, stopped_by = Course([best.objective]), None
    while True:
        remainder = course.remainder(accelerator.remainder)
        if stopped_by != STOPPED:
            stopped_by = _reason_to_stop(course, remainder * accelerator.margin, control, expect.total_weight)
        if stopped_by is not None and not best.proposed:
            return Run(best.parameters, np.array(course.trace), stopped_by, remainder, best.log_prior)
        last = stopped_by is not None or len(course.trace) == control.max_iter
        proposal = None if last else accelerator.propose(best)
        state = _step(best, proposal, expect, maximise)
        fell = state.objective < best.objective - FALL * expect.total_weight
        if fell and proposal is None and maximise.ascends and len(course.trace) > 1:  # a start may not be of the family
            return Run(best.parameters, np.array(course.trace), AT_ROUNDING, remainder, best.log_prior)
        taken = proposal is None or state.objective >= best.objective
        accelerator.learn(state, taken, (state.objective - best.objective) / expect.total_weight)
        best = state if taken else best
        course.add(best.objective, plain=proposal is None)


def _step(best: State, proposal: Statistics | None, expect: Expectation, maximise: Maximisation) -> State:
    """M step with the statistics proposed, or those of the last pass, and E step."""
    statistics = proposal or best.next
    parameters = maximise(statistics.moments, statistics.means, best.parameters.covariances)
    found = expect(parameters)
    return State(parameters, found, statistics, proposal is not None, maximise.log_prior(parameters))


def _reason_to_stop(course: Course, most_to_gain: float, control: Control, n_rows: float) -> str | None:
    """The name of the rule that says stop."""
    trace = course.trace
    if course.at_rest(most_to_gain, control.tol * n_rows):
        return CONVERGED
    if len(trace) > control.max_iter:
        return OUT_OF_PASSES
    if control.keep_going is not None and not control.keep_going(len(trace) - 1, trace[-1]):
        return STOPPED
    return None
