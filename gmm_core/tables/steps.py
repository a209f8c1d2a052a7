"""Steps of EM as tidy frames: where the components are at each, what the rows make of them, and the sums in numbers."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.mixture import Mixture
from gmm_core.model.steps import Step, Walk
from gmm_core.tables.results import component_letters, group_letters

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


def states_frame(mixtures: Sequence[Mixture]) -> pd.DataFrame:
    """Mixtures of one column or two, a row a step and component.

    Returns
    -------
    pandas.DataFrame
        ``step`` (from 0), ``component``, ``weight``, ``x``, ``sx``; of two columns also ``y``, ``slant`` and ``sy``:
        ``sx``, ``slant`` and ``sy`` are the entries of the covariance's Cholesky factor, so that the ellipse of
        radius r is x + r sx cos t, y + r (slant cos t + sy sin t).
    """
    k, d = mixtures[0].means.shape
    means = np.concatenate([mixture.means for mixture in mixtures])
    lower = np.linalg.cholesky(np.concatenate([mixture.covariances for mixture in mixtures]))
    frame: dict[str, object] = {
        "step": np.repeat(np.arange(len(mixtures)), k),
        "component": np.tile(np.asarray(component_letters(k), dtype=object), len(mixtures)),
        "weight": np.concatenate([mixture.weights for mixture in mixtures]),
        "x": means[:, 0],
        "sx": lower[:, 0, 0],
    }
    if d == 2:
        frame |= {"y": means[:, 1], "slant": lower[:, 1, 0], "sy": lower[:, 1, 1]}
    return pd.DataFrame(frame)


def courses_frame(walk: Walk, x: Floats, rows: Rows) -> pd.DataFrame:
    """What becomes of some rows of (N, D): ``row`` (from 1), ``x``, ``y`` where there are two columns, and two lists.

    ``likeliest`` and ``certainty`` have an entry a step: the likeliest component (letter or "noise") and its
    membership.
    """
    letters = np.asarray(group_letters(walk.steps[0].mixture), dtype=object)
    memberships = np.array([step.memberships[rows] for step in walk.steps])  # (T, R, K)
    frame = {"row": rows + 1, **dict(zip("xy", x[rows].T, strict=False))}
    return pd.DataFrame(
        {
            **frame,
            "likeliest": letters[memberships.argmax(axis=2)].T.tolist(),
            "certainty": memberships.max(axis=2).T.round(3).tolist(),
        }
    )


def some_rows(n_rows: int, most: int, also: int) -> Rows:
    """Positions of at most ``most`` rows, evenly chosen, and of one more that is asked for."""
    even = np.linspace(0, n_rows - 1, min(n_rows, most)).round().astype(np.intp)
    return np.union1d(even, [min(also, n_rows - 1)])


def climb_frame(walk: Walk) -> pd.DataFrame:
    """``iteration``, ``log_likelihood`` and ``lower_bound``; with a prior its log density is added to the first."""
    levels = [step.objective for step in walk.steps]
    bounds = [step.lower_bound for step in walk.steps]
    return pd.DataFrame({"iteration": range(len(levels)), "log_likelihood": levels, "lower_bound": bounds})


def sums_frame(step: Step, x: Floats) -> pd.DataFrame:
    """How the memberships of one row ``x`` (D,) come about: ``component``, ``weight``, ``density``, ``product``,
    ``responsibility``; the products are weight times density, and add up to the density of the row."""
    mixture = step.mixture
    with np.errstate(divide="ignore"):
        log_products = mixture.log_component_densities(x[None])[0]
        log_weights = np.log(mixture.weights)
    densities = np.where(mixture.weights > 0, np.exp(log_products - np.where(mixture.weights > 0, log_weights, 0)), 0.0)
    weights, products = mixture.weights, np.exp(log_products)
    if mixture.noise is not None:
        weights = np.append(weights, mixture.noise.weight)
        densities = np.append(densities, 1.0 / mixture.noise.region.volume)
        products = np.append(products, np.exp(mixture.noise.log_density))
    return pd.DataFrame(
        {
            "component": group_letters(mixture),
            "weight": weights,
            "density": densities,
            "product": products,
            "responsibility": mixture.memberships(x[None])[0],
        }
    )


def moves_frame(before: Step, after: Mixture, columns: Sequence[str]) -> pd.DataFrame:
    """What an M step changes, a row a component and parameter: ``component``, ``parameter``, ``before``, ``after``.

    The parameters are ``share``, and ``mean`` and ``sd`` of each column, with its name where there are several.
    """
    sides = [_parameters(mixture, columns) for mixture in (before.mixture, after)]
    return sides[0].assign(after=sides[1]["value"]).rename(columns={"value": "before"})


def _parameters(mixture: Mixture, columns: Sequence[str]) -> pd.DataFrame:
    several = len(columns) > 1
    parts = {"share": mixture.weights}
    for position, name in enumerate(columns):
        parts[f"mean {name}" if several else "mean"] = mixture.means[:, position]
        parts[f"sd {name}" if several else "sd"] = mixture.standard_deviations[:, position]
    letters = component_letters(mixture.n_components)
    wide = pd.DataFrame({"component": letters, **parts})
    return wide.melt("component", var_name="parameter").sort_values("component", kind="stable", ignore_index=True)
