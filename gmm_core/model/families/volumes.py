"""Volumes: scatters brought to one volume, and the volumes of components that share all but volume."""

from collections.abc import Callable

import numpy as np

from gmm_core.model.em.forms import Array

FLAT = 1e-13
"""A variance below this fraction of the mean variance is taken for zero: rounding decides about it."""

NEWTON_STEPS = 50
"""Most steps; three or four are usual."""

SHORT_ENOUGH = 1e-5
"""A step as short, in log volume, is the last: about its square is still to go, and the square of that, times the
number of rows, is what the likelihood lacks. Where 1e-3 was enough, EM took half as many passes again (measured)."""

TINIEST = float(np.finfo(float).tiny)

LONGEST_STEP = 3.0
"""In log volume."""

FARTHEST = 300.0
"""Largest log volume to start from; -inf is that of a component without any."""

Shares = Callable[[Array], Array]
"""From K matrices (K, D, D), or diagonals (K, D), to each one's share of their sum: where that is whitened, the shares
add up to the unit matrix."""


def geometric_means(variances: Array) -> Array:
    """det^(1/D) of K matrices with these eigenvalues (K, D); 0 for one without spread in some direction."""
    flat = variances.min(axis=1) <= FLAT * variances.mean(axis=1)
    logs = np.log(np.where(flat[:, None], 1.0, variances))
    return np.where(flat, 0.0, np.exp(logs.mean(axis=1)))


def of_equal_volume(scatter: Array, variances: Array, counts: Array) -> Array:
    """Covariances W_k / |W_k|^(1/D) times the common volume, sum of the |W_k|^(1/D) / n.

    A scatter without volume cannot be brought to any: it keeps its own variances, W_k / n_k, with the zeros among
    them, so that the component is seen to have collapsed.

    Parameters
    ----------
    scatter : (K, ...) array
    variances : (K, D) array
        Eigenvalues of the scatter.
    """
    own = geometric_means(variances)
    volume = own.sum() / counts.sum()
    if variances.shape[1] == 1:
        return np.full_like(scatter, volume)  # volume is all there is, with or without an own scatter
    divisor = np.where(own > 0, own / max(volume, TINIEST), counts)
    return scatter / divisor.reshape(-1, *[1] * (scatter.ndim - 1))


def axis_shares(diagonals: Array) -> Array:
    """Shares of diagonals (K, D)."""
    total = diagonals.sum(axis=0)
    return diagonals / np.maximum(total, _least(total))


def matrix_shares(matrices: Array) -> Array:
    """Shares of matrices (K, D, D)."""
    values, vectors = np.linalg.eigh(matrices.sum(axis=0))
    white = vectors / np.sqrt(np.maximum(values, _least(values)))
    return np.asarray(white.T @ matrices @ white)


def _least(sums: Array) -> float:
    """What a sum of variances is taken for where it is less: rounding may leave nothing, or less than that."""
    return max(FLAT * float(sums.sum()) / len(sums), TINIEST)


def relative_volumes(scatter: Array, counts: Array, shares: Shares, previous: Array | None = None) -> Array:
    """The v_k (K,) with which S_k = v_k C, C = sum of the W_k / v_k over n, maximises the likelihood.

    With l_k = log v_k this minimises D * sum of n_k l_k + n log det(sum of the W_k exp(-l_k)), which is convex in l.
    Celeux and Govaert (1995, models VEI, VEE and VEV) alternate between C and the v_k; a full alternation is one
    gradient step on this function. Newton's steps, with each equation divided by its own size, need fewer and leave
    no error to the next iteration. The v_k have a common factor to spare; a component without scatter has 0.

    Parameters
    ----------
    scatter : (K, D, D) or (K, D) array
        Full matrices, or diagonals; ``shares`` says how to take shares of them.
    previous : (K, D, D) or (K, D) array or None
        Covariances from whose volumes to start. Where it starts decides how long it takes, not where it ends.
    """
    sizes = _traces(scatter)
    spread = (sizes > FLAT * sizes.sum() / counts.sum() * counts) & (counts > FLAT**2 * counts.sum())
    spread &= sizes > TINIEST / FLAT  # what is less loses its digits
    volumes = np.where(spread, 1.0, 0.0)
    if spread.sum() > 1:  # one alone may be rounding, whose shape overflows
        scatter, counts = scatter[spread] / counts.sum(), counts[spread] / counts[spread].sum()
        start = np.zeros(len(counts)) if previous is None else _log_volumes(previous[spread]).clip(-FARTHEST, FARTHEST)
        volumes[spread] = np.exp(_newton(scatter, counts, shares, start))
    return volumes


def _newton(scatter: Array, weights: Array, shares: Shares, logs: Array) -> Array:
    """The logarithms of the volumes, from a start; they have mean 0."""
    n_components = len(weights)
    step, length, longest = np.zeros(n_components), 0.0, LONGEST_STEP
    fixed = np.eye(n_components) + 1.0 / n_components  # the constant settles the common factor
    for _ in range(NEWTON_STEPS):
        logs = logs - logs.sum() / n_components
        parts = shares((scatter.T * np.exp(-logs)).T)
        traces = np.maximum(_traces(parts), FLAT)
        # zero where the trace of S_k^-1 W_k is D n_k; the traces sum to D n, but for axes without any spread
        residual = 1.0 - traces.sum() * weights / traces
        if traces * residual @ step < 0:
            longest = min(longest, length) / 2  # the last step went too far: so no two steps go to and fro
        flat = parts.reshape(n_components, -1)
        step = _solution(fixed - flat @ flat.T / traces[:, None], residual)
        length = float(np.abs(step).max())
        logs = logs + step * min(1.0, longest / max(length, longest))
        if min(length, longest) < SHORT_ENOUGH or traces * residual @ step <= 0:
            break  # at rest; or rounding decides: steps towards a volume of zero never get short
    return logs


def _solution(curvature: Array, residual: Array) -> Array:
    """Newton's step; where rounding leaves none, the gradient's, which is that of an alternation."""
    try:
        return np.asarray(np.linalg.solve(curvature, residual))
    except np.linalg.LinAlgError:
        return residual


def _log_volumes(covariances: Array) -> Array:
    """log det / D of matrices (K, D, D) or diagonals (K, D), as (K,)."""
    if covariances.ndim == 2:
        return np.asarray(np.log(covariances).mean(axis=1))
    return np.asarray(np.linalg.slogdet(covariances)[1] / covariances.shape[-1])


def _traces(packed: Array) -> Array:
    """Traces of matrices (K, D, D) or diagonals (K, D), as (K,)."""
    return packed.sum(axis=1) if packed.ndim == 2 else np.einsum("kii->k", packed)
