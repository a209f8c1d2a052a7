"""All groups share one covariance matrix (EEE)."""

from gmm_core.model.em.forms import Array, Pooled
from gmm_core.model.families.base import Family


class Tied(Family):
    """Volume, shape and orientation are equal: S = sum of the W_k / n."""

    name = "tied"
    code = "EEE"
    words = "same shape"
    sentence = "All groups have the same size, elongation and direction; only their centres and shares differ."
    form = Pooled()

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        return scatter / counts.sum()

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_features * (n_features + 1) // 2

    def rows_needed(self, n_features: int) -> int:
        return 1
