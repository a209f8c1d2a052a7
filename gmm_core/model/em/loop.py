"""The EM loop: E step, M step, and the trace of the log-likelihood (with a prior, of the log posterior)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.forms import Array
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.parameters import Parameters

KeepGoing = Callable[[int, float], bool]
"""Called with the iteration and the log-likelihood after each pass over the data; False stops with what there is."""


@dataclass(frozen=True)
class Control:
    """When to stop.

    Attributes
    ----------
    tol : float
        Stop once an iteration gains less than this in log-likelihood per row; 0 never stops early.
    max_iter : int
        Most iterations, each one pass over the data.
    keep_going : KeepGoing or None
    """

    tol: float
    max_iter: int
    keep_going: KeepGoing | None = None


@dataclass(frozen=True)
class Run:
    """Where EM ended: ``trace[i]`` is the log-likelihood after ``i`` iterations, the last that of ``parameters``.

    With a prior it is the log posterior, and ``log_prior`` is the prior's part in the last value.
    """

    parameters: Parameters
    trace: Array
    converged: bool
    log_prior: float = 0.0

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
    """EM from ``start`` until ``control`` says stop."""
    parameters, trace = start, list[float]()
    while True:
        moments, log_prior = expect(parameters), maximise.log_prior(parameters)
        trace.append(moments.log_likelihood + log_prior)
        converged = _converged(trace, control.tol * expect.total_weight, maximise.ascends)
        if converged or len(trace) > control.max_iter or not _wanted(trace, control):
            return Run(parameters, np.array(trace), converged, log_prior)
        parameters = maximise(moments, parameters.means, parameters.covariances)


def _converged(trace: list[float], least_gain: float, ascends: bool) -> bool:
    if least_gain == 0 or len(trace) == 1:
        return False
    gain = trace[-1] - trace[-2]
    return (gain if ascends else abs(gain)) < least_gain  # where it may fall, a fall is no sign of rest


def _wanted(trace: list[float], control: Control) -> bool:
    return control.keep_going is None or control.keep_going(len(trace) - 1, trace[-1])
