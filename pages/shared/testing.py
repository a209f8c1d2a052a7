"""Whether one group more is needed, by a bootstrap test: asked for, then said in plain words."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from gmm_core.model.choice.bootstrap import RatioTest, likelihood_ratio_test
from gmm_core.model.families import get_family
from pages.shared import drawing, jobs, session
from pages.shared.asked import asked, known
from pages.shared.results import features_of, named, predicted
from pages.shared.terms import help_of
from pages.shared.verdict import DOUBTFUL
from pages.shared.wording import count_word, counted, escaped, probability, several
from pages.shared.workspace import MOST_GROUPS, Workspace

if TYPE_CHECKING:
    from gmm_core.tables.features import FeatureMatrix

N_DRAWN = 99
"""Tables drawn: with as many the smallest p-value is 0.01."""

ENOUGH = 10
"""Tables that do as well as the data, after which no more are drawn: the p-value is large, whatever follows."""

FEWEST = 19
"""Tables without which no p-value can be as small as 0.05."""


def section(key: str) -> None:
    """Choose a number of groups, and test it against one more."""
    workspace = session.workspace()
    shape = get_family(workspace.settings.covariance_type).words
    st.markdown(
        "Is one group more than chance? Tables are drawn at random from the fit with fewer groups, and both models are "
        f"fitted to each of them. The groups have the shape that is chosen on Fit: {shape}."
    )
    chosen = workspace.settings.n_components
    k = st.selectbox(
        "Compare",
        range(1, MOST_GROUPS),
        index=max(chosen - 2, 0),
        format_func=lambda k: f"{several(k, 'group')} against {count_word(k + 1)}",
        key=f"{key}-{chosen}",
        persist_state="session",
        help=help_of("test of one more group", "The parametric bootstrap of the likelihood ratio (McLachlan 1987)."),
    )
    test = _tested(workspace, int(k))
    if test is None:
        return
    st.markdown(f"**{verdict(test)}**")
    _chart(workspace, test)
    for caution in cautions(test):
        st.caption(f":material/warning: {caution}")


def known_tests(workspace: Workspace) -> list[RatioTest]:
    """Those that are done for the shape chosen and can tell, the small numbers of groups first."""
    found = [known("test", _key(workspace, k)) for k in range(1, MOST_GROUPS)]
    return [test for test in found if test is not None and tells(test)]


def second_needed(workspace: Workspace) -> bool | None:
    """Whether the test of one group against two asks for the second, None where that is not known."""
    found = [test for test in known_tests(workspace) if test.n_components == 1]
    return not found[0].unsound and found[0].p_value <= DOUBTFUL if found else None


def tells(test: RatioTest) -> bool:
    """Whether there is an answer: enough tables were drawn, or one group more has no sound fit."""
    return test.settled or bool(test.unsound) or len(test.replicates) >= FEWEST


def _chart(workspace: Workspace, test: RatioTest) -> None:
    from gmm_core.tables.uncertainty import statistics_frame

    if not len(test.replicates):
        return
    title = "Twice the gain in log-likelihood from one group more"
    drawn = partial(charts.chance, statistics_frame(test), observed=test.statistic, x_title=title, note="your table")
    alt = "The gain in each of the tables drawn, and in yours"
    drawing.chart(
        "test-chart", f"{workspace.key}|{test.n_components}|{test.statistic}|{len(test.replicates)}", drawn, alt
    )


def _tested(workspace: Workspace, k: int) -> RatioTest | None:
    features = features_of(workspace)
    settings = replace(workspace.settings, n_components=k)

    def work(report: jobs.Report) -> RatioTest:
        def watch(test: RatioTest) -> bool:
            drawn = len(test.replicates) + test.n_failed
            text = f"{drawn} of at most {counted(N_DRAWN, 'table')} drawn and fitted, {against}"
            return report(test.share_done, text, paced=True)

        return likelihood_ratio_test(named(features), settings, N_DRAWN, watch, features.weights, ENOUGH)

    against = f"{several(k, 'group')} against {count_word(k + 1)}"
    label = f"Draw {N_DRAWN} tables and fit them"
    found: RatioTest | None = asked("test", _key(workspace, k), label, _cost(features, workspace, k), work)
    return found


def _key(workspace: Workspace, k: int) -> str:
    return f"{workspace.key}|{replace(workspace.settings, n_components=k)!r}|{N_DRAWN}"


def _cost(features: FeatureMatrix, workspace: Workspace, k: int) -> float:
    """Each table is fitted from three starts for K groups, and from K + 2 for one more."""
    both = [replace(workspace.settings, n_components=k + more, n_init=n) for more, n in ((0, 3), (1, k + 2))]
    return N_DRAWN * predicted(features, both)


def verdict(test: RatioTest) -> str:
    """What the test says, in a sentence."""
    k, drawn = test.n_components, len(test.replicates)
    fewer, more = several(k, "group"), several(k + 1, "group")
    if test.unsound:
        return f"No sound fit with {more} of this shape, so nothing here asks for more than {fewer}."
    if not tells(test):
        return f"{counted(drawn, 'table')} drawn: too few to tell."
    least = test.p_value <= DOUBTFUL
    enough = "One bell shape is not enough" if k == 1 else f"At least {more}"
    answer = enough if least else f"No need for more than {fewer}"
    reached = f"{counted(test.n_reached, 'table')} of {drawn:,}" if test.n_reached else f"none of {drawn:,} tables"
    return (
        f"{answer}: in {reached} drawn from {fewer} does one group more gain as much as in yours "
        f"(p {probability(test.p_value)})."
    )


def cautions(test: RatioTest) -> list[str]:
    """What to beware of in this test."""
    if test.unsound:
        return [escaped(test.unsound)]
    found, done = [], len(test.replicates) + test.n_failed
    if tells(test) and test.p_value <= DOUBTFUL:
        found.append("Skew alone can make this test ask for more groups: the tab “Any groups?” tells skew from groups.")
    if not test.settled and done < test.n_replicates:
        found.append(f"Stopped after {counted(done, 'table')}; with more the p-value may still move.")
    if test.settled:
        found.append(f"Ended early: {ENOUGH} tables had done as well, so the p-value is not small.")
    if test.n_failed:
        found.append(f"{counted(test.n_failed, 'table')} had no sound fit and did not count.")
    if test.n_negative:
        found.append(
            f"In {counted(test.n_negative, 'table')} the larger model was fitted worse than the smaller one, so p may "
            "be too small."
        )
    return found
