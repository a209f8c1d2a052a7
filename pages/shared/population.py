"""Whether there are groups at all: one population, skewed or not, is set against them."""

from __future__ import annotations

import streamlit as st

from gmm_core.model.choice.one_population import OnePopulation, against_one_population
from gmm_core.model.families import get_family
from gmm_core.model.watching import Stopping
from pages.shared import jobs, session, testing
from pages.shared.asked import asked, known
from pages.shared.effort import SECONDS_WITHOUT_ASKING
from pages.shared.one_or_several import outcome, said
from pages.shared.results import Fitted, named, predicted
from pages.shared.wording import escaped, listed, several

BY_SKEW = ("several skewed", "skewed one", "open")
"""Outcomes that may change once skewed columns are transformed."""

SKEWED = "Fitting as many groups that may each be skewed"


def section(fitted: Fitted) -> None:
    """The groups of a fit against one population."""
    settings = fitted.workspace.settings
    if fitted.mixture.n_components == 1:
        st.markdown("The fit has one group. Choose two or more to set them against one population.")
        return
    model = f"{several(settings.n_components, 'group')}, {get_family(settings.covariance_type).words}"
    st.markdown(f"Would one population do as well as these groups ({model}), if it may be skewed?")
    found = _compared(fitted)
    if found is None:
        return
    case = outcome(found.kind, settings.n_components)
    st.markdown(f"**{said(case, testing.second_needed(session.workspace()))}**")
    st.caption(_figures(found))
    skewed = [escaped(name) for name, power in zip(fitted.features.feature_names, found.powers, strict=True) if power]
    if skewed:
        are, come = ("is", "it comes") if len(skewed) == 1 else ("are", "they come")
        st.caption(f"{listed(skewed)} {are} skewed as a whole; as powers {come} nearer to one bell shape.")
        if found.kind in BY_SKEW:
            st.page_link("pages/data/features.py", label="Transform skewed columns first", icon=":material/build:")
    st.caption("This looks for skew only: one population with long tails on both sides still counts as groups here.")


def known_outcome(fitted: Fitted) -> OnePopulation | None:
    """What was worked out."""
    found: OnePopulation | None = known("population", _key(fitted))
    return found


def _compared(fitted: Fitted) -> OnePopulation | None:
    settings, features = fitted.workspace.settings, fitted.features
    cost = 2 * predicted(features, [settings])

    def work(report: jobs.Report) -> OnePopulation | None:
        watch = Stopping(lambda progress: report(progress.start / (progress.n_starts + 1), SKEWED))
        report(0.0, "Fitting one population that may be skewed")
        found = against_one_population(fitted.fit, named(features), settings, features.weights, watch)
        return None if watch.stopped else found

    found: OnePopulation | None = asked("population", _key(fitted), "Compare", cost, work, SECONDS_WITHOUT_ASKING)
    return found


def _key(fitted: Fitted) -> str:
    return f"{fitted.key}|population"


def _figures(found: OnePopulation) -> str:
    figures = {
        "the groups": found.groups,
        "as many skewed groups": found.skewed_groups,
        "one bell shape": found.one,
        "one skewed population": found.skewed,
    }
    lowest = min(figures.values())
    above = [f"{name} {value - lowest:,.1f}" for name, value in figures.items() if value < float("inf")]
    return f"BIC above the lowest (6 or more is firm): {', '.join(above)}."
