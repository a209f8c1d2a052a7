"""EM one step at a time, to be watched: what the E step says at each set of parameters, and where the M step goes next.

The steps are those of ``em.expectation`` and ``em.maximisation``, plain and from given parameters. No start is refused,
however bad: rows that are all the same, fewer rows than components, means far from every row and spreads of zero are
walked through, so that one can see what EM makes of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from gmm_core.errors import DataError
from gmm_core.model.em.expectation import entropy_of
from gmm_core.model.em.forms import Array
from gmm_core.model.em.maximisation import Maximisation, bounded
from gmm_core.model.em.moments import Moments
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Scaling
from gmm_core.model.families import get_family
from gmm_core.model.mixture import Mixture
from gmm_core.model.reasons import sentence
from gmm_core.model.runs import Runs
from gmm_core.model.search import Search
from gmm_core.model.settings import FitSettings
from gmm_core.model.solutions import Candidate, grouped
from gmm_core.model.watching import Watch, Watcher

FIRST_NOISE = 0.05
"""The noise's share before the first step."""

AT_REST, MOST_PASSES = 1e-8, 600
"""When EM has come to an end: as ``tol`` and ``max_iter`` of a fit."""


@dataclass(frozen=True, eq=False)
class Step:
    """One set of parameters and what the E step says there, in the units of the table.

    Attributes
    ----------
    mixture : Mixture
    memberships : (N, K) array
        Responsibilities of the components; (N, K + 1) with noise, the noise's last.
    log_likelihood : float
    lower_bound : float
        What the memberships of the step before promised for these parameters: at least the log-likelihood there, at
        most that here (Bishop 2006, figure 9.14). At the first step it is the log-likelihood.
    log_prior : float
        Log prior density, up to a constant; 0 without a prior.
    """

    mixture: Mixture
    memberships: Array
    log_likelihood: float
    lower_bound: float
    log_prior: float = 0.0

    @property
    def counts(self) -> Array:
        """N_k, the sum of each column of the memberships."""
        return np.asarray(self.memberships.sum(axis=0))

    @property
    def objective(self) -> float:
        """What never falls: the log-likelihood, with a prior the log posterior."""
        return self.log_likelihood + self.log_prior


@dataclass(frozen=True, eq=False)
class Walk:
    """The steps of EM from one start; ``met`` says whether the last gained less than was asked for."""

    steps: tuple[Step, ...]
    met: bool


@dataclass(frozen=True, eq=False)
class Ending:
    """A place in which EM ends, in the units of the table.

    Attributes
    ----------
    mixture : Mixture
    log_likelihood : float
    kind : str
        "sound" or what is wrong, as ``soundness.Verdict`` has it.
    reason : str
        The same as a sentence; "" for a sound place.
    starts : tuple of int
        Which of the starts ended here.
    """

    mixture: Mixture
    log_likelihood: float
    kind: str
    reason: str
    starts: tuple[int, ...]


class SameShapes(Maximisation):
    """An M step that leaves the covariances as they are: EM for means and shares only."""

    def __call__(self, moments: Moments, means: Array, previous: Array | None = None) -> Parameters:
        new = super().__call__(moments, means, previous)
        if previous is None:
            return new
        return replace(Parameters.of(new.form, new.weights, new.means, previous), noise=new.noise)


