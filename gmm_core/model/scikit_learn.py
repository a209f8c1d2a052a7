"""scikit-learn's habits: what it asks of an estimator, and, where it is installed, a mixture as one of its own.

The only module of the package that imports it, and only inside functions: nothing here needs it to be installed.
"""

import inspect
import sys
import warnings
from functools import cache
from typing import Any, Self

import numpy as np

from gmm_core.errors import MissingPackageError, NotFittedError, SettingsError
from gmm_core.model.families import get_family
from gmm_core.model.layout import LAYOUTS, get_layout
from gmm_core.model.mixture import Mixture


class Habits:
    """Parameters that can be read, set and shown by their names, which are those of the constructor's arguments."""

    missing_values: Any

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The constructor's arguments by name."""
        return {name: getattr(self, name) for name in inspect.signature(type(self)).parameters}

    def set_params(self, **params: Any) -> Self:
        """Set constructor arguments by name.

        Raises
        ------
        SettingsError
            For a name that is none.
        """
        names = self.get_params()
        for name, value in params.items():
            if name not in names:
                raise SettingsError(f"There is no parameter {name!r}.", f"Choose from {', '.join(names)}.")
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        defaults = inspect.signature(type(self)).parameters
        shown = {name: repr(value) for name, value in self.get_params().items()}
        changed = [f"{name}={text}" for name, text in shown.items() if text != repr(defaults[name].default)]
        return f"{type(self).__name__}({', '.join(changed)})"

    def __sklearn_tags__(self) -> Any:
        return estimator_tags(gaps=isinstance(self.missing_values, str) and self.missing_values == "em")


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
    """Ours and scikit-learn's in one."""
    from sklearn.exceptions import NotFittedError as RecognisedError

    def reduced(error: NotFittedError) -> tuple[Any, ...]:  # so that it survives the way from another process
        return not_fitted_error, (error.problem, error.remedy)

    return type("EstimatorNotFittedError", (NotFittedError, RecognisedError), {"__reduce__": reduced})


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
    their_class = _their_class()
    family = get_family(mixture.family).name
    covariance_type = family if family in LAYOUTS else "full"
    layout = get_layout(covariance_type)
    model = their_class(mixture.n_components, covariance_type=covariance_type)
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


def sklearn_fit(x: Any, n_components: int, family: str, n_init: int, seed: int) -> Any:
    """scikit-learn's own fit of rows (N, D) with its defaults, for a comparison.

    Raises
    ------
    SettingsError
        For a family that scikit-learn does not know.
    MissingPackageError
        Where scikit-learn is not installed.
    """
    name = get_family(family).name
    if name not in LAYOUTS:
        raise SettingsError(f"scikit-learn has no {get_family(family).words} family.", "Choose one of its four.")
    model = _their_class()(n_components, covariance_type=name, n_init=n_init, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it did not converge is read off the model
        return model.fit(x)


def _their_class() -> Any:
    try:
        from sklearn.mixture import GaussianMixture
    except ImportError:
        remedy = "Install it (pip install scikit-learn), or keep to this package's own estimator."
        raise MissingPackageError("scikit-learn is not installed.", remedy) from None
    return GaussianMixture
