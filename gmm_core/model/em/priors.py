"""A conjugate prior on means and covariances: the M step sees it as a few more rows in each component.

The prior of Fraley and Raftery (2007), Bayesian regularization for normal mixture estimation and model-based
clustering, Journal of Classification 24, 155-181: given its covariance matrix S, a mean is normal about the prior
mean with covariance S / shrinkage, and S itself is inverse Wishart (ellipsoidal families) or made of inverse gamma
variances (diagonal and spherical ones). A matrix that all components share has one such factor, however many
components there are; otherwise each component has one, also where its volume, shape or orientation are shared.

Both factors have the form of a Gaussian likelihood. So every family's own rule, given the scatter and the counts that
the prior adds, maximises the expected log posterior, and EM never lets the posterior fall.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gmm_core.errors import SettingsError
from gmm_core.model.em.forms import Array, Form
from gmm_core.model.em.moments import Moments
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Scaling, mean_and_covariance
from gmm_core.model.families import Family

MOST_ROWS = 1e12
"""Most that a prior may count for: beyond it, the rows are lost in rounding."""

FARTHEST, LEAST_SCALE = 1e6, 1e-100
"""How far a prior's mean may lie, and how wide its scale may be, in spreads of the data; and its smallest variance."""

FLATTEST = 1e-12
"""Least ratio of the variances of a prior's scale along its axes: below it, rounding makes the smaller one."""


@dataclass(frozen=True)
class Prior:
    """What is believed of the components before any row is seen, in the units of the table.

    Attributes
    ----------
    mean : (D,) values, optional
        Where the means are expected; by default the columns' means.
    shrinkage : float, default 0.01
        Rows' worth of pull towards ``mean``; 0 for none.
    degrees_of_freedom : float, optional
        Of the inverse Wishart or inverse gamma distribution; by default D + 2, the fewest with a finite mean.
    scale : number, (D,) or (D, D) values, optional
        Its scale: a variance, one for each column, or a matrix. By default what K equal groups would have that fill
        the data's volume: the total covariance / K^(2 / D), and for the diagonal and spherical families the same
        without correlations (for the diagonal ones column by column, so that it does not depend on units; mclust
        takes the average over the columns).
    """

    mean: ArrayLike | None = None
    shrinkage: float = 0.01
    degrees_of_freedom: float | None = None
    scale: ArrayLike | None = None

    def __post_init__(self) -> None:
        for field in fields(self):  # arrays as tuples: two equal priors are equal, and a key in a cache
            value = getattr(self, field.name)
            object.__setattr__(self, field.name, _frozen(value))

    def check(self, n_features: int) -> None:
        """Raise ``SettingsError`` for the first part without meaning."""
        _check("mean", self.mean, "finite, a value for each column", lambda v: v.shape == (n_features,))
        _check(
            "shrinkage", self.shrinkage, f"from 0 to {MOST_ROWS:g}", lambda v: not v.ndim and bool(0 <= v <= MOST_ROWS)
        )
        least = n_features - 1
        positive = f"above {least}, the number of columns less one, and at most {MOST_ROWS:g}"
        degrees = self.degrees_of_freedom
        _check("degrees_of_freedom", degrees, positive, lambda v: not v.ndim and bool(least < v <= MOST_ROWS))
        remedy = "positive: a variance, one for each column, or a positive definite matrix"
        _check("scale", self.scale, remedy, lambda v: _is_scale(v, n_features))


@dataclass(frozen=True, eq=False)
class PseudoRows:
    """A prior as the M step of one family sees it, in the scaled space.

    Attributes
    ----------
    form : Form
    mean : (D,) array
    shrinkage : float
        Rows at ``mean`` in each component.
    count : float
        What the prior adds to each component's count where its covariance is worked out.
    lent : (D, D) array
        Its columns times themselves add up to the scatter that the prior adds to each component.
    """

    form: Form
    mean: Array
    shrinkage: float
    count: float
    lent: Array

    def added(self, moments: Moments, means: Array) -> Moments:
        """The moments about ``means`` (K, D), with those of the prior."""
        rows = self._rows(means)
        return replace(
            moments,
            counts=moments.counts + self.shrinkage,
            first=moments.first + self.shrinkage * (self.mean - means),
            second=moments.second + self.form.scatter(rows, np.ones((len(rows), rows.shape[2]))),
        )

    def log_density(self, parameters: Parameters) -> float:
        """Log prior density, up to a constant."""
        p = parameters
        log_det = np.broadcast_to(self.form.log_det_precision(p.factor, p.n_features), p.n_components)
        return 0.5 * float(self.count * log_det.sum() - self.form.quadratic(self._rows(p.means), p.factor).sum())

    def _rows(self, means: Array) -> Array:
        """The prior's rows less each mean, (K, D, D + 1)."""
        away = np.sqrt(self.shrinkage) * (self.mean - means)
        lent = np.broadcast_to(self.lent, (len(means), *self.lent.shape))
        return np.concatenate([lent, away[:, :, None]], axis=2)


