"""Fits that begin where another fit ended."""

from collections.abc import Iterable
from dataclasses import replace

from gmm_core.errors import GmmError, NoSoundSolutionError
from gmm_core.model.fit import Fit
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.mixture import Mixture
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import UserStart
from gmm_core.model.watching import Watch

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


def likeliest(
    X: object,
    settings: FitSettings,
    starts: Iterable[UserStart],
    watch: Watch | None = None,
    weights: object = None,
    n_seeded: int = 0,
) -> Fit:
    """The likeliest sound fit among those from given starts, and from ``n_seeded`` of the program's own.

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
            fit = fit_mixture(X, settings, start, watch, suggest=False, weights=weights, rescue=False)
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
