"""The first parameters of a run: from a registered way of seeding, or from what the user knows."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import SettingsError
from gmm_core.model.em.expectation import moments_of
from gmm_core.model.em.forms import Array
from gmm_core.model.em.maximisation import Maximisation, bounded, starting_parameters
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Rows, Scaling
from gmm_core.model.em.seeding import get_seeding, nearest
from gmm_core.model.families import Family
from gmm_core.model.labels import listed, memberships_of
from gmm_core.model.sample import Sample

SEEDING_ROWS = 2_500
"""Rows that a way of seeding looks at; the first M step of EM uses them all."""

NOISE_COLUMN = ", and with noise=True may have one column more"

FARTHEST = 1e6
"""Standard deviations of the data beyond which a start loses the data's spread to rounding."""
FLATTEST = 1e-12
"""Directions with less than this part of the largest variance hold rounding only, and are not stretched further."""


@dataclass(frozen=True, eq=False)
class UserStart:
    """What a user gives of a start, in the units of the table; what is None is seeded.

    Attributes
    ----------
    weights : (K,) array
    means : (K, D) array
    covariances : (K, D, D) array
    responsibilities : (N, K) array
        EM starts with an M step from these; the others then play no part. With noise they may have a last column
        for it, (N, K + 1).
    noise_weight : float
        The noise's share, where there is noise.
    labels : (N,) sequence
        The same as responsibilities; see ``gmm_core.model.labels``.
    """

    weights: Array | None = None
    means: Array | None = None
    covariances: Array | None = None
    responsibilities: Array | None = None
    noise_weight: float | None = None
    labels: object = None

    @property
    def complete(self) -> bool:
        """Whether nothing is left to chance, so that a second start would repeat the first."""
        return any(part is not None for part in (self.means, self.responsibilities, self.labels))

    def check(self, n_features: int, n_components: int) -> None:
        """Raise ``SettingsError`` for the first array of the wrong shape or with values out of range."""
        _check_shape("weights", self.weights, (n_components,))
        _check_shape("means", self.means, (n_components, n_features))
        _check_shape("covariances", self.covariances, (n_components, n_features, n_features))
        for name in ("weights", "means", "covariances"):
            _check_finite(name, getattr(self, name))
        _check_shares("weights", self.weights)
        _check_alive(self.weights)

    def of_sample(self, sample: Sample, n_components: int, noise: bool) -> "UserStart":
        """The same start for the rows that count, checked: labels as memberships, the noise's as its share."""
        resp = self._memberships(sample.kept, n_components, noise)
        if resp is None:
            return self
        _check_finite("responsibilities", resp)
        _check_shares("responsibilities", resp)
        share = self.noise_weight
        if resp.shape[1] > n_components:
            share = float(np.average(resp[:, -1], weights=sample.weights)) or None  # EM can't free a weight of zero
        return replace(self, responsibilities=resp[:, :n_components], labels=None, noise_weight=share)

    def _memberships(self, kept: NDArray[np.bool_], n_components: int, noise: bool) -> Array | None:
        """Of the rows that are kept; (N, K), or with noise perhaps (N, K + 1)."""
        if self.labels is not None:
            labels = listed(self.labels)
            _check_shape("labels", labels, kept.shape)
            return memberships_of(labels[kept], n_components, noise)
        if self.responsibilities is None:
            return None
        if np.shape(self.responsibilities) != (len(kept), n_components + 1) or not noise:
            _check_shape("responsibilities", self.responsibilities, (len(kept), n_components), NOISE_COLUMN)
        return self.responsibilities[kept]

    def check_reach(self, scaling: Scaling) -> None:
        """Raise ``SettingsError`` for means farther from the data, or groups wider, than ``FARTHEST``."""
        with np.errstate(over="ignore"):
            means = 0.0 if self.means is None else scaling.to_z(self.means)
            spread = 0.0 if self.covariances is None else np.sqrt(np.abs(self.covariances)) / scaling.scale
        for name, value in (("means lie too far from the data", means), ("covariances are too large", spread)):
            if np.max(np.abs(value)) > FARTHEST:
                raise SettingsError(f"The starting {name} to compute with.", "Start within the range of the data.")


@dataclass(frozen=True)
class Seeds:
    """How a start is made: the way, K, the variance floor of the scaled space, and whether rows are sphered first."""

    init_params: str
    n_components: int
    floor: float
    sphere: bool = False


