"""Gaussian mixtures written down slowly: plain loops over rows and components, straight from the textbook.

Nothing here is shared with the code under test, and nothing is clever: inverses and determinants instead of Cholesky
factors, one row at a time instead of blocks. Equations are those of Bishop (2006), chapter 9.
"""

import math

import numpy as np

from tests.model.family_oracle import M_STEPS


def log_normal(x, mean, covariance):
    """log N(x | mean, covariance) of one row (D,), equation 2.43."""
    d = x - mean
    sign, log_det = np.linalg.slogdet(covariance)
    assert sign > 0, "the covariance is not positive definite"
    return -0.5 * (len(x) * math.log(2 * math.pi) + log_det + d @ np.linalg.inv(covariance) @ d)


def log_component_densities(X, weights, means, covariances):
    """log(w_k N(x_n | m_k, S_k)), (N, K)."""
    return np.array(
        [[math.log(w) + log_normal(x, m, s) for w, m, s in zip(weights, means, covariances, strict=True)] for x in X]
    )


def log_sum_exp(values):
    """log of the sum of exp(values) of a few numbers."""
    peak = max(values)
    return peak + math.log(math.fsum(math.exp(v - peak) for v in values))


def shares(values):
    """exp of a few numbers, divided by their sum."""
    terms = [math.exp(v - max(values)) for v in values]
    return [t / math.fsum(terms) for t in terms]


def log_densities(X, weights, means, covariances):
    """log p(x_n), (N,)."""
    return np.array([log_sum_exp(row) for row in log_component_densities(X, weights, means, covariances)])


def log_likelihood(X, weights, means, covariances):
    """Sum over the rows of log p(x_n), equation 9.14."""
    return math.fsum(log_densities(X, weights, means, covariances))


def memberships(X, weights, means, covariances):
    """r_nk, (N, K), equation 9.23."""
    logs = log_component_densities(X, weights, means, covariances)
    return np.array([shares(row) for row in logs])


def moments(X, resp, centres):
    """Sums of r, r (x - c) and r (x - c)(x - c)' for each component: (K,), (K, D), (K, D, D)."""
    n_components, n_features = centres.shape
    counts = np.zeros(n_components)
    first = np.zeros((n_components, n_features))
    second = np.zeros((n_components, n_features, n_features))
    for x, shares in zip(X, resp, strict=True):
        for k, r in enumerate(shares):
            d = x - centres[k]
            counts[k] += r
            first[k] += r * d
            second[k] += r * np.outer(d, d)
    return counts, first, second


# -- rows with gaps: Little and Rubin (2002), section 11.2 ------------------------------------------------------------


def given_observed(x, mean, covariance):
    """Mean (D,) and covariance (D, D) of one component's row given the values that it has."""
    o, m = np.flatnonzero(~np.isnan(x)), np.flatnonzero(np.isnan(x))
    slopes = covariance[np.ix_(m, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
    expected, open_part = x.copy(), np.zeros_like(covariance)
    expected[m] = mean[m] + slopes @ (x[o] - mean[o])
    open_part[np.ix_(m, m)] = covariance[np.ix_(m, m)] - slopes @ covariance[np.ix_(o, m)]
    return expected, open_part


def observed_log_component_densities(X, weights, means, covariances):
    """log(w_k N(x_n,o | m_k,o, S_k,oo)) of the values that each row has, (N, K)."""
    rows = []
    for x in X:
        o = np.flatnonzero(~np.isnan(x))
        block = covariances[:, o[:, None], o]
        rows.append(log_component_densities([x[o]], weights, means[:, o], block)[0])
    return np.array(rows)


def moments_with_gaps(X, resp, means, covariances, centres):
    """As ``moments``, of the rows as each component expects them given the values that they have."""
    counts = resp.sum(axis=0)
    first, second = np.zeros_like(means), np.zeros_like(covariances)
    for x, shares in zip(X, resp, strict=True):
        for k, r in enumerate(shares):
            expected, open_part = given_observed(x, means[k], covariances[k])
            d = expected - centres[k]
            first[k] += r * d
            second[k] += r * (np.outer(d, d) + open_part)
    return counts, first, second


def entropy(resp):
    """Minus the sum of r log r."""
    return -math.fsum(r * math.log(r) for r in resp.ravel() if r > 0)


# -- EM ---------------------------------------------------------------------------------------------------------------


def m_step(X, resp, code):
    """Weights, means and covariances that maximise the expected log-likelihood under memberships (N, K)."""
    counts = resp.sum(axis=0)
    means = np.array([sum(r * x for r, x in zip(column, X, strict=True)) / sum(column) for column in resp.T])
    _, _, scatter = moments(X, resp, means)
    return counts / len(X), means, M_STEPS[code](scatter, counts)


def em(X, start, code, n_iterations):
    """Parameters after each iteration, the start first: a list of (weights, means, covariances)."""
    history = [start]
    for _ in range(n_iterations):
        history.append(m_step(X, memberships(X, *history[-1]), code))
    return history


# -- how a form packs (K, D, D) sums -----------------------------------------------------------------------------------

PACK_SUMS = {
    "Dense": lambda second: second,
    "Pooled": lambda second: second.sum(axis=0),
    "Diagonal": lambda second: np.array([np.diag(s) for s in second]),
    "Spherical": lambda second: np.array([np.trace(s) for s in second]),
}
"""By the name of the form's class: what its second moments must be, given those of full matrices."""


def packed_sums(form, second):
    """Second moments (K, D, D) as the form packs them."""
    return PACK_SUMS[type(form).__name__](second)
