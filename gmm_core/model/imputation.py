"""What a mixture expects in the gaps of a row, given the columns that the row has."""

import numpy as np

from gmm_core.model.em.forms import Array, Dense
from gmm_core.model.em.gaps import patterns
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Scaling
from gmm_core.model.em.thin import thin_blocks


def conditional_moments(parameters: Parameters, x: Array, memberships: Array) -> tuple[Array, Array]:
    """Conditional mean and standard deviation of each cell of (N, D), both (N, D); an observed cell is sure of itself.

    With r_k the row's ``memberships`` (N, K) given its observed columns o, and within component k the regression
    mean e_k = m_k + S_k,mo S_k,oo^-1 (x_o - m_k,o) and covariance C_k = S_k,mm - S_k,mo S_k,oo^-1 S_k,om of the
    missing ones: mean = sum of r_k e_k, variance = sum of r_k (C_k + (e_k - mean)^2) on the diagonal.

    Sources: Ghahramani and Jordan (1994), section 3; Little and Rubin (2002), section 11.2; the variance is that of
    a mixture, within plus between.
    """
    means, deviations, white = x.copy(), np.zeros_like(x), Dense().factor(parameters.dense)
    unscaled = Scaling(np.zeros(x.shape[1]), np.ones(x.shape[1]))
    for block in thin_blocks(x, unscaled, None, [each for each in patterns(x) if len(each[1]) < x.shape[1]]):
        given, spread = block.expected(parameters, white)  # (K, M, B)
        resp = memberships[block.rows].T
        means[block.cells] = mean = np.einsum("kb,kmb->mb", resp, given)
        deviations[block.cells] = np.sqrt(np.einsum("kb,kmb->mb", resp, spread + (given - mean) ** 2))
    return means, deviations
