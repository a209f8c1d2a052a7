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
        try:
            dense = self.unpack(np.where(np.isfinite(precisions), precisions, 0.0), n_components, n_features)
            white = inverse_cholesky(dense)
        except (np.linalg.LinAlgError, ValueError, IndexError):
            raise _no_covariances(precisions) from None
        symmetric = np.allclose(dense, np.swapaxes(dense, -1, -2))
        if not symmetric or self.pack(dense).shape != precisions.shape or not np.isfinite(precisions).all():
            raise _no_covariances(precisions)
        return np.swapaxes(white, -1, -2) @ white


def _no_covariances(precisions: Array) -> SettingsError:
    return SettingsError(
        f"The starting precisions of shape {np.shape(precisions)} are not the inverses of covariances.",
        "Give finite, symmetric, positive definite matrices, in the shape of precisions_.",
    )


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
