"""Families of ellipsoids with axes in common: of one volume (EVE), or each of its own (VVE).

Given the axes, the rule is that of the family along the axes (EVI, VVI) for the scatters u_j' W_k u_j along them. The
axes themselves have no closed form; see ``rotations``. Rescaling a column tilts the axes of differently shaped
ellipsoids differently, so they fall apart: the units are part of the model.
"""

from abc import abstractmethod

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.families.base import n_orientation
from gmm_core.model.families.rotations import rotate
from gmm_core.model.families.turned import turned
from gmm_core.model.families.units import InCommonUnits
from gmm_core.model.families.volumes import FLAT, of_equal_volume

NOTHING = 1e-290
"""Scatter below which numbers divided by it may overflow."""

SWEEPS = 3
"""Most sweeps in an iteration of EM: the next one goes on where this one ended (generalised EM, Dempster, Laird and
Rubin 1977). Sweeping until the axes rest saves a few iterations in a hundred at five times the cost (measured)."""

SWEEPS_TO_CHOOSE = 3
SWEEPS_AT_FIRST = 500
"""Most sweeps where there is no iteration before: from each set of axes that may do, then from the best of these."""


class Aligned(InCommonUnits):
    """Shape varies, orientation is equal."""

    def in_common_units(self, scatter: Array, counts: Array, previous: Array | None) -> Array:
        axes = self.common_axes(scatter, counts, previous)
        variances = self.variances(_along(scatter, axes), counts)
        return turned(axes, variances)

    def common_axes(self, scatter: Array, counts: Array, previous: Array | None) -> Array:
        """The axes (D, D), in columns.

        The misfit can have several minima, so the eigenvectors of each W_k and of their sum are tried beside the axes
        before. The best of them is taken, which never raises the misfit.
        """
        starts = _eigenvectors(scatter)

        def turn(axes: Array, n_sweeps: int) -> Array:
            return rotate(scatter, axes, lambda along: self.weights(along, counts) / _positive(along), n_sweeps)

        def best(several: Array) -> Array:
            misfits = self.misfit(_positive(_along(scatter, several[:, None])), counts)
            return np.asarray(several[int(misfits.argmin())])

        if previous is not None:
            return turn(best(np.concatenate([_axes_of(previous)[None], starts])), SWEEPS)
        return turn(best(np.array([turn(axes, SWEEPS_TO_CHOOSE) for axes in starts])), SWEEPS_AT_FIRST)

    @abstractmethod
    def variances(self, along: Array, counts: Array) -> Array:
        """Variances (K, D) along the axes from the scatters along them (K, D)."""

    @abstractmethod
    def misfit(self, along: Array, counts: Array) -> Array:
        """What the axes should make small: it rises with -2 times the expected log-likelihood.

        Of several axes at once: (S,) from the scatters along them (S, K, D).
        """

    @abstractmethod
    def weights(self, along: Array, counts: Array) -> Array:
        """The slopes of the misfit times the scatters along the axes: a number for each component, (K, 1)."""


class AlignedOfOneVolume(Aligned):
    """Volume is equal, shape varies, orientation is equal.

    The axes minimise the sum of the |diag(u_j' W_k u_j)|^(1/D), to which the common volume is proportional.
    """

    name = code = "EVE"
    words = "same direction and volume"
    sentence = (
        "The groups have the same axes and fill the same volume, but differ in which axes are long. "
        "Depends on the columns' units."
    )

    def variances(self, along: Array, counts: Array) -> Array:
        return of_equal_volume(along, along, counts)

    def misfit(self, along: Array, counts: Array) -> Array:
        return np.asarray(self.weights(along, counts)[..., 0].sum(axis=-1))

    def weights(self, along: Array, counts: Array) -> Array:
        return np.asarray(np.exp(np.log(_positive(along)).mean(axis=-1, keepdims=True)))

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return 1 + n_components * (n_features - 1) + n_orientation(n_features)

    def rows_needed(self, n_features: int) -> int:
        return n_features + 1 if n_features > 1 else 1


class AlignedEllipsoids(Aligned):
    """Volume and shape vary, orientation is equal.

    The axes minimise the sum of the n_k log(u_j' W_k u_j): they are the common principal components of the groups.
    """

    name = code = "VVE"
    words = "same direction"
    sentence = "The groups have the same axes, but each its own width along them. Depends on the columns' units."

    def variances(self, along: Array, counts: Array) -> Array:
        return along / counts[:, None]

    def misfit(self, along: Array, counts: Array) -> Array:
        return np.asarray(np.log(along).sum(axis=-1) @ counts)

    def weights(self, along: Array, counts: Array) -> Array:
        return counts[:, None]

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_components * n_features + n_orientation(n_features)

    def rows_needed(self, n_features: int) -> int:
        return n_features + 1


def _along(scatter: Array, axes: Array) -> Array:
    """u_j' W_k u_j, (..., K, D), for axes (D, D) or several, (S, 1, D, D)."""
    return np.asarray(np.maximum((axes * (scatter @ axes)).sum(axis=-2), 0.0))


def _positive(along: Array) -> Array:
    """Scatters along the axes without zeros; a component without any scatter has nothing to say about the axes."""
    least = FLAT * along.mean(axis=-1, keepdims=True)
    return np.where(least > NOTHING, np.maximum(along, least), 1.0)


def _eigenvectors(scatter: Array) -> Array:
    """Those of the sum of the scatters, then of each, (K + 1, D, D)."""
    return np.asarray(np.linalg.eigh(np.concatenate([scatter.sum(axis=0)[None], scatter]))[1])


def _axes_of(covariances: Array) -> Array:
    """The axes that covariances (K, D, D) have in common: the eigenvectors of a sum of them in which no two
    eigenvalues are likely to be equal where they differ in a component."""
    sizes = np.einsum("kii->k", covariances) / np.sqrt(np.arange(1.0, len(covariances) + 1))
    return np.asarray(np.linalg.eigh(np.tensordot(1.0 / sizes, covariances, axes=1))[1])
