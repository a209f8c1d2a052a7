"""The self-audit of a fit: what must hold of the result, checked on the data themselves.

With memberships r_nk that sum to 1 over k, an M step puts w_k = n_k / N, m_k = sum_n r_nk z_n / n_k, and hands the
family W_k = sum_n r_nk (z_n - m_k)(z_n - m_k)'. Whatever the r_nk are, and so at any iteration, it follows that

- the weights sum to 1, and sum_k w_k m_k is the mean of the data;
- sum_k (W_k + n_k m_k m_k') = sum_n z_n z_n'. Where the family puts n_k S_k = W_k, or the sums over k agree, the
  average covariance within the groups plus the covariance between their means is the covariance of the data: for VVV
  and EEE as matrices; for VVI and EEI on the diagonal; in the trace for VII and EII, for VVE, whose S_k and W_k / n_k
  have the same diagonal along the common axes, and for EEV, whose common eigenvalues are the mean of those of the W_k.
- With gaps or with noise only part of the rows' sums belongs to the groups, and these two are left out.
- The other six (VEI, EVI, VEE, EVE, VEV, EVV) weigh the groups by their volumes or take geometric means of their
  eigenvalues, which keeps no part of the sum.

In every family the overall scale of the covariances is free. Where EM has come to rest, its derivative is 0, so the
mean squared distance of the rows from their groups' means, sum_nk r_nk (z_n - m_k)' S_k^-1 (z_n - m_k) / N, is D. If a
further step gains less than g in log-likelihood per row, this is so within 2 sqrt(D g), as rescaling alone would gain
the square of the deviation over 4 D.

All is done in the scaled space, where a deviation of 1 is about one standard deviation of the data. The cost is the
sum over the rows of z z', or of its diagonal: mostly between 0.1 and 0.6 of one pass of EM, 0.02 seconds for a million
rows of ten columns (measured).

Source of the M steps: Celeux and Govaert (1995), Gaussian parsimonious clustering models, section 3.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from gmm_core.model.audited import CAUSES, ROUNDING, Subject
from gmm_core.model.em.forms import Array
from gmm_core.model.em.stopping import FALL

LEAST_GAIN = 1e-12
"""Gain in log-likelihood per row below which it is lost in rounding."""


@dataclass(frozen=True)
class Check:
    """One thing that must hold.

    Attributes
    ----------
    name : str
        "weights", "mean", "covariance", "likelihood" or "distances".
    words : str
        What must hold, as a clause.
    holds : bool
    deviation : float
        Largest difference, as a share of what is compared (of a standard deviation for the mean); for the likelihood,
        the largest fall per row.
    note : str
        What is known to move it, where it does not hold; "" where nothing is known, so that something is wrong.
    """

    name: str
    words: str
    holds: bool
    deviation: float
    note: str = ""

    @property
    def complaint(self) -> str:
        """What does not hold, as a sentence."""
        reason = self.note or "no cause is known, so please report it"
        return f"Not so that {self.words}: off by {self.deviation:.1g}, as {reason}."


@dataclass(frozen=True)
class Audit:
    """What was checked of a fit."""

    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether all holds, but for deviations whose cause is known."""
        return all(check.holds or check.note for check in self.checks)

    @property
    def sentence(self) -> str:
        """The audit in words."""
        kept = "; ".join(check.words for check in self.checks if check.holds)
        return " ".join([f"Checked: {kept}.", *(check.complaint for check in self.checks if not check.holds)])


@dataclass(frozen=True)
class Part:
    """A part of the covariance matrix of the data that the M step of a family keeps."""

    words: str
    of_rows: Callable[[Array], Array]
    """Sum over the rows of a block (D, B), less their mean and times the roots of their weights."""
    of_matrix: Callable[[Array], Array]
    """The same part of a matrix (D, D)."""


MATRIX = Part("the covariances are those", lambda d: d @ d.T, lambda matrix: matrix)
DIAGONAL = Part("the variances are those", lambda d: np.einsum("db,db->d", d, d), np.diagonal)
TRACE = Part("the sum of the variances is that", lambda d: np.einsum("db,db->", d, d), np.trace)

KEPT = {
    "VVV": MATRIX,
    "EEE": MATRIX,
    "VVI": DIAGONAL,
    "EEI": DIAGONAL,
    "VII": TRACE,
    "EII": TRACE,
    "VVE": TRACE,
    "EEV": TRACE,
}
"""By mclust's code; a family that is not here keeps none."""


def audit(solution: Subject) -> Audit:
    """Check what must hold of a solution, and say what has moved it where something does not."""
    whole = solution.complete and solution.maximise.region is None  # else the groups' share of the sums is not known
    checks = (_weights, _mean, _covariance, _likelihood, _distances) if whole else (_weights, _likelihood)
    done = [check for make in checks if (check := make(solution)) is not None]
    return Audit(tuple(check if check.holds else _explained(check, solution) for check in done))


def _explained(check: Check, solution: Subject) -> Check:
    known = [cause.words for cause in CAUSES if check.name in cause.moves and cause.at_work(solution)]
    return replace(check, note=" and ".join(known))


def _within(name: str, words: str, deviation: float, tolerance: float) -> Check:
    return Check(name, words, deviation <= tolerance, deviation)


def _weights(solution: Subject) -> Check:
    p = solution.run.parameters
    deviation = abs(float(p.weights.sum()) + (0.0 if p.noise is None else p.noise.weight) - 1.0)
    return _within("weights", "the groups' shares sum to 1", deviation, ROUNDING)


def _mean(solution: Subject) -> Check:
    p = solution.run.parameters
    spread = np.sqrt(np.diagonal(solution.total))
    deviation = float((np.abs(p.weights @ p.means - solution.mean) / spread).max())
    return _within("mean", "the mixture's mean is that of the data", deviation, ROUNDING)


def _covariance(solution: Subject) -> Check | None:
    part = KEPT.get(solution.maximise.family.code)
    if part is None:
        return None
    mean, squares = solution.mean[:, None], np.broadcast_to(solution.maximise.family.squares, solution.total.shape)
    scale = np.sqrt(np.diagonal(squares))[:, None]
    expected = solution.mean_over_rows(lambda z, w: part.of_rows((z - mean) * scale * np.sqrt(w)))
    deviation = float(np.abs(part.of_matrix(solution.total * squares) - expected).max() / np.abs(expected).max())
    words = f"within plus between the groups, {part.words} of the data"
    return _within("covariance", words, deviation, ROUNDING)


def _likelihood(solution: Subject) -> Check:
    fall = -float(np.diff(solution.run.trace).min(initial=0.0)) / solution.rows.total_weight
    return _within("likelihood", "the log-likelihood never fell", fall, FALL)


def _distances(solution: Subject) -> Check:
    """From the log-likelihood L and the entropy E, as L - E = sum_nk r_nk log(w_k N(z_n | m_k, S_k)).

    n_k is taken as N w_k. What a further step would gain bounds that error too, by Pinsker's inequality: the shares
    n_k / N and w_k differ by at most sqrt(2 g) in sum.
    """
    p, n_rows = solution.run.parameters, solution.rows.total_weight
    expected_log_density = (solution.run.log_likelihood - solution.entropy) / n_rows
    squared = 2.0 * float(p.weights @ p.log_peaks - expected_log_density)
    gain = float(max(solution.tol, LEAST_GAIN))
    tolerance = 2 * np.sqrt(p.n_features * gain) + np.ptp(p.log_peaks) * np.sqrt(2 * gain)
    words = "the rows' mean squared distance from their groups is the number of columns"
    return _within("distances", words, abs(squared - p.n_features), float(tolerance))
