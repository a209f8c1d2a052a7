"""What a user gives to ``GaussianMixture`` by its arguments' names: the settings of a fit, and a start."""

from collections.abc import Mapping
from dataclasses import replace
from operator import index
from typing import Any

import numpy as np

from gmm_core.errors import DataError, SettingsError
from gmm_core.model.checking import check_switch
from gmm_core.model.conversion import as_floats
from gmm_core.model.em.forms import Array
from gmm_core.model.em.priors import Prior
from gmm_core.model.layout import get_layout
from gmm_core.model.mixture import Mixture
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import UserStart

RandomState = int | np.random.Generator | np.random.RandomState | None

Given = Mapping[str, Any]
"""Values by the names of ``GaussianMixture``'s arguments."""


def settings_of(given: Given) -> FitSettings:
    """The settings among the arguments.

    Raises
    ------
    SettingsError
        For the first without meaning.
    """
    shared = {name: given[name] for name in FitSettings.__dataclass_fields__ if name != "seed"}
    fixed, prior = given["fixed"], given["prior"]
    shared["fixed"] = (fixed,) if isinstance(fixed, str) else _as_tuple("fixed", fixed)
    shared["prior"] = Prior() if isinstance(prior, str) and prior == "default" else prior
    settings = FitSettings(seed=seed_of(given["random_state"]), **shared)
    settings.check()
    for name in ("warm_start", "verbose"):
        check_switch(name, given[name])
    return settings


def start_of(given: Given, settings: FitSettings, n_features: int, last: Mixture | None = None) -> UserStart | None:
    """The start among the arguments, or where the ``last`` fit ended but for new values of what is fixed.

    The number of columns matters where there are ``precisions_init``.

    Raises
    ------
    SettingsError
        For arrays that hold no numbers, and precisions that are none.
    """
    weights, means = _floats(given, "weights"), _floats(given, "means")
    if last is not None:
        named: dict[str, Any] = {"weights": weights, "means": means}
        new = {name: value for name, value in named.items() if name in settings.fixed and value is not None}
        return replace(_end_of(last), **new)
    precisions, resp = _floats(given, "precisions"), _floats(given, "responsibilities")
    labels = given["labels_init"] if resp is None else None
    if all(part is None for part in (weights, means, precisions, resp, labels)):
        return None
    covariances = None
    if precisions is not None:
        layout = get_layout(settings.covariance_type)
        covariances = layout.covariances_of(precisions, settings.n_components, n_features)
    return UserStart(weights, means, covariances, resp, labels=labels)


def seed_of(random_state: RandomState) -> int:
    """A seed from whatever scikit-learn takes as ``random_state``."""
    if isinstance(random_state, np.random.Generator):
        return int(random_state.integers(2**32))
    if isinstance(random_state, np.random.RandomState):
        return int(random_state.randint(2**31))
    if random_state is None:
        return int(np.random.default_rng().integers(2**32))
    try:
        seed = index(random_state)
    except TypeError:
        seed = -1
    if seed >= 0:
        return seed
    remedy = "Give a whole number from 0 up, a Generator, a RandomState or None."
    raise SettingsError(f"random_state is {random_state!r}.", remedy, value=random_state)


def _end_of(last: Mixture) -> UserStart:
    noise_weight = None if last.noise is None else last.noise.weight
    return UserStart(last.weights / last.weights.sum(), last.means, last.covariances, noise_weight=noise_weight)


def _floats(given: Given, name: str) -> Array | None:
    """What is given of a start, as an array."""
    value = given[f"{name}_init"]
    try:
        return None if value is None else as_floats(value)
    except DataError:
        raise SettingsError(f"The starting {name} are not an array of numbers.", f"Mend {name}_init.") from None


def _as_tuple(name: str, value: Any) -> tuple[Any, ...]:
    try:
        return tuple(value)
    except TypeError:
        raise SettingsError(f"{name} is {value!r}.", "Give a list.", value=value) from None
