"""The fitted mixture as a value: densities, memberships, labels, marginals, samples."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.expectation import normalise
from gmm_core.model.em.forms import Array, Dense
from gmm_core.model.em.gaps import patterns
from gmm_core.model.em.noise import Noise, noise_labelled
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Scaling, block_length
from gmm_core.model.families import get_family
from gmm_core.model.imputation import conditional_moments

BlockFinish = Callable[[Array], object]
"""What is done in place to each block (K, B) of log densities."""


@dataclass(frozen=True, eq=False)
class Mixture:
    """A Gaussian mixture in the units of the data it describes.

    Rows may have gaps (NaN): they are then described by the marginal on the columns that they have. A row of gaps
    only has log density 0, and the weights as its memberships.

    Attributes
    ----------
    weights : (K,) array
        Shares, summing to 1, or with noise to 1 less the noise's.
    means : (K, D) array
    covariances : (K, D, D) array
    family : str
        Name of the covariance family (see ``gmm_core.model.families``).
    noise : Noise or None
        The share of rows that belong to no group, and their region.
    held : tuple of str
        Which of "weights" and "means" were given, so that they don't count as free parameters.
    ridge : (D,) array or None
        What ``reg_covar`` added to every component's variances: the covariances less it belong to the family.
    """

    weights: Array
    means: Array
    covariances: Array
    family: str
    noise: Noise | None = None
    held: tuple[str, ...] = ()
    ridge: Array | None = None

    @property
    def n_components(self) -> int:
        """K."""
        return self.means.shape[0]

    @property
    def n_features(self) -> int:
        """D."""
        return self.means.shape[1]

    @property
    def n_parameters(self) -> int:
        """Free parameters: shares, means and covariances, less what was held, and two of the noise.

        The noise's are its share and its volume, as mclust counts them (``nMclustParams``).
        """
        size = {"weights": self.n_components - 1, "means": self.means.size}
        free = get_family(self.family).n_parameters(self.n_components, self.n_features)
        return free - sum(size[name] for name in self.held) + (0 if self.noise is None else 2)

    @property
    def standard_deviations(self) -> Array:
        """Standard deviation of each component along each column, (K, D)."""
        return np.sqrt(np.diagonal(self.covariances, axis1=1, axis2=2))

    @property
    def correlations(self) -> Array:
        """Correlations of the columns within each component, (K, D, D)."""
        sd = self.standard_deviations
        return np.asarray(self.covariances / (sd[:, :, None] * sd[:, None, :]))  # (K, D, D) / (K, D, 1) (K, 1, D)

    @property
    def overall_moments(self) -> tuple[Array, Array]:
        """Mean and standard deviation of each column over all rows, (D,) each; noise plays no part."""
        shares = self.weights / self.weights.sum()
        mean = shares @ self.means
        return mean, np.sqrt(shares @ (self.standard_deviations**2 + (self.means - mean) ** 2))

    def log_component_densities(self, x: Array) -> Array:
        """log(w_k N(x_n | m_k, S_k)) for rows (N, D), as (N, K)."""
        return self._log_joint(x)[:, : self.n_components]

    def log_density(self, x: Array) -> Array:
        """Log density of the mixture at rows (N, D), as (N,), by log-sum-exp."""
        log_density = self._log_joint(x)
        peak = log_density.max(axis=1)
        return np.asarray(peak + np.log(np.exp(log_density - peak[:, None]).sum(axis=1)))

    def memberships(self, x: Array) -> Array:
        """Responsibilities r_nk of the components for rows (N, D), as (N, K); each row sums to 1.

        With noise they are (N, K + 1), the noise's in the last column.

        Source: Bishop (2006), equation 9.23.
        """
        return self._by_block(x, normalise)

    def labels(self, x: Array) -> NDArray[np.intp]:
        """Index of the likeliest component of each row, (N,); -1 for noise."""
        return noise_labelled(self._log_joint(x).argmax(axis=1), self.n_components)

    def conditional_means(self, x: Array) -> Array:
        """Rows (N, D) with what the mixture expects in their gaps (NaN), given the columns that a row has: (N, D).

        See ``gmm_core.model.imputation``. Filled tables vary too little: see ``conditional_deviations``.
        """
        return self._conditional_moments(x)[0]

    def conditional_deviations(self, x: Array) -> Array:
        """Standard deviation of each cell of (N, D) given the columns that its row has, (N, D); 0 where observed."""
        return self._conditional_moments(x)[1]

    def sample(self, n_rows: int, rng: np.random.Generator) -> tuple[Array, NDArray[np.intp]]:
        """Draw rows (n_rows, D) and the components (n_rows,) that they came from, -1 for noise."""
        shares = self.weights if self.noise is None else np.append(self.weights, self.noise.weight)
        labels = noise_labelled(rng.choice(len(shares), size=n_rows, p=shares), self.n_components)
        x = rng.standard_normal((n_rows, self.n_features))
        for k, lower in enumerate(np.linalg.cholesky(self.covariances)):
            drawn = labels == k
            x[drawn] = self.means[k] + x[drawn] @ lower.T
        if self.noise is not None:
            x[labels < 0] = self.noise.sample(int((labels < 0).sum()), rng)
        return x, labels

    def marginal(self, columns: Sequence[int]) -> "Mixture":
        """The mixture of some of the columns, in the order given: the same fit seen from fewer sides, no refit.

        The family is kept where its restriction carries over to a marginal, else it is the narrowest that holds it.
        """
        chosen = list(columns)
        family = self.family if len(chosen) == self.n_features else get_family(self.family).of_marginals
        covariances = self.covariances[:, chosen][:, :, chosen]
        noise = self.noise and self.noise.shadow(chosen)
        ridge = None if self.ridge is None else self.ridge[chosen]
        means = self.means[:, chosen]
        return replace(self, means=means, covariances=covariances, family=family, noise=noise, ridge=ridge)

    def projected(self, centre: Array, directions: Array) -> "Mixture":
        """The mixture of (x - centre) @ directions, (M,), for directions (D, M): the fit from a slant, no refit."""
        covariances = directions.T @ self.covariances @ directions
        noise = self.noise and self.noise.projected(centre, directions)
        means = (self.means - centre) @ directions
        return replace(self, means=means, covariances=covariances, family="full", noise=noise, ridge=None)

    def rescaled(self, centre: Array, scale: Array) -> "Mixture":
        """The mixture of x = centre + scale * z, where this is the mixture of z; centre and scale are (D,).

        Log densities change by minus the sum of log(scale).
        """
        covariances = self.covariances * np.multiply.outer(scale, scale)
        noise = self.noise and self.noise.rescaled(centre, scale)
        ridge = None if self.ridge is None else self.ridge * scale**2
        return replace(self, means=centre + scale * self.means, covariances=covariances, noise=noise, ridge=ridge)

    def permuted(self, order: Sequence[int]) -> "Mixture":
        """The same mixture with its components in another order."""
        chosen = list(order)
        weights, means, covariances = (part[chosen] for part in (self.weights, self.means, self.covariances))
        return replace(self, weights=weights, means=means, covariances=covariances)

    def canonical_order(self) -> NDArray[np.intp]:
        """Components by their mean in the first column, ties by the next columns: what letters and colours follow."""
        return np.lexsort(self.means.T[::-1])

    @cached_property
    def _own_scale(self) -> tuple[Scaling, Parameters]:
        """A scaling in which the component's variances are about 1, and the parameters in it."""
        scale = np.sqrt(np.diagonal(self.covariances, axis1=1, axis2=2).mean(axis=0))
        centre = self.weights @ self.means / self.weights.sum()
        scaling = Scaling(centre, scale)
        covariances = self.covariances / np.multiply.outer(scale, scale)
        return scaling, Parameters.of(Dense(), self.weights, scaling.to_z(self.means), covariances)

    def _conditional_moments(self, x: Array) -> tuple[Array, Array]:
        parameters = Parameters.of(Dense(), self.weights, self.means, self.covariances)
        return conditional_moments(parameters, x, self._memberships_in_groups(x))

    def _memberships_in_groups(self, x: Array) -> Array:
        """Memberships given that a row is no noise, (N, K)."""
        log_density = self.log_component_densities(x)
        normalise(log_density.T)
        return log_density

    def _log_joint(self, x: Array) -> Array:
        """As ``log_component_densities``, with one more column for the noise where there is noise."""
        return self._by_block(x, lambda log_density: None)

    def _by_block(self, x: Array, finish: BlockFinish) -> Array:
        """Rows with gaps by the marginals on the columns they have, one pattern after another."""
        if not np.isnan(x).any():
            return self._complete(x, finish)
        found = list(patterns(x))
        parts = [self.marginal(columns.tolist())._complete(x[np.ix_(rows, columns)], finish) for rows, columns in found]
        order = np.argsort(np.concatenate([rows for rows, _ in found]))
        return np.concatenate(parts)[order]

    def _complete(self, x: Array, finish: BlockFinish) -> Array:
        scaling, parameters = self._own_scale
        jacobian = np.log(scaling.scale).sum()
        log_noise = np.empty((0, 1)) if self.noise is None else np.array([[self.noise.log_density]])
        out = np.empty((len(x), self.n_components + len(log_noise)))
        length = block_length(self.n_features * self.n_components)
        for at in range(0, len(x), length):
            block = parameters.log_densities(scaling.to_z(x[at : at + length]).T) - jacobian
            block = np.concatenate([block, np.repeat(log_noise, block.shape[1], axis=1)])  # (K or K + 1, B)
            finish(block)
            out[at : at + length] = block.T
        return out
