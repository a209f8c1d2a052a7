"""What a covariance family is: a rule that turns scatter matrices into covariance matrices."""

from abc import ABC, abstractmethod
from typing import ClassVar

from gmm_core.model.em.forms import Array, Form


class Family(ABC):
    """A restriction on the K covariance matrices, and its M step.

    The E step knows no families: it hands over scatter matrices, and the family answers with covariances in the same
    form. A new family is a subclass with these attributes and two methods, entered in the registry.
    """

    name: ClassVar[str]
    """scikit-learn's name for ``covariance_type``."""
    code: ClassVar[str]
    """mclust's code: volume, shape and orientation, each Equal, Variable or Identity."""
    words: ClassVar[str]
    """What the family allows, for a menu."""
    sentence: ClassVar[str]
    """What the family allows, as a sentence for help texts."""
    form: ClassVar[Form]
    """The form of its scatter matrices and covariances, so that it pays only for the moments that it needs."""
    any_units: ClassVar[bool] = True
    """Whether rescaling a column only rescales the fit. Where not, the columns' common units are part of the model."""

    @property
    def tilted(self) -> bool:
        """Whether groups may lean: the orientation, the last letter of the code, is not fixed along the columns."""
        return not self.code.endswith("I")

    @abstractmethod
    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        """Maximum-likelihood covariances, packed, from weighted scatter about the new means and expected counts (K,).

        A rule that alternates starts from ``previous``, the packed covariances of the iteration before, so that the
        expected log-likelihood never falls.

        Source: Celeux and Govaert (1995), Gaussian parsimonious clustering models, Pattern Recognition 28, section 3.
        """

    @abstractmethod
    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        """Free parameters of the K covariance matrices."""

    @abstractmethod
    def rows_needed(self, n_features: int) -> int:
        """Fewest distinct rows on which one component's own variances do not vanish."""

    def n_parameters(self, n_components: int, n_features: int) -> int:
        """Free parameters of the mixture: K - 1 shares, K D means, and the covariances'."""
        return n_components - 1 + n_components * n_features + self.n_covariance_parameters(n_components, n_features)
