"""A sample from a mixture of known truth, for watching EM find it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from gmm_core.errors import SettingsError
from gmm_core.examples.drawing import check_row_count, draw_category

if TYPE_CHECKING:
    import pandas as pd

MEANS = (0.0, 4.0)
SPREADS = (1.0, 1.5)
WEIGHTS = (0.4, 0.6)
SEED = 2
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def make_simulator_sample(
    n: int = 200,
    seed: int = SEED,
    means: Sequence[float] = MEANS,
    spreads: Sequence[float] = SPREADS,
    weights: Sequence[float] = WEIGHTS,
) -> pd.DataFrame:
    """Draw rows from a one-dimensional Gaussian mixture.

    Parameters
    ----------
    n : int
        Number of rows, at least 1.
    seed : int
        Seed of ``numpy.random.default_rng``; the same seed gives the same rows.
    means, spreads, weights : sequences of float, (K,)
        Mean, standard deviation and share of each component, K of at most ten; shares add up to 1.

    Returns
    -------
    pandas.DataFrame, (n, 2)
        ``value``, to three decimals, and ``origin``: the component that each row was drawn from (``"first"``, ...).

    Raises
    ------
    SettingsError
        If ``n`` is below 1 or the parameters describe no mixture.
    """
    import pandas as pd

    check_row_count(n, least=1)
    _check_truth(means, spreads, weights)
    rng = np.random.default_rng(seed)
    origin = draw_category(rng, weights, n)
    value = np.asarray(means)[origin] + np.asarray(spreads)[origin] * rng.standard_normal(n)
    return pd.DataFrame({"value": value.round(3), "origin": np.array(_ORDINALS)[origin]})


def _check_truth(means: Sequence[float], spreads: Sequence[float], weights: Sequence[float]) -> None:
    if not 1 <= len(means) == len(spreads) == len(weights) <= len(_ORDINALS):
        raise SettingsError(
            f"There are {len(means)} means, {len(spreads)} spreads and {len(weights)} weights.",
            f"Give as many of each, from 1 to {len(_ORDINALS)}.",
        )
    if min(spreads) <= 0:
        raise SettingsError("A spread must be above 0.", "Give each component a positive spread.", value=min(spreads))
    if min(weights) < 0 or not np.isclose(sum(weights), 1):
        raise SettingsError(
            "Weights must be 0 or more and add up to 1.", "Divide each weight by their sum.", value=tuple(weights)
        )
