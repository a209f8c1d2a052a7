"""The tidy frames in which charts take a mixture: its curves, outlines and centres.

``component`` is always a letter, or "noise"; densities are weighted by shares, so that the components add up to the
mixture.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.geometry import ellipse_outline, inside_ellipse
from gmm_core.model.mixture import Mixture
from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.base import Transform
from gmm_core.tables.binning import grid
from gmm_core.tables.results import component_letters, group_letters

Floats = NDArray[np.float64]
Carry = Callable[[Floats], Floats]

PROBABILITIES = (0.5, 0.8, 0.95)
MIXTURE = "mixture"
BLOCK = 16_384
"""Rows that are looked at together: few enough to stay in the processor's cache."""


def curves_frame(
    mixture: Mixture, lo: float, hi: float, n: int = 300, transform: Transform = UNCHANGED
) -> pd.DataFrame:
    """Densities of a mixture of one column: ``x``, ``density``, ``component`` (letters, "noise", and ``"mixture"``).

    Parameters
    ----------
    mixture : Mixture
        Of one column, in working units.
    lo, hi : float
        Ends of the grid, of ``n`` points, in the table's units; more are put where a component is too narrow for it,
        none where the transform takes no values.
    n : int
    transform : Transform
        What the column went through.
    """
    means, sds = mixture.means[:, 0], mixture.standard_deviations[:, 0]
    widths = (transform.inverse(means + sds) - transform.inverse(means - sds)) / 2
    x = grid(lo, hi, n, transform.inverse(means), widths)
    x = x[~transform.outside(x)]
    parts = mixture.log_component_densities(transform.forward(x)[:, None])  # (n, K)
    if mixture.noise is not None:
        parts = np.column_stack([parts, np.full(len(x), mixture.noise.log_density)])
    parts = np.exp(parts + transform.log_derivative(x)[:, None])
    curves = np.column_stack([parts, parts.sum(axis=1)])
    names = (*group_letters(mixture), MIXTURE)
    return pd.DataFrame(
        {
            "x": np.tile(x, len(names)),
            "density": curves.ravel(order="F"),
            "component": np.repeat(np.asarray(names, dtype=object), len(x)),
        }
    )


def ellipses_frame(
    mixture: Mixture, probabilities: Sequence[float] = PROBABILITIES, carry: Carry = lambda points: points
) -> pd.DataFrame:
    """Outlines of a mixture of two columns: ``component``, ``probability``, ``outline`` (id), ``order``, ``x``, ``y``.

    Each outline holds ``probability`` of its component. Transformed columns need ``carry``, of
    ``FeatureMatrix.carrier``, which brings points to the table's units; the outlines are then no ellipses.
    """
    k, p = mixture.n_components, len(probabilities)
    outlines = np.array(
        [
            [ellipse_outline(mean, covariance, probability) for probability in probabilities]
            for mean, covariance in zip(mixture.means, mixture.covariances, strict=True)
        ]
    )  # (K, P, points, 2)
    outlines = carry(outlines)
    n = outlines.shape[2]
    return pd.DataFrame(
        {
            "component": np.repeat(np.asarray(component_letters(k), dtype=object), p * n),
            "probability": np.tile(np.repeat(probabilities, n), k),
            "outline": np.repeat(np.arange(k * p), n),
            "order": np.tile(np.arange(n), k * p),
            "x": outlines[..., 0].ravel(),
            "y": outlines[..., 1].ravel(),
        }
    )


def centres_frame(mixture: Mixture, carry: Carry = lambda points: points) -> pd.DataFrame:
    """Means of a mixture of two columns: ``component``, ``x``, ``y``, ``weight``; ``carry`` as for the ellipses."""
    x, y = carry(mixture.means).T
    letters = component_letters(mixture.n_components)
    return pd.DataFrame({"component": letters, "x": x, "y": y, "weight": mixture.weights})


def share_inside(mixture: Mixture, X2: Floats, probability: float, memberships: Floats | None = None) -> Floats:
    """Share of each component's rows that lie inside its ellipse, (K,); near ``probability`` where the fit is good.

    Parameters
    ----------
    mixture : Mixture
        Of two columns.
    X2 : (N, 2) array
        Rows in the same units, working units where a column is transformed.
    probability : float
        What the ellipse holds of the component.
    memberships : (N, K) array, optional
        Weights of the rows; by default the mixture's own. Give those of the whole model where it has more columns.
        The noise's column plays no part.
    """
    weights = (mixture.memberships(X2) if memberships is None else memberships)[:, : mixture.n_components]
    held = np.zeros(mixture.n_components)
    for start in range(0, len(X2), BLOCK):
        x, own = X2[start : start + BLOCK].copy(order="F"), weights[start : start + BLOCK]
        for k, (mean, covariance) in enumerate(zip(mixture.means, mixture.covariances, strict=True)):
            held[k] += own[:, k] @ inside_ellipse(x, mean, covariance, probability)
    total = weights.sum(axis=0)
    return np.divide(held, total, out=np.full(len(total), np.nan), where=total > 0)