def seeded(
    table: Array,
    scaling: Scaling,
    family: Family,
    settings: Seeds,
    rng: np.random.Generator,
    row_weights: Array | None = None,
) -> Parameters:
    """Parameters from the registered way of seeding, made from at most ``SEEDING_ROWS`` rows."""
    z = scaling.to_z(sample_rows(table, SEEDING_ROWS, rng, row_weights))
    memberships = get_seeding(settings.init_params)(sphered(z) if settings.sphere else z, settings.n_components, rng)
    return lent(z, memberships, family, settings.floor)


def sphered(z: Array) -> Array:
    """The rows (N, D) turned and stretched so that their covariance is the unit matrix, but for flat directions.

    Long clusters side by side, which distances in the columns' own units cut across, are then told apart.
    By the symmetric root, which is continuous: rounding decides the signs of eigenvectors, and would decide which rows
    are drawn.
    """
    values, vectors = np.linalg.eigh(np.cov(z.T, bias=True).reshape(z.shape[1], z.shape[1]))
    if values[-1] <= 0.0:  # all rows are the same
        return z
    root = (vectors / np.sqrt(np.maximum(values, FLATTEST * values[-1]))) @ vectors.T
    return np.asarray((z - z.mean(axis=0)) @ root)


def from_user(
    table: Array,
    scaling: Scaling,
    family: Family,
    settings: Seeds,
    start: UserStart,
    rng: np.random.Generator,
    row_weights: Array | None = None,
) -> Parameters:
    """Parameters from what the user gave, completed by seeding."""
    if start.responsibilities is not None:
        means, moments = moments_of(Rows.scaled(table, scaling, row_weights), start.responsibilities.T, family.form)
        return Maximisation(family, settings.floor)(moments, means)
    if start.means is None:
        base = seeded(table, scaling, family, settings, rng, row_weights)
    else:
        z = scaling.to_z(sample_rows(table, SEEDING_ROWS, rng, row_weights))
        base = lent(z, nearest(z, scaling.to_z(start.means)), family, settings.floor)
    weights = base.weights if start.weights is None else start.weights / start.weights.sum()
    means = base.means if start.means is None else scaling.to_z(start.means)
    covariances = base.covariances
    if start.covariances is not None:
        covariances = family.form.from_dense(start.covariances / np.multiply.outer(scaling.scale, scaling.scale))
    return bounded(family, weights, means, covariances, settings.floor)


def lent(z: Array, memberships: Array, family: Family, floor: float) -> Parameters:
    """Starting parameters from memberships (K, n) of scaled rows (n, D)."""
    rows = Rows.scaled(z, Scaling(np.zeros(z.shape[1]), np.ones(z.shape[1])))
    means, moments = moments_of(rows, memberships, family.form)
    return starting_parameters(moments, means, family, floor)


def sample_rows(table: Array, n_rows: int, rng: np.random.Generator, weights: Array | None = None) -> Array:
    """At most ``n_rows`` rows of the table (N, D), in their order, drawn without replacement; or by their weights."""
    if weights is not None:
        return np.asarray(table[repeated(weights, n_rows, rng)])
    return table if len(table) <= n_rows else np.asarray(table[sample_positions(len(table), n_rows, rng)])


def sample_positions(n_rows: int, n_drawn: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Positions of ``n_drawn`` of ``n_rows`` rows, drawn without replacement, in order."""
    return np.sort(rng.choice(n_rows, n_drawn, replace=False))


def repeated(weights: Array, most: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Positions of rows, in order, each about as often as its weight (N,) says; ``most`` of them at most.

    A systematic sample; where the weights are whole numbers and few enough, each row as often as its weight.
    """
    ends = np.cumsum(weights)
    n_drawn = round(min(max(ends[-1], len(weights)), most))
    offset = 0.5 if n_drawn == ends[-1] else rng.random()
    marks = (np.arange(n_drawn) + offset) * (ends[-1] / n_drawn)
    return np.searchsorted(ends[:-1], marks, side="right")


def _check_shape(name: str, value: NDArray[Any] | None, shape: tuple[int, ...], more: str = "") -> None:
    if value is not None and np.shape(value) != shape:
        raise SettingsError(f"The starting {name} have shape {np.shape(value)}.", f"They need shape {shape}{more}.")


def _check_finite(name: str, value: Array | None) -> None:
    if value is not None and not np.isfinite(value).all():
        raise SettingsError(f"The starting {name} hold a value that is not finite.", "Give finite numbers.")


def _check_alive(weights: Array | None) -> None:
    if weights is not None and weights.min() == 0:
        raise SettingsError("A starting weight is 0, and EM can never raise it.", "Give each group some weight.")


def _check_shares(name: str, value: Array | None) -> None:
    if value is None:
        return
    if value.min() < 0 or not np.allclose(value.sum(axis=-1), 1.0):
        raise SettingsError(f"The starting {name} are not shares.", "They must be 0 or more and sum to 1.")
