"""Ways to give the rows of a table other weights, so that a fit to them tells how far it depends on the rows."""

from collections.abc import Callable

import numpy as np

from gmm_core.errors import DataError, SettingsError
from gmm_core.model.em.forms import Array
from gmm_core.model.sample import LIGHTEST

MOST_COUNTED = 1e15
"""Largest number of rows that weights may count where rows are drawn again."""

Reweigh = Callable[[Array, np.random.Generator], Array]
"""From what the rows count (N,) to what they count in a replicate."""


def drawn_again(counts: Array, rng: np.random.Generator) -> Array:
    """How often each row comes when as many are drawn with replacement. Source: Efron (1979), Annals of Statistics 7.

    Raises
    ------
    DataError
        Where the counts are no numbers of rows.
    """
    total = float(counts.sum())
    if not 1 <= total <= MOST_COUNTED:
        problem = f"The row weights add up to {total:.3g}, so rows cannot be drawn again."
        raise DataError(problem, "Give weights that count rows, or choose the weighted bootstrap.", value=total)
    return rng.multinomial(round(total), counts / total).astype(float)


def weighed_anew(counts: Array, rng: np.random.Generator) -> Array:
    """Weights from a Dirichlet distribution: hardly a row is left out, and none comes twice.

    Source: Rubin (1981), The Bayesian bootstrap, Annals of Statistics 9; O'Hagan et al. (2019), section 2.4.
    """
    drawn = rng.standard_gamma(counts)
    weights = drawn * (counts.sum() / drawn.sum())
    return np.where(weights < LIGHTEST, 0.0, weights)


KINDS: dict[str, Reweigh] = {"weighted": weighed_anew, "rows": drawn_again}
"""By name."""


def get_kind(name: str) -> Reweigh:
    """The kind of bootstrap called ``name``.

    Raises
    ------
    SettingsError
        Where there is no such kind.
    """
    if name not in KINDS:
        raise SettingsError(f"There is no bootstrap {name!r}.", f"Choose one of {', '.join(KINDS)}.", value=name)
    return KINDS[name]
