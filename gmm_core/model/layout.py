"""The shapes in which scikit-learn's attributes hold K covariance matrices, and their inverses."""

from abc import ABC, abstractmethod

import numpy as np

from gmm_core.errors import SettingsError
from gmm_core.model.em.forms import Array
from gmm_core.model.em.forms.dense import inverse_cholesky


class Layout(ABC):
    """How (K, D, D) covariances are shown; precisions of a narrow family are as narrow as its covariances."""

    @abstractmethod
    def pack(self, dense: Array) -> Array:
        """(K, D, D) in this layout."""

    @abstractmethod
    def unpack(self, packed: Array, n_components: int, n_features: int) -> Array:
        """This layout as (K, D, D)."""

    def precisions_cholesky(self, covariances: Array) -> Array:
        """C with precision C C', from covariances (K, D, D)."""
        return self.pack(np.swapaxes(inverse_cholesky(covariances), -1, -2))

    def precisions(self, covariances: Array) -> Array:
        """Inverse covariances, from covariances (K, D, D)."""
        white = inverse_cholesky(covariances)
        return self.pack(np.swapaxes(white, -1, -2) @ white)

    def covariances_of(self, precisions: Array, n_components: int, n_features: int) -> Array:
        """Covariances (K, D, D) from precisions in this layout; raises ``SettingsError`` where there are none."""
        shape = self.pack(np.zeros((n_components, n_features, n_features))).shape
        if precisions.shape != shape:
            raise SettingsError(f"The starting precisions have shape {precisions.shape}.", f"They need shape {shape}.")
        with np.errstate(all="ignore"):  # what overflows here is no covariance either
            covariances = _inverses(self.unpack(precisions, n_components, n_features))
        if covariances is None or not np.isfinite(covariances).all():
            remedy = "Give finite, symmetric, positive definite matrices, in the shape of precisions_."
            raise SettingsError("The starting precisions are not the inverses of covariances.", remedy)
        return covariances


def _inverses(dense: Array) -> Array | None:
    """Inverses of matrices (K, D, D), or None where they are not symmetric and positive definite."""
    if not np.isfinite(dense).all() or not np.allclose(dense, np.swapaxes(dense, -1, -2)):
        return None
    try:
        white = inverse_cholesky(dense)
    except np.linalg.LinAlgError:
        return None
    return np.swapaxes(white, -1, -2) @ white


class FullLayout(Layout):
    """(K, D, D)."""

    def pack(self, dense: Array) -> Array:
        return dense

    def unpack(self, packed: Array, n_components: int, n_features: int) -> Array:
        return packed


class TiedLayout(Layout):
    """(D, D)."""

    def pack(self, dense: Array) -> Array:
        return np.asarray(dense[0])

    def unpack(self, packed: Array, n_components: int, n_features: int) -> Array:
        return np.repeat(packed[None], n_components, axis=0)


class DiagLayout(Layout):
    """(K, D)."""

    def pack(self, dense: Array) -> Array:
        return np.diagonal(dense, axis1=1, axis2=2).copy()

    def unpack(self, packed: Array, n_components: int, n_features: int) -> Array:
        return packed[:, :, None] * np.eye(n_features)


class SphericalLayout(Layout):
    """(K,)."""

    def pack(self, dense: Array) -> Array:
        return dense[:, 0, 0].copy()

    def unpack(self, packed: Array, n_components: int, n_features: int) -> Array:
        return packed[:, None, None] * np.eye(n_features)


LAYOUTS: dict[str, Layout] = {
    "full": FullLayout(),
    "tied": TiedLayout(),
    "diag": DiagLayout(),
    "spherical": SphericalLayout(),
}
"""By scikit-learn's name; mclust's codes all take the full layout."""


def get_layout(covariance_type: str) -> Layout:
    """The layout of a family's attributes when it is asked for by this name."""
    return LAYOUTS.get(covariance_type, LAYOUTS["full"])
