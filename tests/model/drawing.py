"""Random tables, mixtures and parameters for the tests of the model."""

import numpy as np

from gmm_core.model.em.forms import Dense, Diagonal, Pooled, Spherical
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Rows, Scaling

FORMS = [Dense(), Pooled(), Diagonal(), Spherical()]


def form_name(form):
    """For the name of a test case."""
    return type(form).__name__


def spd(rng, n_features, scale=1.0):
    """A random covariance matrix (D, D), well conditioned."""
    a = rng.normal(size=(n_features, n_features))
    return scale * (a @ a.T / n_features + 0.3 * np.eye(n_features))


def packed_covariances(form, dense):
    """Covariances (K, D, D) as a form keeps them, and what they then are as (K, D, D)."""
    packed = form.from_dense(dense)
    return packed, np.array(form.to_dense(packed, len(dense), dense.shape[-1]))


def random_parameters(rng, form, n_components, n_features, scale=1.0):
    """Parameters of any form, and the same as plain (weights, means, covariances)."""
    weights = rng.dirichlet(np.full(n_components, 3.0))
    means = rng.normal(size=(n_components, n_features))
    dense = np.array([spd(rng, n_features, scale) for _ in range(n_components)])
    packed, dense = packed_covariances(form, dense)
    return Parameters.of(form, weights, means, packed), (weights, means, dense)


def unscaled_rows(X, weights=None):
    """Rows in blocks without any scaling."""
    return Rows.scaled(X, Scaling(np.zeros(X.shape[1]), np.ones(X.shape[1])), weights)


def with_gaps(rng, X, share=0.25):
    """The table with a share of its cells removed by chance; each row keeps at least one value."""
    gaps = rng.random(X.shape) < share
    gaps[np.arange(len(X)), rng.integers(X.shape[1], size=len(X))] = False
    return np.where(gaps, np.nan, X)


def grouped_table(rng, n_rows, n_features, n_groups, distance=4.0):
    """Rows (N, D) drawn around ``n_groups`` random centres, each group with a covariance of its own."""
    centres = rng.normal(scale=distance, size=(n_groups, n_features))
    factors = rng.normal(size=(n_groups, n_features, n_features)) / np.sqrt(n_features) + np.eye(n_features)
    group = np.arange(n_rows) % n_groups
    return centres[group] + np.einsum("nij,nj->ni", factors[group], rng.normal(size=(n_rows, n_features)))
