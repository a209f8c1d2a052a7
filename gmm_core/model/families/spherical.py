"""Each group has one variance for all directions (VII)."""

from gmm_core.model.em.forms import Array, Spherical
from gmm_core.model.families.base import Family


class Round(Family):
    """Volume varies, shape is a sphere: the variance is tr(W_k) / (D n_k).

    A sphere in centimetres is none once one column is in inches, so this family cannot promise the same answer in any
    unit: the columns should share a unit, or be standardised on purpose.
    """

    name = "spherical"
    code = "VII"
    words = "round"
    sentence = (
        "Each group is equally wide in every direction; groups may differ in size. Depends on the columns' units."
    )
    form = Spherical()
    any_units = False

    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        return scatter / (n_features * counts)

    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        return n_components

    def rows_needed(self, n_features: int) -> int:
        return 2