@dataclass(frozen=True, eq=False)
class Stepper:
    """EM over one table, step by step, from any start.

    Attributes
    ----------
    search : Search
        Gives the rows in the scaled space, and the E and M step.
    maximise : Maximisation
    """

    search: Search
    maximise: Maximisation

    @classmethod
    def over(cls, x: Array, settings: FitSettings, columns: Sequence[str] = (), hold_shapes: bool = False) -> "Stepper":
        """EM for the rows (N, D), without gaps; ``hold_shapes`` keeps the covariances of the start.

        Raises
        ------
        SettingsError
            For settings without meaning.
        DataError
            Where noise or a prior is asked for, and the rows spread over no region.
        """
        settings = replace(settings, tol=AT_REST, max_iter=MOST_PASSES)
        settings.check()
        names = tuple(columns) or tuple(f"column {i + 1}" for i in range(x.shape[1]))
        search = _search(np.asarray(x, dtype=float), names, settings)
        step = search.maximise
        return cls(search, SameShapes(**vars(step)) if hold_shapes else step)

    def walk(self, first: Mixture, most_steps: int, least_gain: float = 0.0) -> Walk:
        """Plain EM from ``first``, until a step gains less than ``least_gain`` nats over all rows, or out of steps."""
        parameters = self._start(first)
        steps = [self._step(parameters)]
        while len(steps) <= most_steps:
            parameters = self.maximise(self.search.rows.expect(parameters), parameters.means, parameters.covariances)
            steps.append(self._step(parameters, steps[-1]))
            if steps[-1].objective - steps[-2].objective < least_gain:
                return Walk(tuple(steps), met=True)
        return Walk(tuple(steps), met=False)

    def endings(self, firsts: Sequence[Mixture], watch: Watch | None = None) -> tuple[Ending, ...]:
        """Where EM comes to rest from each start: the distinct places, sound ones first, from the likeliest.

        With the settings' acceleration, which now and then leads to another place than plain EM.
        """
        expect, runs = self.search.rows.expect, Runs(self.search.settings, self.maximise, lone=True)
        found: list[Candidate] = []
        for index, first in enumerate(firsts):
            watcher = Watcher(watch, index, len(firsts), self.search.jacobian(expect))
            found.append(runs.end(expect, self._start(first), watcher))
            if watcher.stopped:
                break
        number = {id(candidate): i for i, candidate in enumerate(found)}
        return tuple(
            self._ending(
                runs.settled(expect, group[0], Watcher(None, 0, 1, 0.0)), sorted(number[id(each)] for each in group)
            )
            for group in grouped(found, self._z.T)
        )

    @property
    def _z(self) -> Array:
        return self.search.scaling.to_z(self.search.table)

    def _start(self, first: Mixture) -> Parameters:
        """The start in the scaled space, of the family, with no variance below the floor."""
        search, scale = self.search, self.search.scaling.scale
        covariances = search.family.form.from_dense(first.covariances / np.multiply.outer(scale, scale))
        means = search.scaling.to_z(first.means)
        share = FIRST_NOISE if first.noise is None else first.noise.weight
        return self.maximise.holding(bounded(search.family, first.weights, means, covariances, search.floor), share)

    def _step(self, parameters: Parameters, before: Step | None = None) -> Step:
        """The E step at these parameters."""
        expect, jacobian = self.search.rows.expect, self.search.jacobian(self.search.rows.expect)
        resp = np.concatenate([np.array(block) for block in expect.memberships(parameters)], axis=1)
        level = expect(parameters).log_likelihood - jacobian
        bound = level if before is None else self._bound(parameters, before.memberships.T) - jacobian
        return Step(self._mixture(parameters), resp.T, level, bound, self.maximise.log_prior(parameters))

    def _bound(self, parameters: Parameters, resp: Array) -> float:
        """Expected log density of rows and components under memberships (K or K + 1, N), and their entropy."""
        joint = parameters.log_densities(self._z.T)
        if parameters.log_noise is not None:
            joint = np.vstack([joint, np.full(joint.shape[1], parameters.log_noise)])
        expected = np.multiply(resp, joint, out=np.zeros_like(joint), where=resp > 0)
        return float(expected.sum()) + entropy_of(resp)

    def _mixture(self, parameters: Parameters) -> Mixture:
        p, scaling = parameters, self.search.scaling
        scaled = Mixture(p.weights, p.means, np.array(p.dense), self.search.family.name, p.noise)
        return scaled.rescaled(scaling.centre, scaling.scale)

    def _ending(self, best: Candidate, starts: list[int]) -> Ending:
        run, verdict, search = best.run, best.verdict, self.search
        level = run.log_likelihood - search.jacobian(search.rows.expect)
        reason = sentence(verdict, search.columns)
        return Ending(self._mixture(run.parameters), level, verdict.kind, reason, tuple(starts))


def random_starts(x: Array, n_components: int, spreads: ArrayLike, n_starts: int, seed: int) -> tuple[Mixture, ...]:
    """Starts with equal shares, means at rows of ``x`` (N, D) drawn at random, and the same ``spreads`` for all."""
    rng = np.random.default_rng(seed)
    again = len(x) < n_components
    return tuple(start_at(x[rng.choice(len(x), n_components, replace=again)], spreads) for _ in range(n_starts))


def start_at(means: ArrayLike, spreads: ArrayLike, weights: ArrayLike | None = None) -> Mixture:
    """A start with ``means`` (K, D), ``spreads`` (D,) or (K, D) along the columns, and shares (K,), else equal ones."""
    places = np.array(means, dtype=float)
    k, d = places.shape
    variances = np.broadcast_to(np.square(np.asarray(spreads, dtype=float)), (k, d))
    shares = np.full(k, 1.0 / k) if weights is None else np.array(weights, dtype=float)
    return Mixture(shares, places, variances[:, :, None] * np.eye(d), "full")


def column_spreads(x: Array) -> Array:
    """Standard deviation of each column of (N, D), 1 where all values are the same."""
    spreads = x.std(axis=0)
    return np.where(spreads > 0, spreads, 1.0)


def _search(table: Array, columns: tuple[str, ...], settings: FitSettings) -> Search:
    """The search over the table; where a column has no spread, columns are scaled by their range instead."""
    low, high = table.min(axis=0), table.max(axis=0)
    constant = low == high
    if not constant.any():
        return Search.over(table, columns, settings, None)
    if settings.noise or settings.prior is not None:
        raise DataError(
            f"{columns[int(constant.argmax())]} has the same value in all rows, so they spread over no region.",
            "Do without noise and prior, or take other rows.",
        )
    scaling = Scaling(low / 2 + high / 2, np.where(constant, 1.0, high / 2 - low / 2))
    return Search(table, columns, settings, None, get_family(settings.covariance_type), scaling)
