"""The M step that the settings ask for, in the scaled space of one table."""

import numpy as np

from gmm_core.errors import SettingsError
from gmm_core.model.em.forms import Array
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.noise import Region, data_region
from gmm_core.model.em.priors import pseudo_rows
from gmm_core.model.em.rows import Scaling
from gmm_core.model.families import Family
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import UserStart

FARTHEST = 100.0
"""How far the logarithm of an edge of the noise's region may be from the data's."""


def m_step(
    settings: FitSettings,
    family: Family,
    floor: float,
    table: Array,
    scaling: Scaling,
    start: UserStart | None,
    weights: Array | None = None,
) -> Maximisation:
    """The M step with ridge, prior, what is held, and the noise's region.

    The rows (N, D) of ``table`` have no gaps, and may have ``weights`` (N,).

    Raises
    ------
    SettingsError
        Where the prior has no meaning, or the start gives no value for what is to be held.
    """
    prior, k = settings.prior, settings.n_components
    means = _given("means", settings, start)
    return Maximisation(
        family,
        floor,
        ridge=settings.reg_covar / scaling.scale**2 if settings.reg_covar else None,
        prior=None if prior is None else pseudo_rows(prior, family, k, table, scaling, weights),
        shares=_shares(settings, start),
        means=None if means is None else scaling.to_z(means),
        region=_region(settings.noise, table, scaling, weights) if settings.noise else None,
    )


def _shares(settings: FitSettings, start: UserStart | None) -> Array | None:
    """The shares that are held, (K,)."""
    if settings.equal_weights:
        return np.full(settings.n_components, 1.0 / settings.n_components)
    weights = _given("weights", settings, start)
    return None if weights is None else weights / weights.sum()


def _given(name: str, settings: FitSettings, start: UserStart | None) -> Array | None:
    """What the start gives of a parameter that is held at it; None where it isn't held."""
    if name not in settings.fixed:
        return None
    value: Array | None = getattr(start, name, None)
    if value is None:
        raise SettingsError(f"The {name} are to be fixed, but at no value.", f"Give {name}_init.", value=settings.fixed)
    return value


def _region(volume: bool | float, table: Array, scaling: Scaling, weights: Array | None) -> Region:
    region = data_region(scaling.to_z(table), weights)
    if isinstance(volume, bool | np.bool_):
        return region
    log_volume = float(np.log(float(volume)) - np.log(scaling.scale).sum())
    if abs(log_volume - region.log_volume) > FARTHEST * len(scaling.scale):
        raise SettingsError(f"noise is {volume:g}, a volume far from that of the data.", "Give True.", value=volume)
    return region.with_volume(log_volume)
