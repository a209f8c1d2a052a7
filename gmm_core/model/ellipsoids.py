"""The volume, shape and orientation of each group, from the eigen-decomposition of its covariance matrix.

Source: Banfield and Raftery (1993), Model-based Gaussian and non-Gaussian clustering, Biometrics 49, 803-821, section
2: a covariance is volume * orientation * shape * orientation'. Volume ratios are the same in any unit; shape and
orientation are not, so the columns should be in units that compare.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gmm_core.model.em.forms import Array
from gmm_core.model.mixture import Mixture


@dataclass(frozen=True, eq=False)
class Ellipsoid:
    """How far a group spreads, and which way.

    Attributes
    ----------
    lengths : (Q,) array
        Standard deviations along its own axes, falling, all above 0.
    directions : (D, Q) array
        The axes as unit vectors of the columns, the largest entry of each positive.
    """

    lengths: Array
    directions: Array

    @property
    def width(self) -> float:
        """The standard deviation of a round group of the same volume: the geometric mean of the lengths."""
        return float(np.exp(np.log(self.lengths).mean()))

    @property
    def stretch(self) -> float:
        """The longest axis by the shortest: 1 for a round group."""
        return float(self.lengths[0] / self.lengths[-1])

    @property
    def nbytes(self) -> int:
        """Bytes of the axes."""
        return int(self.lengths.nbytes + self.directions.nbytes)

    @cached_property
    def n_long(self) -> int:
        """How many axes come before the largest drop in length: 1 for a needle, Q - 1 for a disc, Q for one axis."""
        drops = self.lengths[:-1] / self.lengths[1:]
        return int(drops.argmax()) + 1 if len(drops) else 1

    @property
    def parts(self) -> Array:
        """How much of the long axes lies along each column, (D,): squared entries, which sum to their number."""
        return np.asarray((self.directions[:, : self.n_long] ** 2).sum(axis=1))


def ellipsoids(mixture: Mixture, basis: Array | None = None) -> tuple[Ellipsoid, ...]:
    """The ellipsoid of each component of a mixture of Q features.

    Parameters
    ----------
    mixture : Mixture
    basis : (D, Q) array, optional
        The features as unit vectors of D columns at right angles, where they are principal components.
    """
    columns = np.eye(mixture.n_features) if basis is None else basis
    variances, axes = np.linalg.eigh(mixture.covariances)  # (K, Q) rising, (K, Q, Q)
    lengths = np.sqrt(np.maximum(variances[:, ::-1], np.finfo(float).tiny))
    return tuple(Ellipsoid(length, _facing(columns @ own[:, ::-1])) for length, own in zip(lengths, axes, strict=True))


def in_own_spreads(mixture: Mixture) -> Mixture:
    """The mixture with each feature divided by its spread over all rows, noise aside."""
    _, spreads = mixture.overall_moments
    return mixture.rescaled(np.zeros_like(spreads), 1.0 / spreads)


def _facing(directions: Array) -> Array:
    """With the largest entry of each column positive."""
    largest = np.abs(directions).argmax(axis=0)
    signs = np.sign(directions[largest, np.arange(directions.shape[1])])
    return directions * signs
