"""What has been learnt about classes: the density of each and its share, and from them the class of a row."""

from dataclasses import dataclass

import numpy as np

from gmm_core.errors import SettingsError
from gmm_core.model.em.forms import Array
from gmm_core.model.mixture import Mixture


@dataclass(frozen=True, eq=False)
class Classifier:
    """Classes with their densities.

    Attributes
    ----------
    classes : tuple of str, (C,)
    priors : (C,) array
        Probability of each class before a row is seen; above 0, summing to 1.
    mixtures : tuple of Mixture, (C,)
        The density of each class. () stands for densities that are the same everywhere, so that rows tell nothing.
    """

    classes: tuple[str, ...]
    priors: Array
    mixtures: tuple[Mixture, ...]

    def log_posteriors(self, x: Array) -> Array:
        """Log probability of each class for rows (N, D), (N, C), by Bayes' rule.

        Of a row with gaps (NaN) the values that it has count.
        """
        joint = self._log_joint(x)
        return np.asarray(joint - _log_sum(joint)[:, None])

    def posteriors(self, x: Array) -> Array:
        """Probability of each class for rows (N, D), (N, C); each row sums to 1."""
        return np.exp(self.log_posteriors(x))

    def log_density(self, x: Array) -> Array:
        """Log density of rows (N, D) whatever their class, (N,): low where a row is far from all classes."""
        return _log_sum(self._log_joint(x))

    def _log_joint(self, x: Array) -> Array:
        joint = np.repeat(np.log(self.priors)[None], len(x), axis=0)
        for code, mixture in enumerate(self.mixtures):
            joint[:, code] += mixture.log_density(x)
        return joint


def _log_sum(joint: Array) -> Array:
    peak = joint.max(axis=1)
    return np.asarray(peak + np.log(np.exp(joint - peak[:, None]).sum(axis=1)))


def checked_priors(priors: object, n_classes: int) -> Array:
    """Class priors (C,) as shares.

    Raises
    ------
    SettingsError
        Where they are of another number, or one is not above 0.
    """
    found = np.asarray(priors, dtype=float)
    if found.shape != (n_classes,) or not (np.isfinite(found) & (found > 0)).all():
        remedy = f"Give {n_classes} numbers above 0, one a class."
        raise SettingsError("The class priors are no shares.", remedy, value=priors)
    return np.asarray(found / found.sum())
