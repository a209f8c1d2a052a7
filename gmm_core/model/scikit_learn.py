"""Where scikit-learn is installed: what it asks of an estimator, and a mixture as one of its own.

The only module of the package that imports it, and only inside functions: nothing here needs it to be installed.
"""

import sys
from functools import cache
from typing import Any

import numpy as np

from gmm_core.errors import MissingPackageError, NotFittedError, SettingsError
from gmm_core.model.families import get_family
from gmm_core.model.layout import LAYOUTS, get_layout
from gmm_core.model.mixture import Mixture


def estimator_tags(gaps: bool) -> Any:
    """The tags that scikit-learn asks an estimator for: a density estimator without target, with or without gaps."""
    from sklearn.utils import InputTags, Tags, TargetTags

    inputs = InputTags(allow_nan=gaps)
    return Tags(estimator_type="density_estimator", target_tags=TargetTags(required=False), input_tags=inputs)


def not_fitted_error(problem: str, remedy: str) -> NotFittedError:
    """Our error, which is scikit-learn's of that name as well wherever scikit-learn has been imported."""
    kind = _recognised_error() if "sklearn.exceptions" in sys.modules else NotFittedError
    return kind(problem, remedy)


@cache
def _recognised_error() -> type[NotFittedError]:
    from sklearn.exceptions import NotFittedError as RecognisedError

    class EstimatorNotFittedError(NotFittedError, RecognisedError):  # type: ignore[misc]  # it ships no types
        """Ours and scikit-learn's in one."""

        def __reduce__(self) -> tuple[Any, ...]:
            return not_fitted_error, (self.problem, self.remedy)

    return EstimatorNotFittedError


def sklearn_mixture(mixture: Mixture, **fitted: Any) -> Any:
    """A fitted ``sklearn.mixture.GaussianMixture`` with the same densities and memberships.

    Its covariance type is the mixture's family where scikit-learn knows it, else "full". ``fitted`` holds further
    attributes to set.

    Raises
    ------
    SettingsError
        For a mixture with noise, which scikit-learn cannot hold.
    MissingPackageError
        Where scikit-learn is not installed.
    """
    if mixture.noise is not None:
        raise SettingsError("scikit-learn's mixtures have no noise component.", "Fit without noise, or keep to this.")
    try:
        from sklearn.mixture import GaussianMixture
    except ImportError:
        remedy = "Install it (pip install scikit-learn), or keep to this package's own estimator."
        raise MissingPackageError("scikit-learn is not installed.", remedy) from None
    family = get_family(mixture.family).name
    covariance_type = family if family in LAYOUTS else "full"
    layout = get_layout(covariance_type)
    model = GaussianMixture(mixture.n_components, covariance_type=covariance_type)
    attributes = {
        "weights_": mixture.weights.copy(),
        "means_": mixture.means.copy(),
        "covariances_": np.array(layout.pack(mixture.covariances)),
        "precisions_cholesky_": layout.precisions_cholesky(mixture.covariances),
        "precisions_": layout.precisions(mixture.covariances),
        "n_features_in_": mixture.n_features,
    }
    for name, value in (attributes | fitted).items():
        setattr(model, name, value)
    return model
