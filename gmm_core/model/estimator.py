"""``GaussianMixture``: the fit with scikit-learn's names, habits and shapes."""

import inspect
from operator import index
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import NotFittedError, SettingsError
from gmm_core.model.checking import as_table
from gmm_core.model.choice.criteria import CRITERIA, Evidence
from gmm_core.model.em.forms import Array
from gmm_core.model.fit import Fit
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.layout import Layout, get_layout
from gmm_core.model.mixture import Mixture
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import UserStart, memberships_of
from gmm_core.model.watching import Progress

RandomState = int | np.random.Generator | np.random.RandomState | None


class GaussianMixture:
    """Gaussian mixture model, fitted by expectation-maximisation from several starts.

    Parameters
    ----------
    n_components : int, default 1
        K, the number of groups.
    covariance_type : str, default "full"
        "full", "tied", "diag", "spherical", or mclust's codes for them: "VVV", "EEE", "VVI", "VII".
    tol : float, default 1e-10
        EM stops once an iteration gains less than this in log-likelihood per row; 0 never stops early.
    reg_covar : float, default 0
        Added to every variance, in squared units of the data. Rarely needed: see ``variance_floor``.
    max_iter : int, default 2000
        Most iterations of a start, each one pass over the data.
    n_init : int, default 5
        Number of starts, each the best of a few short runs; the best sound solution is kept. Above 40,000 rows they
        are tried on a sample of 20,000 rows, and the best is carried on with all rows.
    init_params : str, default "k-means++"
        "k-means++", "kmeans", "random_from_data", "random", "quantile" or "hierarchical"; half of the short runs
        begin at random rows instead. Where the family may tilt groups, every other start looks for them in a sphered
        space, so that long clusters side by side are found.
    weights_init : (K,) array, optional
    means_init : (K, D) array, optional
    precisions_init : array, optional
        Inverse covariances, in the shape of ``precisions_``. With any of these three, the rest is seeded; with means
        given there is one start.
    responsibilities_init : (N, K) array, optional
        Start with an M step from these memberships.
    labels_init : (N,) sequence, optional
        The same from labels, K different ones; a row without one (None or nan) starts equally in all groups.
    variance_floor : float, default 1e-13
        Smallest variance in any direction, as a fraction of the columns' own variances. A component that runs into
        it has collapsed, and its solution does not win. The default is what rounding asks for; whether a narrow group
        rests on too few rows is judged apart (see ``gmm_core.model.soundness``).
    random_state : int, Generator, RandomState or None
        Seed of the starts; None draws a new one each time.
    warm_start : bool, default False
        Start from the last fit, if there is one.
    verbose : int, default 0
        1 prints a line a start, 2 every iteration.

    Attributes
    ----------
    weights_ : (K,) array
    means_ : (K, D) array
    covariances_, precisions_, precisions_cholesky_ : array
        (K, D, D) for "full" and for any code, (D, D) for "tied", (K, D) for "diag", (K,) for "spherical". With C =
        ``precisions_cholesky_`` of a component, its precision is C C'.
    log_likelihood_ : float
        Sum over rows of the log density, in nats.
    lower_bound_, lower_bounds_ : float, list of float
        Log-likelihood per row, at the end and after each iteration.
    converged_ : bool
    n_iter_ : int
        Iterations that led to the solution.
    n_parameters_ : int
        Free parameters.
    n_features_in_ : int
        D.
    starts_ : tuple of Start
        What became of each start. Where none of ``n_init`` ends soundly, more are tried.
    solutions_ : tuple of Solution
        The distinct solutions among them, and how often each was found; the first is the one that won.
    mixture_ : Mixture
        The solution as a value.

    Components are ordered by their mean in the first column.
    """

    def __init__(
        self,
        n_components: int = 1,
        *,
        covariance_type: str = "full",
        tol: float = 1e-10,
        reg_covar: float = 0.0,
        max_iter: int = 2000,
        n_init: int = 5,
        init_params: str = "k-means++",
        weights_init: Any = None,
        means_init: Any = None,
        precisions_init: Any = None,
        responsibilities_init: Any = None,
        labels_init: Any = None,
        variance_floor: float = 1e-13,
        random_state: RandomState = None,
        warm_start: bool = False,
        verbose: int = 0,
    ) -> None:
        self.n_components = n_components
        self.covariance_type = covariance_type
        self.tol = tol
        self.reg_covar = reg_covar
        self.max_iter = max_iter
        self.n_init = n_init
        self.init_params = init_params
        self.weights_init = weights_init
        self.means_init = means_init
        self.precisions_init = precisions_init
        self.responsibilities_init = responsibilities_init
        self.labels_init = labels_init
        self.variance_floor = variance_floor
        self.random_state = random_state
        self.warm_start = warm_start
        self.verbose = verbose

    # -- parameters ------------------------------------------------------------------------------------------------

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The constructor's arguments by name."""
        return {name: getattr(self, name) for name in _parameter_names()}

    def set_params(self, **params: Any) -> Self:
        """Set constructor arguments by name.

        Raises
        ------
        SettingsError
            For a name that is none.
        """
        for name, value in params.items():
            if name not in _parameter_names():
                raise SettingsError(f"There is no parameter {name!r}.", f"Choose from {', '.join(_parameter_names())}.")
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        defaults = inspect.signature(type(self)).parameters
        set_here = {k: v for k, v in self.get_params().items() if v is not defaults[k].default}
        return f"GaussianMixture({', '.join(f'{k}={v!r}' for k, v in set_here.items())})"

    # -- fitting ---------------------------------------------------------------------------------------------------

    def fit(self, X: Any, y: Any = None) -> Self:
        """Fit to the rows of ``X`` (N, D); ``y`` is ignored.

        Raises
        ------
        SettingsError, DataError, NoSoundSolutionError
            See ``gmm_core.model.fitting.fit_mixture``.
        """
        watch = self._print_progress if self.verbose else None
        return self._take(fit_mixture(X, self._settings(), self._start(X), watch))

    def fit_predict(self, X: Any, y: Any = None) -> NDArray[np.intp]:
        """Fit, and the likeliest component of each row, (N,)."""
        return self.fit(X).predict(X)

    # -- using the fit ---------------------------------------------------------------------------------------------

    def predict(self, X: Any) -> NDArray[np.intp]:
        """The likeliest component of each row, (N,)."""
        return self._fitted.labels(self._table(X))

    def predict_proba(self, X: Any) -> Array:
        """Memberships (responsibilities) of each row, (N, K)."""
        return self._fitted.memberships(self._table(X))

    def score_samples(self, X: Any) -> Array:
        """Log density at each row, (N,), in nats."""
        return self._fitted.log_density(self._table(X))

    def score(self, X: Any, y: Any = None) -> float:
        """Mean log density over rows, in nats."""
        return float(self.score_samples(X).mean())

    def bic(self, X: Any) -> float:
        """Bayesian information criterion on ``X``; lower is better."""
        return CRITERIA["bic"](self._evidence(X))

    def aic(self, X: Any) -> float:
        """Akaike's information criterion on ``X``; lower is better."""
        return CRITERIA["aic"](self._evidence(X))

    def icl(self, X: Any) -> float:
        """Integrated completed likelihood on ``X``; lower is better."""
        return CRITERIA["icl"](self._evidence(X))

    def sample(self, n_samples: int = 1) -> tuple[Array, NDArray[np.intp]]:
        """Draw rows (n_samples, D) and the components (n_samples,) they came from."""
        if n_samples < 1:
            raise SettingsError(f"n_samples is {n_samples}.", "It must be 1 or more.", value=n_samples)
        return self._fitted.sample(n_samples, np.random.default_rng(seed_of(self.random_state)))

    # -- inside ----------------------------------------------------------------------------------------------------

    @property
    def _fitted(self) -> Mixture:
        mixture: Mixture | None = self.__dict__.get("mixture_")
        if mixture is None:
            raise NotFittedError("This GaussianMixture has not been fitted.", "Call fit first.")
        return mixture

    @property
    def _layout(self) -> Layout:
        return get_layout(self.covariance_type)

    def _table(self, X: Any) -> Array:
        return as_table(X, self._fitted.n_features)[0]

    def _evidence(self, X: Any) -> Evidence:
        table = self._table(X)
        resp = self.predict_proba(table)
        entropy = -float((resp * np.log(resp, out=np.zeros_like(resp), where=resp > 0)).sum())
        return Evidence(float(self.score_samples(table).sum()), self._fitted.n_parameters, len(table), entropy)

    def _settings(self) -> FitSettings:
        shared = {name: getattr(self, name) for name in FitSettings.__dataclass_fields__ if name != "seed"}
        return FitSettings(seed=seed_of(self.random_state), **shared)

    def _start(self, X: Any) -> UserStart | None:
        if self.warm_start and "mixture_" in self.__dict__:
            last = self.mixture_
            return UserStart(last.weights, last.means, last.covariances)
        names = ("weights", "means", "precisions", "responsibilities")
        given = {name: _floats(name, getattr(self, f"{name}_init")) for name in names}
        if self.labels_init is not None and given["responsibilities"] is None:
            given["responsibilities"] = memberships_of(list(self.labels_init), self.n_components)
        if all(value is None for value in given.values()):
            return None
        precisions, covariances = given["precisions"], None
        if precisions is not None:
            n_features = as_table(X)[0].shape[1]
            covariances = self._layout.covariances_of(precisions, self.n_components, n_features)
        return UserStart(given["weights"], given["means"], covariances, given["responsibilities"])

    def _take(self, fit: Fit) -> Self:
        mixture, layout = fit.mixture, self._layout
        self.mixture_ = mixture
        self.weights_ = mixture.weights
        self.means_ = mixture.means
        self.covariances_ = layout.pack(mixture.covariances)
        self.precisions_cholesky_ = layout.precisions_cholesky(mixture.covariances)
        self.precisions_ = layout.precisions(mixture.covariances)
        self.converged_ = fit.converged
        self.n_iter_ = fit.n_iterations
        self.log_likelihood_ = fit.log_likelihood
        self.lower_bounds_ = (fit.trace / fit.n_rows).tolist()
        self.lower_bound_ = self.lower_bounds_[-1]
        self.n_parameters_ = mixture.n_parameters
        self.n_features_in_ = mixture.n_features
        self.starts_ = fit.starts
        self.solutions_ = fit.solutions
        return self

    def _print_progress(self, progress: Progress) -> bool:
        if progress.iteration == 0 or self.verbose > 1:
            place = f"Start {progress.start + 1} of {progress.n_starts}, iteration {progress.iteration}"
            print(f"{place}: log-likelihood {progress.log_likelihood:.6f}")
        return True


def _parameter_names() -> list[str]:
    return [name for name in inspect.signature(GaussianMixture.__init__).parameters if name != "self"]


def seed_of(random_state: RandomState) -> int:
    """A seed from whatever scikit-learn takes as ``random_state``."""
    if isinstance(random_state, np.random.Generator):
        return int(random_state.integers(2**32))
    if isinstance(random_state, np.random.RandomState):
        return int(random_state.randint(2**31))
    if random_state is None:
        return int(np.random.default_rng().integers(2**32))
    try:
        return index(random_state)
    except TypeError:
        remedy = "Give a whole number, a Generator, a RandomState or None."
        raise SettingsError(f"random_state is {random_state!r}.", remedy, value=random_state) from None


def _floats(name: str, value: Any) -> Array | None:
    """What the user gave of a start, as an array."""
    try:
        return None if value is None else np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise SettingsError(f"The starting {name} are not an array of numbers.", f"Mend {name}_init.") from None
