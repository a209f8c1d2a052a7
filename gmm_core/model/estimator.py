"""``GaussianMixture``: the fit with scikit-learn's names, habits and shapes."""

import inspect
from collections.abc import Sequence
from operator import index
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import DataError, SettingsError
from gmm_core.model.checking import as_table, check_names, check_reach, check_switch, check_whole, feature_names
from gmm_core.model.choice.criteria import CRITERIA, Evidence
from gmm_core.model.conversion import as_floats
from gmm_core.model.em.expectation import entropy_of
from gmm_core.model.em.forms import Array
from gmm_core.model.em.priors import Prior
from gmm_core.model.fit import Fit
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.interchange import read_document, to_json
from gmm_core.model.layout import Layout, get_layout
from gmm_core.model.mixture import Mixture
from gmm_core.model.sample import Sample, check_weights
from gmm_core.model.scikit_learn import estimator_tags, not_fitted_error, sklearn_mixture
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
        "full", "tied", "diag", "spherical", or one of mclust's fourteen codes: EII, VII, EEI, VEI, EVI, VVI, EEE, VEE,
        EVE, VVE, EEV, VEV, EVV, VVV. Of these VVV is "full", EEE "tied", VVI "diag" and VII "spherical".
    tol : float, default 1e-10
        EM stops once less than this is estimated to be still to gain in log-likelihood per row; 0 never stops early.
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
    acceleration : str or None, default "quasi-newton"
        How EM gets to its limit in fewer passes over the data, without ever lowering the log-likelihood; None is plain
        EM, which ``reg_covar`` always is.
    missing_values : {"raise", "em"}, default "raise"
        "em" keeps rows with gaps (NaN), in ``fit`` and in all that is asked of the fit: maximum likelihood of the
        values that are there, under values missing at random.
    prior : None, "default" or Prior
        Belief about means and covariances, with which small groups are fitted without collapse; the fit is then the
        maximum a posteriori, and BIC, AIC and ICL use its log-likelihood without the prior. "default" takes what
        Fraley and Raftery (2007) take from the data; see ``gmm_core.Prior``.
    equal_weights : bool, default False
        Give all groups the same share.
    fixed : sequence of str, default ()
        "weights" and "means" named here stay at ``weights_init`` and ``means_init``; groups then keep the order given.
    noise : bool or float, default False
        True adds a component of odd rows, spread evenly over the data's region: the smaller of the boxes along the
        columns and along the principal axes. A number is the region's volume, in the units of the data. With noise,
        ``predict`` gives -1 for it, and ``predict_proba`` has a last column for it. Shares that are equal or fixed
        are shares of the rows that aren't noise.
    random_state : int, Generator, RandomState or None
        Seed of the starts; None draws a new one each time.
    warm_start : bool, default False
        Start from the last fit, if there is one.
    verbose : int, default 0
        1 prints a line a start, 2 every iteration.

    Attributes
    ----------
    weights_ : (K,) array
        Sums to 1, or with noise to 1 - ``noise_weight_``.
    means_ : (K, D) array
    covariances_, precisions_, precisions_cholesky_ : array
        (K, D, D) for "full" and for any code, (D, D) for "tied", (K, D) for "diag", (K,) for "spherical". With C =
        ``precisions_cholesky_`` of a component, its precision is C C'.
    log_likelihood_ : float
        Sum over rows of the log density, in nats.
    lower_bound_, lower_bounds_ : float, list of float
        Log-likelihood per row, at the end and after each iteration; with a prior, log posterior per row.
    converged_ : bool
    stopped_by_ : str
        The rule that stopped EM: "converged", "max_iter" or "stopped by the user".
    remainder_ : float
        Estimate of the log-likelihood still to gain, summed over rows; infinite where there is none yet.
    n_iter_ : int
        Iterations that led to the solution, each one pass over the data.
    n_parameters_ : int
        Free parameters.
    n_features_in_ : int
        D.
    feature_names_in_ : (D,) array of str
        The columns' names, where a frame was fitted whose names are all text.
    starts_ : tuple of Start
        What became of each start. Where none of ``n_init`` ends soundly, more are tried.
    solutions_ : tuple of Solution
        The distinct solutions among them, and how often each was found; the first is the one that won.
    noise_weight_, noise_volume_ : float
        Share of the noise, 0 without; and the volume of its region, infinite without.
    audit_ : Audit
        What was checked of the result on the data, and a sentence.
    mixture_ : Mixture
        The solution as a value.

    Components are ordered by their mean in the first column, unless some of their parameters are fixed.
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
        acceleration: str | None = "quasi-newton",
        missing_values: str = "raise",
        prior: Prior | str | None = None,
        equal_weights: bool = False,
        fixed: Sequence[str] = (),
        noise: bool | float = False,
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
        self.acceleration = acceleration
        self.missing_values = missing_values
        self.prior = prior
        self.equal_weights = equal_weights
        self.fixed = fixed
        self.noise = noise
        self.random_state = random_state
        self.warm_start = warm_start
        self.verbose = verbose

    # -- parameters ------------------------------------------------------------------------------------------------

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The constructor's arguments by name."""
        return {name: getattr(self, name) for name in _parameter_names(type(self))}

    def set_params(self, **params: Any) -> Self:
        """Set constructor arguments by name.

        Raises
        ------
        SettingsError
            For a name that is none.
        """
        names = _parameter_names(type(self))
        for name, value in params.items():
            if name not in names:
                raise SettingsError(f"There is no parameter {name!r}.", f"Choose from {', '.join(names)}.")
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        defaults = inspect.signature(type(self)).parameters
        set_here = {k: v for k, v in self.get_params().items() if v is not defaults[k].default}
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in set_here.items())})"

    # -- fitting ---------------------------------------------------------------------------------------------------

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Fit to the rows of ``X`` (N, D); ``y`` is ignored.

        ``sample_weight`` (N,) holds frequencies: a weight of 3 is the same as the row three times, so scaling all
        weights changes the number of rows in ``bic`` and ``icl``. A weight of 0 leaves a row out.

        Raises
        ------
        SettingsError, DataError, NoSoundSolutionError
            See ``gmm_core.model.fitting.fit_mixture``.
        """
        settings = self._settings()
        settings.check()
        check_switch("warm_start", self.warm_start)
        check_switch("verbose", self.verbose)
        watch = self._print_progress if self.verbose else None
        fit = fit_mixture(X, settings, self._start(X), watch, weights=sample_weight)
        return self.holding(fit, feature_names(X))

    def holding(self, fit: Fit, names: NDArray[np.object_] | None = None) -> Self:
        """This estimator, fitted: it holds ``fit``, of columns with these names."""
        return self._hold(fit.mixture, names)._take(fit)

    def fit_predict(self, X: Any, y: Any = None, sample_weight: Any = None) -> NDArray[np.intp]:
        """Fit, and the likeliest component of each row, (N,)."""
        return self.fit(X, sample_weight=sample_weight).predict(X)

    # -- using the fit ---------------------------------------------------------------------------------------------

    def predict(self, X: Any) -> NDArray[np.intp]:
        """The likeliest component of each row, (N,); -1 for noise."""
        return self._fitted.labels(self._table(X))

    def predict_proba(self, X: Any) -> Array:
        """Memberships (responsibilities) of each row, (N, K); with noise (N, K + 1), the noise's last."""
        return self._fitted.memberships(self._table(X))

    def score_samples(self, X: Any) -> Array:
        """Log density at each row, (N,), in nats."""
        return self._fitted.log_density(self._table(X))

    def score(self, X: Any, y: Any = None, sample_weight: Any = None) -> float:
        """(Weighted) mean log density over rows, in nats."""
        log_density = self.score_samples(X)
        return float(np.average(log_density, weights=check_weights(sample_weight, len(log_density))))

    def bic(self, X: Any, sample_weight: Any = None) -> float:
        """Bayesian information criterion on ``X``; lower is better."""
        return CRITERIA["bic"](self._evidence(X, sample_weight))

    def aic(self, X: Any, sample_weight: Any = None) -> float:
        """Akaike's information criterion on ``X``; lower is better."""
        return CRITERIA["aic"](self._evidence(X, sample_weight))

    def aicc(self, X: Any, sample_weight: Any = None) -> float:
        """AIC corrected for few rows, on ``X``; lower is better, nan where there are too few rows for it."""
        return CRITERIA["aicc"](self._evidence(X, sample_weight))

    def icl(self, X: Any, sample_weight: Any = None) -> float:
        """Integrated completed likelihood on ``X``; lower is better."""
        return CRITERIA["icl"](self._evidence(X, sample_weight))

    def impute(self, X: Any) -> Array:
        """``X`` (N, D) with its gaps filled by what the mixture expects given the values that the row has."""
        return self._fitted.conditional_means(self._table(X, gaps=True))

    def sample(self, n_samples: int = 1) -> tuple[Array, NDArray[np.intp]]:
        """Draw rows (n_samples, D) and the components (n_samples,) they came from."""
        check_whole("n_samples", n_samples, 1)
        return self._fitted.sample(n_samples, np.random.default_rng(seed_of(self.random_state)))

    # -- for others ------------------------------------------------------------------------------------------------

    def to_sklearn(self) -> Any:
        """A fitted ``sklearn.mixture.GaussianMixture`` with the same predictions; of type "full" where scikit-learn
        does not know the family.

        Raises
        ------
        NotFittedError
        MissingPackageError
            Where scikit-learn is not installed.
        """
        mixture = self._fitted
        shared = ("converged_", "n_iter_", "lower_bound_", "lower_bounds_", "feature_names_in_")
        return sklearn_mixture(mixture, **{name: getattr(self, name) for name in shared if name in self.__dict__})

    def to_json(self) -> str:
        """The fitted mixture as JSON, with the names of its columns where they are known.

        ``gmm_core.model.interchange`` documents the schema.
        """
        return to_json(self._fitted, self.__dict__.get("feature_names_in_"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """An estimator that predicts with a mixture from JSON; it knows nothing of the data it was fitted to.

        Raises
        ------
        InterchangeError
            See ``gmm_core.model.interchange.read_document``.
        """
        document = read_document(text)
        names = None if document.columns is None else np.array(document.columns, dtype=object)
        mixture = document.mixture
        return cls(mixture.n_components, covariance_type=mixture.family)._hold(mixture, names)

    def __sklearn_tags__(self) -> Any:
        return estimator_tags(gaps=self.missing_values == "em")

    def __sklearn_is_fitted__(self) -> bool:
        return "mixture_" in self.__dict__

    # -- inside ----------------------------------------------------------------------------------------------------

    @property
    def _fitted(self) -> Mixture:
        mixture: Mixture | None = self.__dict__.get("mixture_")
        if mixture is None:
            raise not_fitted_error("This GaussianMixture has not been fitted.", "Call fit first.")
        return mixture

    @property
    def _layout(self) -> Layout:
        return get_layout(self.covariance_type)

    def _table(self, X: Any, gaps: bool = False) -> Array:
        mixture = self._fitted
        check_names(X, self.__dict__.get("feature_names_in_"))
        table, columns = as_table(X, mixture.n_features, gaps=gaps or self.missing_values == "em")
        check_reach(table, columns, mixture.weights @ mixture.means, mixture.standard_deviations.min(axis=0))
        return table

    def _evidence(self, X: Any, sample_weight: Any) -> Evidence:
        mixture, table = self._fitted, self._table(X)
        sample = Sample.of(table, check_weights(sample_weight, len(table)))
        weights = np.ones(len(sample.table)) if sample.weights is None else sample.weights
        log_likelihood = float(mixture.log_density(sample.table) @ weights)
        entropy = entropy_of(mixture.memberships(sample.table).T, weights)
        return Evidence(log_likelihood, mixture.n_parameters, sample.total_weight, entropy)

    def _settings(self) -> FitSettings:
        shared = {name: getattr(self, name) for name in FitSettings.__dataclass_fields__ if name != "seed"}
        fixed = (self.fixed,) if isinstance(self.fixed, str) else _as_tuple("fixed", self.fixed)
        prior = Prior() if isinstance(self.prior, str) and self.prior == "default" else self.prior
        return FitSettings(seed=seed_of(self.random_state), **shared | {"fixed": fixed, "prior": prior})

    def _start(self, X: Any) -> UserStart | None:
        names = ("weights", "means", "precisions", "responsibilities")
        given = {name: _floats(name, getattr(self, f"{name}_init")) for name in names}
        if self.warm_start and "mixture_" in self.__dict__:
            last = self.mixture_
            weights, means = (given[name] if name in self.fixed else None for name in ("weights", "means"))
            return UserStart(
                last.weights / last.weights.sum() if weights is None else weights,
                last.means if means is None else means,
                last.covariances,
                noise_weight=None if last.noise is None else last.noise.weight,
            )
        if self.labels_init is not None and given["responsibilities"] is None:
            given["responsibilities"] = memberships_of(_as_tuple("labels_init", self.labels_init), self.n_components)
        if all(value is None for value in given.values()):
            return None
        precisions, covariances = given["precisions"], None
        if precisions is not None:
            n_features = as_table(X, gaps=self.missing_values == "em")[0].shape[1]
            covariances = self._layout.covariances_of(precisions, self.n_components, n_features)
        return UserStart(given["weights"], given["means"], covariances, given["responsibilities"])

    def _hold(self, mixture: Mixture, names: NDArray[np.object_] | None) -> Self:
        layout = self._layout
        self.mixture_ = mixture
        self.weights_ = mixture.weights
        self.means_ = mixture.means
        self.covariances_ = layout.pack(mixture.covariances)
        self.precisions_cholesky_ = layout.precisions_cholesky(mixture.covariances)
        self.precisions_ = layout.precisions(mixture.covariances)
        self.n_parameters_ = mixture.n_parameters
        self.noise_weight_ = 0.0 if mixture.noise is None else mixture.noise.weight
        self.noise_volume_ = np.inf if mixture.noise is None else mixture.noise.region.volume
        self.n_features_in_ = mixture.n_features
        self.__dict__.pop("feature_names_in_", None)
        if names is not None:
            self.feature_names_in_ = names
        return self

    def _take(self, fit: Fit) -> Self:
        self.converged_ = fit.converged
        self.stopped_by_ = fit.stopped_by
        self.remainder_ = fit.remainder
        self.n_iter_ = fit.n_iterations
        self.log_likelihood_ = fit.log_likelihood
        self.lower_bounds_ = (fit.trace / fit.total_weight).tolist()
        self.lower_bound_ = self.lower_bounds_[-1]
        self.starts_ = fit.starts
        self.audit_ = fit.audit
        self.solutions_ = fit.solutions
        return self

    def _print_progress(self, progress: Progress) -> bool:
        if progress.iteration == 0 or self.verbose > 1:
            place = f"Start {progress.start + 1} of {progress.n_starts}, iteration {progress.iteration}"
            print(f"{place}: log-likelihood {progress.log_likelihood:.6f}")
        return True


def _as_tuple(name: str, value: Any) -> tuple[Any, ...]:
    try:
        return tuple(value)
    except TypeError:
        raise SettingsError(f"{name} is {value!r}.", "Give a list.", value=value) from None


def _parameter_names(kind: type) -> list[str]:
    return list(inspect.signature(kind).parameters)


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


def _floats(name: str, value: Any) -> Array | None:
    """What the user gave of a start, as an array."""
    try:
        return None if value is None else as_floats(value)
    except DataError:
        raise SettingsError(f"The starting {name} are not an array of numbers.", f"Mend {name}_init.") from None