def pseudo_rows(
    prior: Prior, family: Family, n_components: int, table: Array, scaling: Scaling, weights: Array | None = None
) -> PseudoRows:
    """The prior for one family and K, with what is left open taken from the rows (N, D) and their weights (N,).

    Raises
    ------
    SettingsError
        For a part of the prior that has no meaning.
    """
    n_features = table.shape[1]
    prior.check(n_features)
    kind = _KINDS[family.code.count("I")]
    centre, total = mean_and_covariance(scaling.to_z(table), weights)
    n_matrices = 1 if _shares_one_matrix(family, n_features) else n_components
    degrees = n_features + 2.0 if prior.degrees_of_freedom is None else prior.degrees_of_freedom
    mean, scale = centre, kind.default(total) / n_components ** (2 / n_features)
    with np.errstate(over="ignore"):  # what overflows here is out of reach
        if prior.mean is not None:
            mean = _in_reach("mean", scaling.to_z(np.array(prior.mean)))
        if prior.scale is not None:
            scale = _matrix(np.array(prior.scale), n_features) / scaling.scale / scaling.scale[:, None]
            _in_reach("scale", np.sqrt(np.diag(scale)), np.sqrt(LEAST_SCALE))
    return PseudoRows(
        family.form,
        mean,
        prior.shrinkage,
        float(prior.shrinkage > 0) + kind.count(degrees, n_features) * n_matrices / n_components,
        _root(kind.scatter(scale) * n_matrices / n_components),
    )


@dataclass(frozen=True)
class _Kind:
    """What the prior of a covariance matrix depends on: whether it is a full matrix, variances or one variance.

    Its log density is -1/2 (count log det S + tr(scatter S^-1)).
    """

    default: Callable[[Array], Array]
    """The scale that goes with a total covariance matrix."""
    count: Callable[[float, int], float]
    """From degrees of freedom and D."""
    scatter: Callable[[Array], Array]
    """From the scale as a matrix."""


def _in_reach(name: str, value: Array, least: float = 0.0) -> Array:
    """A part of the prior in the scaled space, where it is neither too large to compute with nor too small."""
    if np.abs(value).max() > FARTHEST or np.abs(value).min() < least:
        raise SettingsError(f"The prior's {name} lies too far from the data's.", "Give it in the units of the table.")
    return value


def _root(scatter: Array) -> Array:
    values = np.linalg.eigvalsh(scatter)
    if values[0] < FLATTEST * values[-1]:
        raise SettingsError(
            "The columns depend on each other, so the prior that follows from their covariance is flat.",
            "Leave a column out, give the prior a scale, or choose a diagonal family.",
        )
    return np.asarray(np.linalg.cholesky(scatter))


def _average(total: Array) -> Array:
    return np.eye(len(total)) * np.trace(total) / len(total)


_KINDS = (
    _Kind(lambda total: total, lambda degrees, d: degrees + d + 1, lambda scale: scale),
    _Kind(_average, lambda degrees, d: degrees + 2, lambda scale: scale),
    _Kind(_average, lambda degrees, d: (degrees + 2) / d, lambda scale: _average(scale) / len(scale)),
)
"""By the number of I in a family's code: ellipsoidal, diagonal, spherical."""


def _shares_one_matrix(family: Family, n_features: int) -> bool:
    """Whether all components have the same covariance matrix; in one dimension it has a volume only."""
    return "V" not in (family.code[0] if n_features == 1 else family.code)


def _frozen(value: Any) -> Any:
    plain = value.tolist() if hasattr(value, "tolist") else value
    return tuple(map(_frozen, plain)) if isinstance(plain, list | tuple) else plain


def _matrix(scale: Array, n_features: int) -> Array:
    return scale if scale.ndim == 2 else scale * np.eye(n_features)


def _is_scale(value: Array, n_features: int) -> bool:
    if value.shape not in ((), (n_features,), (n_features, n_features)):
        return False
    matrix = _matrix(value, n_features)
    spreads = np.sqrt(np.maximum(np.diag(matrix), 0.0))
    if not spreads.all() or not np.allclose(matrix, matrix.T, atol=0.0):
        return False
    return bool(np.linalg.eigvalsh(matrix / np.multiply.outer(spreads, spreads)).min() > 0)


def _check(name: str, value: object, remedy: str, means_something: Callable[[Array], bool]) -> None:
    if value is None:
        return
    try:
        array = np.array(value, dtype=float)
    except (TypeError, ValueError, OverflowError):
        array = np.array(np.nan)
    if not (np.isfinite(array).all() and means_something(array)):
        raise SettingsError(f"The prior's {name} is {value!r}.", f"It must be {remedy}.", value=value)
