"""What a covariance family is: a rule that turns scatter matrices into covariance matrices."""

from abc import ABC, abstractmethod
from typing import ClassVar, Self

from gmm_core.model.em.forms import Array, Form

_LETTERS = {"E": "equal", "V": "variable"}


class Family(ABC):
    """A restriction on the K covariance matrices, and its M step.

    The E step knows no families: it hands over scatter matrices, and the family answers with covariances in the same
    form. A new family is a subclass with these attributes and methods, entered in the registry.

    A covariance is written as volume * orientation * shape * orientation': the volume is det^(1/D), the shape holds
    the variances along the axes of the ellipsoid with product 1, the orientation those axes. Notation of the rules:
    W_k is the scatter of component k about its mean, n_k its expected count, n the sum of the n_k.

    Source: Celeux and Govaert (1995), Gaussian parsimonious clustering models, Pattern Recognition 28, 781-793.
    """

    name: ClassVar[str]
    """scikit-learn's name for ``covariance_type`` where it has the family, else the code."""
    code: ClassVar[str]
    """mclust's code: volume, shape and orientation, each Equal, Variable or Identity."""
    words: ClassVar[str]
    """What the family allows, for a menu."""
    sentence: ClassVar[str]
    """What the family allows, as a sentence for help texts."""
    form: ClassVar[Form]
    """The form of its scatter matrices and covariances, so that it pays only for the moments that it needs."""
    any_units: ClassVar[bool] = True
    """Whether rescaling a column only rescales the fit: whether S A_k S is of the family for every diagonal S when the
    A_k are. Where not, the columns' common units are part of the model (except for a single column)."""
    own_scales: ClassVar[bool] = True
    """Whether it can be fitted where each column is divided by its own spread; see ``measured_in``."""
    exact_floor: ClassVar[bool] = True
    """Whether raising a component's small variances to a floor is the maximum under that floor; not where components
    share a part of what is raised."""
    squares: Array | float = 1.0
    """What scatter in the space of the fit is multiplied by to be in common units, (D, D); see ``measured_in``."""
    of_marginals: ClassVar[str] = "full"
    """Name of the narrowest family that holds every marginal of its mixtures."""

    @property
    def volume(self) -> str:
        """Whether the components' volumes are "equal" or "variable"."""
        return _LETTERS[self.code[0]]

    @property
    def shape(self) -> str:
        """Whether the components' shapes are "equal", "variable" or "spherical"."""
        return _LETTERS.get(self.code[1], "spherical")

    @property
    def orientation(self) -> str:
        """Whether the components' axes are "equal", "variable" or "axis-aligned"; a sphere has "none"."""
        return "none" if self.shape == "spherical" else _LETTERS.get(self.code[2], "axis-aligned")

    @property
    def one_dimensional(self) -> str:
        """mclust's code of the family on a single column, where volume is all there is: "E" or "V"."""
        return self.code[0]

    def measured_in(self, scale: Array) -> Self:
        """The family for columns that were divided by ``scale`` (D,), up to a factor that all may share."""
        return self

    @property
    def tilted(self) -> bool:
        """Whether groups may lean: the orientation, the last letter of the code, is not fixed along the columns."""
        return not self.code.endswith("I")

    @abstractmethod
    def covariances(self, scatter: Array, counts: Array, n_features: int, previous: Array | None = None) -> Array:
        """Maximum-likelihood covariances, packed, from weighted scatter about the new means and expected counts (K,).

        A rule that alternates starts from ``previous``, the packed covariances of the iteration before, so that the
        expected log-likelihood never falls. A variance may come out as 0, never as nan.
        """

    @abstractmethod
    def n_covariance_parameters(self, n_components: int, n_features: int) -> int:
        """Free parameters of the K covariance matrices."""

    @abstractmethod
    def rows_needed(self, n_features: int) -> int:
        """Fewest distinct rows on which one component's own variances do not vanish, whatever the others'."""

    def n_parameters(self, n_components: int, n_features: int) -> int:
        """Free parameters of the mixture: K - 1 shares, K D means, and the covariances'."""
        return n_components - 1 + n_components * n_features + self.n_covariance_parameters(n_components, n_features)


def n_orientation(n_features: int) -> int:
    """Free parameters of one orientation: a rotation in D dimensions has D (D - 1) / 2."""
    return n_features * (n_features - 1) // 2


def n_symmetric(n_features: int) -> int:
    """Free parameters of one covariance matrix, D (D + 1) / 2."""
    return n_features * (n_features + 1) // 2
