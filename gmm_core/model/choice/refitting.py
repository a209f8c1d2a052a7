"""Fits that begin where another fit ended: at its parameters, or with one of its groups split in two."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from gmm_core.errors import GmmError, NoSoundSolutionError
from gmm_core.model.em.forms import Array
from gmm_core.model.fit import Fit
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.mixture import Mixture
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import UserStart
from gmm_core.model.watching import Watch

APART = 0.7
"""How far from its mean the halves of a split group begin, in its standard deviations along its longest axis."""

TO_GAIN = 1e-3
"""Nats that a fit to a replicate may have still to gain: replicates differ by some thousand times as much."""


def less_precise(settings: FitSettings, fit: Fit) -> FitSettings:
    """The settings of a ``fit`` for replicates of it, which need not be fitted to the last digit."""
    return replace(settings, tol=max(settings.tol, TO_GAIN / fit.total_weight))


def start_at(mixture: Mixture) -> UserStart:
    """A start at the parameters of a mixture in the units of the table."""
    shares = mixture.weights / mixture.weights.sum()
    noise_weight = None if mixture.noise is None else mixture.noise.weight
    return UserStart(shares, mixture.means, mixture.covariances, noise_weight=noise_weight)


def split_starts(mixture: Mixture) -> Iterator[UserStart]:
    """Starts with a group more: each of the mixture's in turn split along its longest axis.

    The axis is that of the correlations, so that units play no part. EM from a start so near the mixture mostly ends
    no lower than it: a model with a group more is then at least as likely. Source of the idea: Ueda, Nakano,
    Ghahramani and Hinton (2000), SMEM algorithm for mixture models, Neural Computation 12, 2109-2128.
    """
    start = start_at(mixture)
    for k in range(mixture.n_components):
        order = [*range(mixture.n_components), k]
        step = APART * _longest_axis(mixture.covariances[k])
        weights, means = mixture.weights[order], mixture.means[order]
        weights[[k, -1]] /= 2
        means[[k, -1]] += np.array([-step, step])
        yield replace(start, weights=weights / weights.sum(), means=means, covariances=mixture.covariances[order])


def likeliest(
    X: object,
    settings: FitSettings,
    starts: Iterable[UserStart],
    watch: Watch | None = None,
    weights: object = None,
    n_seeded: int = 0,
    rescue: bool = False,
) -> Fit:
    """The likeliest sound fit among those from given starts, and from ``n_seeded`` of the program's own.

    ``rescue`` says whether more of these are tried where none is sound.

    Raises
    ------
    GmmError
        What went wrong with the last of them, where none is sound.
    """
    found: list[Fit] = []
    error = GmmError("There was no start.")
    settings = replace(settings, n_init=max(n_seeded, 1))
    for start in (*starts, *([None] if n_seeded else [])):
        try:
            fit = fit_mixture(X, settings, start, watch, suggest=False, weights=weights, rescue=rescue and not found)
        except GmmError as failed:
            error = failed
            continue
        if any(each.sound for each in fit.starts):
            found.append(fit)
        else:
            error = NoSoundSolutionError(fit.starts[0].reason)
    if not found:
        raise error
    return max(found, key=lambda fit: float(fit.trace[-1]))


def _longest_axis(covariance: Array) -> Array:
    """A standard deviation (D,) along the longest axis of the correlations."""
    sd = np.sqrt(np.diagonal(covariance))
    values, vectors = np.linalg.eigh(covariance / np.multiply.outer(sd, sd))
    return np.asarray(sd * vectors[:, -1] * np.sqrt(values[-1]))
