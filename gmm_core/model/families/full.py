"""Each group has a covariance matrix of its own (VVV)."""

from gmm_core.model.em.forms import Array, Dense
from gmm_core.model.families.base import Family


class Full(Family):
    """Volume, shape and orientation vary: S_k = W_k / n_k."""

    name = "full"
    code = "VVV"
    words = "free shape"
    sentence = "Each group may have its own size, elongation and direction."
    form = Dense()

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        return scatter / counts[:, None, None]

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_components * n_features * (n_features + 1) // 2

    def rows_needed(self, n_features: int) -> int:
        return n_features + 1
