"""What a person chooses for a fit."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gmm_core.errors import SettingsError
from gmm_core.model.checking import check_number, check_switch, check_whole
from gmm_core.model.em.acceleration import get_acceleration
from gmm_core.model.em.priors import Prior
from gmm_core.model.em.seeding import get_seeding
from gmm_core.model.families import get_family

MISSING_VALUES = ("raise", "em")
FIXABLE = ("weights", "means")
"""What ``FitSettings.fixed`` may name."""
LARGEST_VOLUME = 1e300
"""Of the noise's region: the logarithm of a double."""

MOST_STARTS = 1_000_000
"""Each start has a seed of its own, and all seeds are drawn first."""


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
        EM stops once less than this is estimated to be still to gain in log-likelihood per row; 0 never stops early.
    max_iter : int
        Most iterations of a start, each one pass over the data.
    variance_floor : float
        Smallest variance in any direction, as a fraction of the columns' own variances.
    reg_covar : float
        Added to every variance, in squared units of the table.
    acceleration : str or None
        Name of an acceleration, from ``ACCELERATIONS``; None is plain EM. With ``reg_covar`` EM stays plain.
    missing_values : str
        "raise" refuses gaps (NaN); "em" keeps rows with gaps, and maximises the likelihood of the values that are
        there, which takes it that gaps do not depend on the values that they hide (missing at random).
    prior : Prior or None
        Belief about means and covariances: the fit is the maximum a posteriori.
    equal_weights : bool
        Give all groups the same share.
    fixed : tuple of str
        What keeps the values that the start gives it: "weights", "means" or both.
    noise : bool or float
        Whether rows may belong to a noise spread evenly over the data's region; a number is the region's volume, in
        the units of the table.
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
    acceleration: str | None = "quasi-newton"
    missing_values: str = "raise"
    prior: Prior | None = None
    equal_weights: bool = False
    fixed: tuple[str, ...] = ()
    noise: bool | float = False

    @property
    def gaps(self) -> bool:
        """Whether rows may have gaps."""
        return self.missing_values == "em"

    @property
    def held(self) -> tuple[str, ...]:
        """Names of the parameters that no iteration changes."""
        return ("weights", *self.fixed) if self.equal_weights else self.fixed

    def check(self) -> None:
        """Raise ``SettingsError`` for the first setting without meaning."""
        for name in ("covariance_type", "init_params", "missing_values"):
            if not isinstance(getattr(self, name), str):
                raise SettingsError(f"{name} is {getattr(self, name)!r}.", "It must be a name.")
        get_family(self.covariance_type)
        get_seeding(self.init_params)
        get_acceleration(self.acceleration)
        if self.missing_values not in MISSING_VALUES:
            remedy = f"Choose one of {', '.join(MISSING_VALUES)}."
            problem = f"There is no way {self.missing_values!r} to treat missing values."
            raise SettingsError(problem, remedy, value=self.missing_values)
        for name, least in (("n_components", 1), ("max_iter", 1), ("seed", 0)):
            check_whole(name, getattr(self, name), least)
        check_whole("n_init", self.n_init, 1, MOST_STARTS)
        for name in ("tol", "reg_covar"):
            check_number(name, getattr(self, name))
        check_number("variance_floor", self.variance_floor, 1.0)
        self._check_model()

    def _check_model(self) -> None:
        """The noise, what is held, and the prior."""
        check_switch("equal_weights", self.equal_weights)
        if not isinstance(self.noise, bool | np.bool_):
            check_number("noise", self.noise, LARGEST_VOLUME)
        fixed: tuple[Any, ...] = self.fixed
        if not all(isinstance(name, str) and name in FIXABLE for name in fixed) or len(set(self.held)) < len(self.held):
            remedy = f"Name {' or '.join(FIXABLE)}, and weights only where they aren't to be equal."
            raise SettingsError(f"fixed is {self.fixed!r}.", remedy, value=self.fixed)
        if not (self.prior is None or isinstance(self.prior, Prior)):
            raise SettingsError(f"prior is {self.prior!r}.", "Give a Prior or None.", value=self.prior)
