"""What a mixture expects in the gaps of a row, given the columns that the row has."""

from collections.abc import Iterator

import numpy as np

from gmm_core.model.em.completion import Positions, regression
from gmm_core.model.em.forms import Array, Dense
from gmm_core.model.em.gaps import patterns
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import block_length


def conditional_moments(parameters: Parameters, x: Array, memberships: Array) -> tuple[Array, Array]:
    """Conditional mean and standard deviation of each cell of (N, D), both (N, D); an observed cell is sure of itself.

    With r_k the row's ``memberships`` (N, K) given its observed columns o, and within component k the regression
    mean e_k = m_k + S_k,mo S_k,oo^-1 (x_o - m_k,o) and covariance C_k = S_k,mm - S_k,mo S_k,oo^-1 S_k,om of the
    missing ones: mean = sum of r_k e_k, variance = sum of r_k (C_k + (e_k - mean)^2) on the diagonal.

    Sources: Ghahramani and Jordan (1994), section 3; Little and Rubin (2002), section 11.2; the variance is that of
    a mixture, within plus between.
    """
    means, deviations, white = x.copy(), np.zeros_like(x), Dense().factor(parameters.dense)
    for rows, observed in patterns(x):
        missing = np.setdiff1d(np.arange(x.shape[1]), observed)
        slopes, rest = regression(white, observed)
        spread = np.maximum(np.diagonal(rest, axis1=1, axis2=2)[:, missing], 0.0)  # (K, M)
        for some in _pieces(rows, parameters):
            resp, cells = memberships[some], np.ix_(some, missing)
            d = x[np.ix_(some, observed)] - parameters.means[:, None, observed]  # (K, B, O)
            given = parameters.means[:, None, missing] + d @ slopes[:, missing].transpose(0, 2, 1)  # (K, B, M)
            means[cells] = mean = np.einsum("bk,kbm->bm", resp, given)
            deviations[cells] = np.sqrt(resp @ spread + np.einsum("bk,kbm->bm", resp, (given - mean) ** 2))
    return means, deviations


def _pieces(rows: Positions, parameters: Parameters) -> Iterator[Positions]:
    """The rows, as many at a time as fit into the processor's cache for all components."""
    length = block_length(parameters.n_features * parameters.n_components)
    return (rows[at : at + length] for at in range(0, len(rows), length))
