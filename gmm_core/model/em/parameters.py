"""The parameters of one EM iteration, with all that the E step needs worked out once."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.forms import Array, Dense, Form
from gmm_core.model.em.noise import Noise

LOG_2PI = float(np.log(2 * np.pi))


@dataclass(frozen=True)
class Parameters:
    """Weights (K,), means (K, D), packed covariances, their whitening factors (the one Cholesky), and the noise.

    The weights and the noise's weight sum to 1.
    """

    form: Form
    weights: Array
    means: Array
    covariances: Array
    factor: Array
    noise: Noise | None = None

    @classmethod
    def of(cls, form: Form, weights: Array, means: Array, covariances: Array) -> "Parameters":
        """Factor the covariances; raises ``numpy.linalg.LinAlgError`` where one is not positive definite."""
        return cls(form, weights, means, covariances, form.factor(covariances))

    @property
    def n_components(self) -> int:
        return self.means.shape[0]

    @property
    def n_features(self) -> int:
        return self.means.shape[1]

    @property
    def dense(self) -> Array:
        """The covariances as (K, D, D)."""
        return self.form.to_dense(self.covariances, self.n_components, self.n_features)

    def marginal(self, columns: NDArray[np.intp]) -> "Parameters":
        """Of some of the columns, given by their positions, with full covariance matrices; itself where all are."""
        if len(columns) == self.n_features:
            return self
        dense = self.dense[:, columns[:, None], columns]
        noise = self.noise and self.noise.shadow(columns.tolist())
        return replace(Parameters.of(Dense(), self.weights, self.means[:, columns], dense), noise=noise)

    @cached_property
    def log_noise(self) -> float | None:
        """Log of the noise's weighted density, None where there is no noise."""
        return None if self.noise is None else self.noise.log_density

    @cached_property
    def log_peaks(self) -> Array:
        """log(w_k N(m_k | m_k, S_k)), (K,): the weighted log density at each mean; -inf for a weight of zero."""
        with np.errstate(divide="ignore"):
            log_weights = np.log(self.weights)
        log_det = self.form.log_det_precision(self.factor, self.n_features)
        return np.asarray(log_weights + 0.5 * log_det - 0.5 * self.n_features * LOG_2PI)

    @cached_property
    def coefficients(self) -> Array:
        """Coefficients of the log densities on 1, the features and the quadratic features of a row: one line for each
        component, less what all components share (``Form.common_quadratic``)."""
        linear = self.form.precision_times(self.factor, self.means)
        constant = self.log_peaks - 0.5 * np.einsum("kd,kd->k", linear, self.means)
        quadratic = self.form.quadratic_coefficients(self.factor, self.n_components)
        return np.concatenate([constant[:, None], linear, quadratic], axis=1)

    @cached_property
    def sharpness(self) -> float:
        """Largest trace of a precision matrix."""
        return self.form.precision_trace(self.factor, self.n_features)

    def log_densities(self, z: Array) -> Array:
        """log(w_k N(z | m_k, S_k)) of rows given as columns (D, B), as (K, B); accurate for rows at any distance."""
        d = z - self.means[:, :, None]
        quadratic = self.form.quadratic(d, self.factor)
        return np.asarray(self.log_peaks[:, None] - 0.5 * quadratic)
