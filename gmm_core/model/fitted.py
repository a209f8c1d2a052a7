"""What a fitted ``GaussianMixture`` answers: predictions, criteria, and the fit in other forms."""

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.checking import as_rows, as_table, check_cells, check_names, check_reach, check_whole
from gmm_core.model.choice.criteria import CRITERIA, Evidence
from gmm_core.model.em.expectation import entropy_of
from gmm_core.model.em.forms import Array
from gmm_core.model.given import RandomState, seed_of
from gmm_core.model.interchange import to_json
from gmm_core.model.layout import get_layout
from gmm_core.model.mixture import Mixture
from gmm_core.model.sample import Sample, check_weights
from gmm_core.model.scikit_learn import not_fitted_error, sklearn_mixture


class Fitted:
    """A mixture with scikit-learn's methods and attributes; ``GaussianMixture`` documents the latter."""

    covariance_type: str
    missing_values: Any
    random_state: RandomState

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
        mixture, sample = self._fitted, self._sample(X, sample_weight)
        return float(mixture.log_density(sample.table) @ sample.counts) / sample.total_weight

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

    # -- in other forms --------------------------------------------------------------------------------------------

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
        """The fitted mixture as JSON, with the names of its columns where they are known, and the settings.

        ``gmm_core.model.interchange`` documents the schema.
        """
        return to_json(self._fitted, self.__dict__.get("feature_names_in_"), vars(self))

    # -- inside ----------------------------------------------------------------------------------------------------

    def __sklearn_is_fitted__(self) -> bool:
        return "mixture_" in self.__dict__

    @property
    def _fitted(self) -> Mixture:
        mixture: Mixture | None = self.__dict__.get("mixture_")
        if mixture is None:
            raise not_fitted_error("This GaussianMixture has not been fitted.", "Call fit first.")
        return mixture

    def _table(self, X: Any, gaps: bool = False) -> Array:
        """Rows (N, D) to be predicted, checked."""
        return self._checked(*as_table(self._named(X), self._fitted.n_features, gaps or self._keeps_gaps))

    def _sample(self, X: Any, sample_weight: Any) -> Sample:
        """The rows that count, and how often: the others are not looked at."""
        table, columns = as_rows(self._named(X), self._fitted.n_features)
        weights = check_weights(sample_weight, len(table))
        check_cells(table, columns, self._keeps_gaps, weights)
        counting = table if weights is None else np.where((weights > 0)[:, None], table, np.nan)
        return Sample.of(self._checked(counting, columns), weights)

    def _named(self, X: Any) -> Any:
        """``X``, after a look at the names of its columns."""
        check_names(X, self.__dict__.get("feature_names_in_"))
        return X

    def _checked(self, table: Array, columns: tuple[str, ...]) -> Array:
        """Rows that lie within reach of the groups."""
        mixture = self._fitted
        check_reach(table, columns, mixture.weights @ mixture.means, mixture.standard_deviations.min(axis=0))
        return table

    @property
    def _keeps_gaps(self) -> bool:
        return isinstance(self.missing_values, str) and self.missing_values == "em"

    def _evidence(self, X: Any, sample_weight: Any) -> Evidence:
        mixture, sample = self._fitted, self._sample(X, sample_weight)
        log_likelihood = float(mixture.log_density(sample.table) @ sample.counts)
        entropy = entropy_of(mixture.memberships(sample.table).T, sample.counts)
        return Evidence(log_likelihood, mixture.n_parameters, sample.total_weight, entropy)

    def _hold(self, mixture: Mixture, names: NDArray[np.object_] | None) -> Self:
        """The attributes that follow from a mixture and the names of its columns."""
        layout = get_layout(self.covariance_type)
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
