"""What comes out of a fit."""

from dataclasses import dataclass

from gmm_core.model.audit import Audit
from gmm_core.model.choice.criteria import Evidence
from gmm_core.model.em.forms import Array
from gmm_core.model.em.stopping import CONVERGED
from gmm_core.model.mixture import Mixture
from gmm_core.model.solutions import Solution


@dataclass(frozen=True)
class Start:
    """What became of one start; its log-likelihood is over ``n_rows`` rows: all, or the sample used for trying."""

    log_likelihood: float
    n_rows: int
    n_iterations: int
    converged: bool
    sound: bool
    reason: str


@dataclass(frozen=True, eq=False)
class Fit:
    """The best sound solution, in the units of the table, and how it was found.

    Attributes
    ----------
    mixture : Mixture
        Components in canonical order, or in the user's where weights or means are fixed.
    n_rows : int
        Rows with a weight, those of gaps only among them.
    total_weight : float
        Sum of their weights, ``n_rows`` where every row counts once: what the criteria count.
    trace : (T,) array
        ``trace[i]`` is the log-likelihood, summed over rows, of the best parameters after i iterations, each one pass
        over the data; the last is that of ``mixture``. With a prior its log density is added: the log posterior, up to
        a constant, which is what never falls.
    stopped_by : str
        The rule that stopped EM: "converged", "max_iter", "stopped by the user" or "rounding".
    remainder : float
        Estimate of the log-likelihood still to gain; infinite where EM was stopped before it could be estimated.
    entropy : float
        Minus the sum over rows and components of r log r, for ICL.
    starts : tuple of Start
        Every start, in the order tried.
    columns : tuple of str
    audit : Audit
        What was checked of the mixture on the data.
    solutions : tuple of Solution
        The distinct solutions among the starts: the one that won, then the others from the likeliest down.
    log_prior : float
        The prior's part in the last value of the trace, up to a constant; 0 without a prior.
    """

    mixture: Mixture
    n_rows: int
    total_weight: float
    trace: Array
    stopped_by: str
    remainder: float
    entropy: float
    starts: tuple[Start, ...]
    columns: tuple[str, ...]
    audit: Audit
    solutions: tuple[Solution, ...] = ()
    log_prior: float = 0.0

    @property
    def log_likelihood(self) -> float:
        """Sum over rows of the log density, in nats; without the prior, and so for the criteria."""
        return float(self.trace[-1]) - self.log_prior

    @property
    def converged(self) -> bool:
        """Whether less than ``tol`` per row was estimated to be still to gain."""
        return self.stopped_by == CONVERGED

    @property
    def n_iterations(self) -> int:
        """Iterations that led to the mixture, each one pass over the data."""
        return len(self.trace) - 1

    @property
    def evidence(self) -> Evidence:
        """What the criteria are made of."""
        return Evidence(self.log_likelihood, self.mixture.n_parameters, self.total_weight, self.entropy)
