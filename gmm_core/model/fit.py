"""What comes out of a fit."""

from dataclasses import dataclass

from gmm_core.model.choice.criteria import Evidence
from gmm_core.model.em.forms import Array
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
        Components in canonical order.
    trace : (T,) array
        ``trace[i]`` is the log-likelihood, summed over rows, after i iterations; the last is that of ``mixture``.
    converged : bool
        Whether the gain fell below ``tol``.
    entropy : float
        Minus the sum over rows and components of r log r, for ICL.
    starts : tuple of Start
        Every start, in the order tried.
    columns : tuple of str
    solutions : tuple of Solution
        The distinct solutions among them: the one that won, then the others from the likeliest down.
    """

    mixture: Mixture
    n_rows: int
    trace: Array
    converged: bool
    entropy: float
    starts: tuple[Start, ...]
    columns: tuple[str, ...]
    solutions: tuple[Solution, ...] = ()

    @property
    def log_likelihood(self) -> float:
        """Sum over rows of the log density, in nats."""
        return float(self.trace[-1])

    @property
    def n_iterations(self) -> int:
        """Iterations that led to the mixture."""
        return len(self.trace) - 1

    @property
    def evidence(self) -> Evidence:
        """What the criteria are made of."""
        return Evidence(self.log_likelihood, self.mixture.n_parameters, self.n_rows, self.entropy)
