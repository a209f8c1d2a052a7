"""Solutions of neighbouring models as places where EM may start: as they are, or with a group parted in two."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.em.loop import run_em
from gmm_core.model.em.maximisation import bounded
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.mixture import Mixture
from gmm_core.model.saddles import pushed_apart
from gmm_core.model.search import SHORT, Search
from gmm_core.model.solutions import Candidate
from gmm_core.model.watching import Watch, Watcher


def guided(
    search: Search, guides: Sequence[Mixture], before: Sequence[Candidate], watch: Watch | None
) -> Iterator[Candidate]:
    """Where EM ends from the ``guides``, mixtures of K or K - 1 groups in the units of the table.

    Of the starts that a guide gives the most promising is tried; the next only as long as no sound solution, of these
    or of ``before``, is as likely as the guide. As in a rescue, components that can't win are moved elsewhere.
    """
    best, n_tried = max((_level(candidate) for candidate in before), default=-inf), len(before)
    for guide in guides:
        level, starts = _starts(search, guide)
        for start in starts:
            watcher = Watcher(watch, n_tried, n_tried + 1, search.jacobian(search.rows.expect_scouts))
            rng = np.random.default_rng([search.settings.seed, n_tried])
            candidate = search.scout_runs.rescued(search.rows.expect_scouts, start, rng, watcher)
            n_tried += 1
            yield candidate
            if watcher.stopped:
                return
            best = max(best, _level(candidate))
            if best >= level:
                break


def _level(candidate: Candidate) -> float:
    return candidate.run.log_likelihood if candidate.verdict.sound else -inf


def _starts(search: Search, guide: Mixture) -> tuple[float, list[Parameters]]:
    """The log-likelihood of a guide, and the starts that it gives, the most promising first.

    Where it has a group too few, each is parted in turn: its halves keep its shape, and are pushed apart along its
    longest axis.

    Source: Ueda, Nakano, Ghahramani and Hinton (2000), SMEM algorithm for mixture models, Neural Computation 12,
    section 3.2, who part a component of a solution so and go on from there.
    """
    centre, scale = search.scaling.centre, search.scaling.scale
    scaled = guide.rescaled(-centre / scale, 1.0 / scale)
    if scaled.n_components == search.settings.n_components:
        same = _with(search, scaled, np.arange(scaled.n_components))
        return search.rows.expect_scouts(same).log_likelihood, [same]
    doubled = [_doubled(search, scaled, component) for component in range(scaled.n_components)]
    starts = [_parted(search, double, component) for component, double in enumerate(doubled)]
    runs = [run_em(search.rows.expect_short, start, search.maximise, SHORT) for start in starts]
    runs.sort(key=lambda run: run.objective, reverse=True)
    return search.rows.expect_scouts(doubled[0]).log_likelihood, [run.parameters for run in runs]


def _with(search: Search, scaled: Mixture, components: NDArray[np.intp]) -> Parameters:
    """The chosen components of a mixture as parameters of the search's family."""
    covariances = search.family.form.from_dense(scaled.covariances[components])
    weights, means = scaled.weights[components], scaled.means[components]
    return replace(bounded(search.family, weights, means, covariances, search.floor), noise=scaled.noise)


def _doubled(search: Search, scaled: Mixture, component: int) -> Parameters:
    """The same mixture, with a component written as two equal ones of half its weight, one of them last."""
    double = _with(search, scaled, np.append(np.arange(scaled.n_components), component))
    weights = double.weights.copy()
    weights[[component, -1]] /= 2
    return replace(double, weights=weights)


def _parted(search: Search, double: Parameters, component: int) -> Parameters:
    return pushed_apart(double, (component, double.n_components - 1), search.family, search.floor)
