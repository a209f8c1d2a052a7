"""Each group has a variance of its own along each column (VVI)."""

from gmm_core.model.em.forms import Array, Diagonal
from gmm_core.model.families.base import Family


class Diag(Family):
    """Volume and shape vary, orientation along the axes: S_k = diag(W_k) / n_k."""

    name = "diag"
    code = "VVI"
    words = "axis-aligned"
    sentence = "Each group may be wider along some columns than along others, but never tilted."
    form = Diagonal()

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        return scatter / counts[:, None]

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_components * n_features

    def rows_needed(self, n_features: int) -> int:
        return 2
