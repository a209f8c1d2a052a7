"""The two ways to take one pass over a block of rows: about the origin, or about each component's mean.

Both fill log densities (K, B), then take moments with the memberships made of them. ``Expanded`` writes the exponent
as a linear function of the row's products z_i z_j, the sufficient statistics of the Gaussian, so that densities and
moments are one matrix product each and the products are shared by all components. It loses digits where a component
is narrow against the range. ``Centred`` whitens the differences from each mean, and is accurate at any width.
"""

from abc import ABC, abstractmethod

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.em.moments import Moments
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Shard

SHARPEST = 1e6
"""Limit of the sharpness times the rows' mean square length up to which ``Expanded`` is used: it bounds the mean
rounding of a log density by about 1e6 times 1e-16. A thousandth of that is usual, and 1e-11 of a covariance (measured).
That length is D in the scaled space, and more about a far mean."""

DEAREST = 2.8
"""``Expanded`` is used while its number of products stays below this multiple of K D (measured)."""

UNCOPIED = 1_000_000
"""Multiplications up to which OpenBLAS takes a product without first copying the matrices (measured: up to twice as
fast); other libraries are no worse off for shorter products."""

SHORTEST = 256
"""Rows below which a shorter product no longer pays (measured)."""


def product_length(n_components: int, n_products: int) -> int | None:
    """Rows for which one product of (K, n_products) and (n_products, rows) matrices is fast; None for any number."""
    length = 32 * (UNCOPIED // (32 * n_components * n_products))
    return length if length >= SHORTEST else None


class Kernel(ABC):
    """One pass with given parameters over one shard; keeps its buffers between passes."""

    def __init__(self, n_components: int, n_features: int) -> None:
        self.n_components, self.n_features = n_components, n_features

    @abstractmethod
    def prepare(self, parameters: Parameters, shard: Shard) -> None:
        """Work out what depends on the parameters only, and start the sums at zero."""

    @abstractmethod
    def log_densities(self, z: Array) -> Array:
        """log(w_k N(z | m_k, S_k)) of a block, (K, B), to be overwritten with memberships by the caller."""

    @abstractmethod
    def accumulate(self, z: Array, resp: Array) -> None:
        """Add the block's moments under memberships ``resp`` (K, B)."""

    @abstractmethod
    def moments(self, log_likelihood: float) -> Moments:
        """The sums about the means of the parameters."""


class Expanded(Kernel):
    """Densities and moments as matrix products with the rows' products."""

    def prepare(self, parameters: Parameters, shard: Shard) -> None:
        self.parameters = parameters
        self.coefficients = parameters.coefficients
        self.sums = np.zeros(self.coefficients.shape)
        self.total = shard.total if parameters.form.needs_total else None

    def log_densities(self, z: Array) -> Array:
        self._fill(z)
        for piece in self.pieces:
            np.matmul(self.coefficients, self.features[:, piece], out=self.log_density[:, piece])
        return self.log_density

    def accumulate(self, z: Array, resp: Array) -> None:
        for piece in self.pieces:
            self.sums += resp[:, piece] @ self.features[:, piece].T

    def moments(self, log_likelihood: float) -> Moments:
        form, means = self.parameters.form, self.parameters.means
        counts, sums = self.sums[:, 0], self.sums[:, 1 : 1 + self.n_features]
        origin = form.unpack_quadratic(self.sums[:, 1 + self.n_features :], self.total)
        first = sums - counts[:, None] * means
        second = origin - form.outer(
            sums + first, means
        )  # of (z - m)(z - m)' = z z' - (z + (z - m)) m', made symmetric
        shared = form.common_quadratic(self.parameters.factor, self.total)
        return Moments(log_likelihood + shared, counts, first, second)

    _filled: Array | None = None

    def _fill(self, z: Array) -> None:
        """Write 1, z and the products into ``features``, unless they are there since the last pass."""
        if self._filled is z:
            return
        if self._filled is None or self._filled.shape != z.shape:
            self._allocate(z.shape[1])
        self.features[1 : 1 + self.n_features] = z
        self.parameters.form.fill_quadratic(z, self.features[1 + self.n_features :])
        self._filled = z

    def _allocate(self, n_rows: int) -> None:
        n_products = self.coefficients.shape[1]
        self.features = np.empty((n_products, n_rows))
        self.features[0] = 1.0
        self.log_density = np.empty((self.n_components, n_rows))
        length = product_length(self.n_components, n_products) or n_rows
        self.pieces = [slice(at, at + length) for at in range(0, n_rows, length)]


class Centred(Kernel):
    """Densities and moments from the differences to each mean."""

    def prepare(self, parameters: Parameters, shard: Shard) -> None:
        self.parameters = parameters
        self.counts = np.zeros(self.n_components)
        self.first = np.zeros((self.n_components, self.n_features))
        self.second: Array | float = 0.0

    _differences: Array | None = None

    def log_densities(self, z: Array) -> Array:
        parameters = self.parameters
        shape = (self.n_components, *z.shape)
        if self._differences is None or self._differences.shape != shape:
            self._differences = np.empty(shape)
        d = np.subtract(z, parameters.means[:, :, None], out=self._differences)
        log_density = parameters.form.quadratic(d, parameters.factor)
        log_density *= -0.5
        log_density += parameters.log_peaks[:, None]
        return log_density

    def accumulate(self, z: Array, resp: Array) -> None:
        d = self._differences
        assert d is not None, "log_densities comes first"
        self.counts += resp.sum(axis=1)
        self.first += np.matmul(d, resp[:, :, None])[:, :, 0]
        self.second = self.second + self.parameters.form.scatter(d, resp)

    def moments(self, log_likelihood: float) -> Moments:
        return Moments(log_likelihood, self.counts, self.first, np.asarray(self.second))


def choose_kernel(parameters: Parameters) -> type[Kernel]:
    """The faster way that is accurate for these parameters.

    A form that takes its quadratic part from the total counts on every row belonging to the groups. With noise none
    belongs to them wholly.
    """
    n_features = parameters.n_features
    noisy = parameters.noise is not None and parameters.form.needs_total
    square_length = max(float(n_features), float((parameters.means**2).sum(axis=1).max()))
    sharp = square_length * parameters.sharpness > SHARPEST
    dear = parameters.form.n_quadratic(n_features) > DEAREST * parameters.n_components * n_features
    return Centred if sharp or dear or noisy else Expanded
