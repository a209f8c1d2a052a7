"""The loaded table's fit beside scikit-learn's of the same rows: log-likelihood, agreement of the labels, time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import fit_mixture
from gmm_core.model.choice.agreement import adjusted_rand
from gmm_core.model.families import COMMON, get_family
from gmm_core.model.scikit_learn import sklearn_fit
from pages.shared import frame, jobs, on_screen, session
from pages.shared.asked import asked
from pages.shared.results import named
from pages.shared.wording import counted, number

if TYPE_CHECKING:
    from gmm_core.model.watching import Progress
    from gmm_core.tables.features import FeatureMatrix
    from pages.shared.workspace import Workspace

SAME = 0.01
"""Nats between fits that count as the same height."""


@dataclass(frozen=True)
class Beside:
    """What both fits came to; log-likelihoods in nats, of the features as they were fitted, times in seconds."""

    ours: float
    theirs: float
    our_seconds: float
    their_seconds: float
    agreement: float
    converged: bool


def panel() -> None:
    """The comparison, made when it is asked for."""
    loaded = session.workspace()
    workspace = loaded.with_spec(weights=None, gaps="drop" if loaded.spec.gaps == "em" else loaded.spec.gaps)
    features = frame.features_or_stop(workspace)
    if workspace.settings.covariance_type not in COMMON:
        st.caption("scikit-learn has no such shape as is chosen, so both fit free ones.")
        workspace = workspace.with_settings(covariance_type="full")
    settings = workspace.settings
    st.caption(
        f"{counted(len(features.values), 'row')} of the loaded table, {counted(settings.n_components, 'group')}, "
        f"{get_family(settings.covariance_type).words}, {counted(settings.n_init, 'start')} each; without noise, "
        "prior, weights and rows with gaps, which scikit-learn does not know."
    )

    def work(report: jobs.Report) -> Beside | None:
        return _compared(workspace, features, report)

    key = f"{loaded.key}|{settings!r}"  # begins as the session expects of work on the loaded columns
    found = asked("sklearn", key, "Compare with scikit-learn", float(len(features.values)) / 1e4, work)
    if found is not None:
        _show(found)


def _compared(workspace: Workspace, features: FeatureMatrix, report: jobs.Report) -> Beside | None:
    """Both fits; None where it was stopped before the second."""
    settings = replace(workspace.settings, noise=False, prior=None, equal_weights=False)
    x: Any = features.values
    sklearn_fit(x[: 10 * settings.n_components], 1, settings.covariance_type, 1, 0)  # loads the library
    begun = perf_counter()
    ours = fit_mixture(named(features), settings, watch=lambda progress: report(*_place(progress)))
    between = perf_counter()
    if not report(0.5, "scikit-learn's fit"):
        return None
    theirs = sklearn_fit(x, settings.n_components, settings.covariance_type, settings.n_init, settings.seed)
    ended = perf_counter()
    agreement = adjusted_rand(ours.mixture.labels(x), theirs.predict(x))
    level = float(theirs.score(x)) * len(x)
    return Beside(ours.log_likelihood, level, between - begun, ended - between, agreement, bool(theirs.converged_))


def _place(progress: Progress) -> tuple[float, str]:
    """Share done and words for where our fit is; the other one, which cannot tell, is taken to be half of the work."""
    return 0.5 * progress.start / (progress.n_starts + 1), "Our fit"


def _show(found: Beside) -> None:
    import pandas as pd

    table = pd.DataFrame(
        {
            "": ["here", "scikit-learn"],
            "log-likelihood": [f"{found.ours:,.3f}", f"{found.theirs:,.3f}"],
            "seconds": [f"{found.our_seconds:.3f}", f"{found.their_seconds:.3f}"],
        }
    )
    on_screen.table(table, hide_index=True, key="sklearn-table", alt="Our fit beside scikit-learn's")
    st.markdown(_sentence(found))


def _sentence(found: Beside) -> str:
    lead = found.ours - found.theirs
    height = (
        "Both reach the same log-likelihood."
        if abs(lead) < SAME
        else f"Ours is {number(abs(lead))} nats {'higher' if lead > 0 else 'lower'}."
    )
    if lead < -SAME:
        height += " A higher one may belong to a group that has collapsed, which is refused here."
    late = "" if found.converged else " scikit-learn did not converge."
    return (
        f"{height} The labels agree to {found.agreement:.3f} (adjusted Rand index: 1 is the same groups, 0 is chance)."
        f"{late} Stopping rules and starts differ, so the times compare defaults, not single steps."
    )
