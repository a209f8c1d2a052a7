"""The map of solutions: which starts ended in the same place, and how often each place was found."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.em.loop import Run
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.soundness import Verdict

SAME_LIKELIHOOD = 0.05
"""Largest difference in log-likelihood, in nats, between two runs that ended in the same place."""

SAME_DENSITY = 0.02
"""Largest mean difference of their log densities over rows. Two optima may be equally likely; they never agree row by
row, while one optimum with its components in another order does."""


@dataclass(frozen=True)
class Solution:
    """A place in which starts ended.

    Attributes
    ----------
    log_likelihood : float
        Of the likeliest start that ended here, over ``n_rows`` rows: all, or the sample on which starts were tried.
    n_rows : int
    n_found : int
        How many starts ended here.
    share : float
        The part of all starts.
    sound : bool
        Whether it may win.
    kind : str
        "sound" or what is wrong: "collapsed", "too few rows", "spurious", "saddle" or "empty".
    reason : str
        The same as a sentence; "" for a sound solution.
    weights : tuple of float
    means : tuple of tuple of float
        Of each component, in the units of the table.
    """

    log_likelihood: float
    n_rows: int
    n_found: int
    share: float
    sound: bool
    kind: str
    reason: str
    weights: tuple[float, ...]
    means: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, eq=False)
class Candidate:
    """Where a start ended, and whether it may win."""

    run: Run
    verdict: Verdict

    @property
    def rank(self) -> tuple[bool, float]:
        """Sound solutions before others, then by log-likelihood, or log posterior where there is a prior."""
        return self.verdict.sound, self.run.objective


def grouped(candidates: Iterable[Candidate], z: Array) -> list[list[Candidate]]:
    """Candidates that ended in the same place, judged by their densities at some rows ``z`` (D, n); the best first."""
    groups: list[list[Candidate]] = []
    densities: list[Array] = []
    for candidate in sorted(candidates, key=lambda each: each.rank, reverse=True):
        own = _log_density(candidate.run.parameters, z)
        place = next((i for i, group in enumerate(groups) if _same(candidate, own, group[0], densities[i])), None)
        if place is None:
            groups.append([candidate])
            densities.append(own)
        else:
            groups[place].append(candidate)
    return groups


def _same(a: Candidate, density_a: Array, b: Candidate, density_b: Array) -> bool:
    if a.verdict.kind != b.verdict.kind or abs(a.run.log_likelihood - b.run.log_likelihood) > SAME_LIKELIHOOD:
        return False
    return float(np.abs(density_a - density_b).mean()) <= SAME_DENSITY


def _log_density(parameters: Parameters, z: Array) -> Array:
    """Log density at rows (D, n), (n,)."""
    log_densities = parameters.log_densities(z)
    peak = log_densities.max(axis=0)
    return np.asarray(peak + np.log(np.exp(log_densities - peak).sum(axis=0)))


def in_order(weights: Array, means: Array) -> tuple[tuple[float, ...], tuple[tuple[float, ...], ...]]:
    """Weights (K,) and means (K, D) as plain numbers, in the order of the means."""
    order = np.lexsort(means.T[::-1])
    return tuple(weights[order].tolist()), tuple(tuple(mean) for mean in means[order].tolist())
