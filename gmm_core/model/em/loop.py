"""The EM loop: E step, M step, and the trace of the log-likelihood."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.forms import Array
from gmm_core.model.em.maximisation import maximise
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.families import Family

KeepGoing = Callable[[int, float], bool]
"""Called with the iteration and the log-likelihood after each pass over the data; False stops with what there is."""


@dataclass(frozen=True)
class Control:
    """When to stop, and what bounds the M step.

    Attributes
    ----------
    tol : float
        Stop once an iteration gains less than this in log-likelihood per row; 0 never stops early.
    max_iter : int
        Most iterations, each one pass over the data.
    floor : float
        Smallest variance in any direction, in the scaled space.
    ridge : (D,) array or None
        Added to the variances, in the scaled space.
    """

    tol: float
    max_iter: int
    floor: float
    ridge: Array | None = None
    keep_going: KeepGoing | None = None


@dataclass(frozen=True)
class Run:
    """Where EM ended: ``trace[i]`` is the log-likelihood after ``i`` iterations, the last that of ``parameters``."""

    parameters: Parameters
    trace: Array
    converged: bool

    @property
    def log_likelihood(self) -> float:
        return float(self.trace[-1])

    @property
    def n_iterations(self) -> int:
        return len(self.trace) - 1


def run_em(expect: Expectation, start: Parameters, family: Family, control: Control) -> Run:
    """EM from ``start`` until ``control`` says stop."""
    parameters, trace = start, list[float]()
    while True:
        moments = expect(parameters)
        trace.append(moments.log_likelihood)
        converged = _converged(trace, control, expect.rows.n_rows)
        if converged or len(trace) > control.max_iter or not _wanted(trace, control):
            return Run(parameters, np.array(trace), converged)
        parameters = maximise(moments, parameters.means, family, control.floor, control.ridge)


def _converged(trace: list[float], control: Control, n_rows: int) -> bool:
    if control.tol == 0 or len(trace) == 1:
        return False
    gain = trace[-1] - trace[-2]
    # a ridge moves the M step off the maximum, so a fall is no sign of rest
    return (gain if control.ridge is None else abs(gain)) < control.tol * n_rows


def _wanted(trace: list[float], control: Control) -> bool:
    return control.keep_going is None or control.keep_going(len(trace) - 1, trace[-1])
