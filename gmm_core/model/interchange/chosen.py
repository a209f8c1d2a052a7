"""The settings of a fit in a document, checked as ``GaussianMixture`` checks its arguments."""

from dataclasses import asdict, fields
from typing import Any

import numpy as np

from gmm_core.errors import GmmError
from gmm_core.model.conversion import as_floats
from gmm_core.model.em.priors import Prior
from gmm_core.model.families import get_family
from gmm_core.model.given import Given, settings_of, start_of
from gmm_core.model.interchange.fields import bad, check_names
from gmm_core.model.mixture import Mixture
from gmm_core.model.settings import FitSettings

STARTS = ("weights_init", "means_init", "precisions_init")
SETTINGS = (
    "covariance_type",
    "tol",
    "reg_covar",
    "max_iter",
    "n_init",
    "init_params",
    *STARTS,
    "variance_floor",
    "acceleration",
    "missing_values",
    "prior",
    "equal_weights",
    "fixed",
    "noise",
    "random_state",
    "warm_start",
)
"""Names of the arguments that are kept."""

NOT_KEPT = {"responsibilities_init": None, "labels_init": None, "verbose": 0}
"""Those that belong to the rows or the screen; the number of groups is that of the mixture."""

PRIOR_FIELDS = tuple(field.name for field in fields(Prior))


def settings_content(given: Given, mixture: Mixture) -> dict[str, Any]:
    """What a document holds of the arguments of ``GaussianMixture``; of a generator, no seed is known."""
    seed = given["random_state"] if isinstance(given["random_state"], int | np.integer) else None
    given = {**given, **NOT_KEPT, "random_state": seed, "n_components": mixture.n_components}
    settings = settings_of(given)
    content = {name: getattr(settings, name, given[name]) for name in SETTINGS}
    content |= {name: None if given[name] is None else as_floats(given[name]).tolist() for name in STARTS}
    content["prior"] = None if settings.prior is None else asdict(settings.prior)
    if not _same_family(settings.covariance_type, mixture):  # asked for since the fit
        content["covariance_type"] = mixture.family
    return {name: value.item() if isinstance(value, np.generic) else value for name, value in content.items()}


def settings_from(value: Any, mixture: Mixture) -> dict[str, Any]:
    """Arguments for ``GaussianMixture``, which will accept them."""
    if value is None:
        return {"covariance_type": mixture.family}
    if not isinstance(value, dict):
        raise bad("settings", "is no object", "It must be null or hold the arguments of GaussianMixture.")
    check_names(value, SETTINGS)
    given = {**value, "prior": _prior(value["prior"])}
    try:
        settings = _checked({**given, **NOT_KEPT, "n_components": mixture.n_components}, mixture.n_features)
    except GmmError as error:
        raise bad("settings", f"cannot be fitted with: {error.problem[:-1]}", error.remedy) from None
    if not _same_family(settings.covariance_type, mixture):
        raise bad("settings", f"is for {settings.covariance_type}, another family", f"Say {mixture.family}.")
    return {**given, "fixed": settings.fixed}


def _checked(given: Given, n_features: int) -> FitSettings:
    settings = settings_of(given)
    start = start_of(given, settings, n_features)
    if start is not None:
        start.check(n_features, settings.n_components)
    if settings.prior is not None:
        settings.prior.check(n_features)
    return settings


def _same_family(covariance_type: str, mixture: Mixture) -> bool:
    return get_family(covariance_type) is get_family(mixture.family)


def _prior(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    check_names(value, PRIOR_FIELDS)
    return Prior(**value)
