"""``GaussianMixture``: the fit with scikit-learn's names, habits and shapes."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.checking import as_rows, feature_names
from gmm_core.model.em.priors import Prior
from gmm_core.model.fit import Fit
from gmm_core.model.fitted import Fitted
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.given import RandomState, settings_of, start_of
from gmm_core.model.interchange import read_document
from gmm_core.model.scikit_learn import Habits
from gmm_core.model.watching import Printer


class GaussianMixture(Habits, Fitted):
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
        Number of starts, each the best of a few short runs; the best sound solution is kept. Above 20,000 rows they
        are tried on a sample of 10,000 rows, and the best is carried on with all rows.
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
        Start with an M step from these memberships; with noise they may have a last column for it, (N, K + 1).
    labels_init : (N,) sequence, optional
        The same from labels, K different ones; a row without one (None or nan) starts equally in all groups. With
        noise, -1 labels it.
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
        The rule that stopped EM: "converged", "max_iter", "stopped by the user" or "rounding".
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

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Fit to the rows of ``X`` (N, D); ``y`` is ignored.

        ``sample_weight`` (N,) holds frequencies: a weight of 3 is the same as the row three times, so scaling all
        weights changes the number of rows in ``bic`` and ``icl``. A row of weight 0 changes nothing, whatever it holds.

        Raises
        ------
        SettingsError, DataError, NoSoundSolutionError
            See ``gmm_core.model.fitting.fit_mixture``.
        """
        given = vars(self)
        settings = settings_of(given)
        n_features = 0 if self.precisions_init is None else as_rows(X)[0].shape[1]
        start = start_of(given, settings, n_features, given.get("mixture_") if self.warm_start else None)
        watch = Printer(settings.prior is not None, every=self.verbose > 1) if self.verbose else None
        fit = fit_mixture(X, settings, start, watch, weights=sample_weight)
        return self.holding(fit, feature_names(X))

    def holding(self, fit: Fit, names: NDArray[np.object_] | None = None) -> Self:
        """This estimator, fitted: it holds ``fit``, of columns with these names."""
        return self._hold(fit.mixture, names)._take(fit)

    def fit_predict(self, X: Any, y: Any = None, sample_weight: Any = None) -> NDArray[np.intp]:
        """Fit, and the likeliest component of each row, (N,)."""
        return self.fit(X, sample_weight=sample_weight).predict(X)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """An estimator that predicts with a mixture from JSON, and fits with its settings where the text has them.

        It knows nothing of the data the mixture was fitted to.

        Raises
        ------
        InterchangeError
            See ``gmm_core.model.interchange.read_document``.
        """
        document = read_document(text)
        names = None if document.columns is None else np.array(document.columns, dtype=object)
        mixture = document.mixture
        return cls(mixture.n_components, **document.settings)._hold(mixture, names)

    def _take(self, fit: Fit) -> Self:
        """What is known of a fit beside its mixture."""
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
