"""One population that may be skewed: a Gaussian once its skewed columns are brought near to symmetry by powers."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.choice.criteria import Evidence
from gmm_core.model.choice.powers import N_PARAMETERS, Power, best_power
from gmm_core.model.em.forms import Array
from gmm_core.model.fit import Fit
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.sample import Sample
from gmm_core.model.scaling import scaling_for
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import sample_positions

ONE_GAUSSIAN = FitSettings(n_components=1, n_init=1, missing_values="em")

SAMPLED = 20_000
"""Rows from which powers are found where there are many; the likelihood is of all rows."""

MOST_ROUNDS = 100
"""How often rows that no power leads to are drawn again."""


@dataclass(frozen=True, eq=False)
class SkewedPopulation:
    """One population, Gaussian once its skewed columns are transformed.

    Attributes
    ----------
    powers : tuple of Power or None
        For each column; None where it stays as it is.
    transformed : Sample
        The rows with their skewed columns transformed.
    log_jacobian : float
        What the transforms add to a log-likelihood, summed over rows.
    gaussian : Fit
        Of the transformed rows, K = 1.
    """

    powers: tuple[Power | None, ...]
    transformed: Sample
    log_jacobian: float
    gaussian: Fit

    @property
    def log_likelihood(self) -> float:
        """In the units of the table, summed over rows."""
        return self.gaussian.log_likelihood + self.log_jacobian

    def evidence_of(self, fit: Fit) -> Evidence:
        """The evidence of a fit of the transformed rows, in the units of the table and with what the powers cost."""
        evidence = fit.evidence
        return replace(
            evidence,
            log_likelihood=evidence.log_likelihood + self.log_jacobian,
            n_parameters=evidence.n_parameters + N_PARAMETERS * sum(power is not None for power in self.powers),
        )

    def sample(self, n_rows: int, rng: np.random.Generator) -> Array:
        """Rows (n_rows, D); what no power leads to is drawn again."""
        drawn = self._drawn(n_rows, rng)
        for _ in range(MOST_ROUNDS):
            bad = np.isnan(drawn).any(axis=1)
            if not bad.any():
                break
            drawn[bad] = self._drawn(int(bad.sum()), rng)
        return drawn

    def _drawn(self, n_rows: int, rng: np.random.Generator) -> Array:
        drawn = self.gaussian.mixture.sample(n_rows, rng)[0]
        for column, power in enumerate(self.powers):
            if power is not None:
                drawn[:, column] = power.undo(drawn[:, column])
        return drawn


def skewed_population(sample: Sample) -> SkewedPopulation:
    """The likeliest population, with a power for each column where BIC says that it pays.

    Each power makes its own column as likely as can be, whatever the others; so for columns that depend on each other
    the likelihood may fall short of its maximum.
    """
    table, counts = sample.table.copy(), _counts(sample)
    scaling = scaling_for(table, per_column=True, weights=sample.weights)
    z, log_jacobian, powers = scaling.to_z(table), 0.0, list[Power | None]()
    for column, x in enumerate(table.T):
        there = ~np.isnan(x)
        power = _worthwhile(z[there, column], counts[there])
        if power is not None:
            power = power.rescaled(float(scaling.centre[column]), float(scaling.scale[column]))
            x[there], log_slopes = power.apply(x[there])
            log_jacobian += float(counts[there] @ log_slopes)
        powers.append(power)
    transformed = replace(sample, table=table)
    return SkewedPopulation(tuple(powers), transformed, log_jacobian, one_gaussian(transformed))


def one_gaussian(sample: Sample) -> Fit:
    """The fit of one Gaussian."""
    return fit_mixture(sample.table, ONE_GAUSSIAN, weights=sample.weights, suggest=False)


def _worthwhile(z: Array, counts: Array) -> Power | None:
    """The best power for values (N,), where it makes them so much likelier that BIC asks for it."""
    few = _some(z)
    if np.ptp(z[few]) == 0.0:  # what varies is too rare to be among these
        return None
    power, gain = best_power(z[few], counts[few])
    gain *= counts.sum() / counts[few].sum()
    return power if 2 * gain > N_PARAMETERS * np.log(counts.sum()) else None


def _some(z: Array) -> NDArray[np.intp]:
    """Positions of the values (N,) from which a power is found: with both ends, beyond which it would lead nowhere."""
    if len(z) <= SAMPLED:
        return np.arange(len(z))
    drawn = sample_positions(len(z), SAMPLED, np.random.default_rng(0))
    return np.unique(np.append(drawn, [z.argmin(), z.argmax()]))


def _counts(sample: Sample) -> Array:
    return np.ones(len(sample.table)) if sample.weights is None else sample.weights
