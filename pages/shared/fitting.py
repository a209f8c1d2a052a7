"""The workspace's fit: the one that is known, or one that the session's job runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gmm_core import Fit, Mixture, fit_mixture
from gmm_core.errors import GmmError
from gmm_core.model.watching import Progress, Watch
from pages.shared import jobs
from pages.shared.effort import agreed
from pages.shared.results import Fitted, features_of, named, predicted
from pages.shared.stores import store
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    from gmm_core.tables.features import FeatureMatrix


def fitted(workspace: Workspace) -> Fitted | None:
    """The workspace's fit, or None while it runs or waits for a go; the page then says which.

    Raises
    ------
    GmmError
        Where there is none: the sentence says why, and what to do.
    """
    features = features_of(workspace)
    key = workspace.fit_key
    fit = store("fits", 64).get(key)
    return _run_fit(workspace, features, key) if fit is None else Fitted(workspace, features, fit)


def known_fit(workspace: Workspace) -> Fitted | None:
    """The workspace's fit where it is there already; none is begun."""
    fit, job = store("fits", 64).get(workspace.fit_key), jobs.current("fit")
    if fit is not None:
        return Fitted(workspace, features_of(workspace), fit)
    if job is None or job.key != workspace.fit_key or job.live or job.result is None:
        return None
    return Fitted(workspace, features_of(workspace), job.result, job.serial if job.stopped else 0)


def _run_fit(workspace: Workspace, features: FeatureMatrix, key: str) -> Fitted | None:
    """The fit by the session's job; one that was stopped early serves this session only."""
    settings = workspace.settings
    cost = predicted(features, [settings]) * (settings.n_components if workspace.guided else 1)
    if not agreed("fit", key, cost, f"Fit {len(features.values):,} rows"):
        return None

    def work(report: jobs.Report) -> Fit:
        return _guided_fit(features, workspace, lambda progress: report(*_place(progress)))

    job = jobs.start("fit", key, work)
    if not job.ended_soon():
        jobs.show("fit")
        return None
    if job.error is not None:
        raise job.error
    if not job.stopped:
        store("fits", 64).put(key, job.result)
    return Fitted(workspace, features, job.result, job.serial if job.stopped else 0)


def _guided_fit(features: FeatureMatrix, workspace: Workspace, watch: Watch) -> Fit:
    """The workspace's fit; a guided one from all with fewer groups, as ``compare_cells`` has it."""
    data, k = named(features), workspace.settings.n_components
    guides: list[Mixture] = []
    for n in range(1, k) if workspace.guided else ():
        settings = replace(workspace.settings, n_components=n)
        try:
            guides = [fit_mixture(data, settings, None, watch, False, features.weights, guides).mixture]
        except GmmError:
            guides = []
    return fit_mixture(data, workspace.settings, watch=watch, weights=features.weights, guides=guides)


def _place(progress: Progress) -> tuple[float, str]:
    """Share done and words for where a fit is; starts on a sample are followed by one run on all rows."""
    polishing = progress.start == progress.n_starts
    text = "All rows, from the best start" if polishing else f"Start {progress.start + 1} of {progress.n_starts}"
    return progress.start / (progress.n_starts + 1), f"{text}, pass {progress.iteration + 1} over the rows"
