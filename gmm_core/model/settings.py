"""What a person chooses for a fit."""

from dataclasses import dataclass

import numpy as np

from gmm_core.errors import SettingsError
from gmm_core.model.em.seeding import get_seeding
from gmm_core.model.families import get_family


@dataclass(frozen=True)
class FitSettings:
    """All that decides a fit beside the data and a user's start.

    Attributes
    ----------
    n_components : int
        K, the number of groups.
    covariance_type : str
        Name or code of a family.
    n_init : int
        Number of starts.
    init_params : str
        Way of starting, from ``SEEDINGS``.
    seed : int
        Start i draws from generator i of this seed, whatever ``n_init``.
    tol : float
        Gain in log-likelihood per row and iteration below which EM stops; 0 never stops early.
    max_iter : int
        Most iterations of a start.
    variance_floor : float
        Smallest variance in any direction, as a fraction of the columns' own variances.
    reg_covar : float
        Added to every variance, in squared units of the table.
    """

    n_components: int = 2
    covariance_type: str = "full"
    n_init: int = 5
    init_params: str = "k-means++"
    seed: int = 0
    tol: float = 1e-10
    max_iter: int = 2000
    variance_floor: float = 1e-13
    reg_covar: float = 0.0

    def check(self) -> None:
        """Raise ``SettingsError`` for the first setting without meaning."""
        get_family(self.covariance_type)
        get_seeding(self.init_params)
        for name, least in (("n_components", 1), ("n_init", 1), ("max_iter", 1), ("seed", 0)):
            value = getattr(self, name)
            if not isinstance(value, int | np.integer) or value < least:
                raise SettingsError(f"{name} is {value!r}.", f"It must be a whole number from {least} up.", value=value)
        for name in ("tol", "variance_floor", "reg_covar"):
            value = getattr(self, name)
            if not (isinstance(value, int | float | np.integer | np.floating) and np.isfinite(value) and value >= 0):
                raise SettingsError(f"{name} is {value!r}.", "It must be 0 or more.", value=value)
