"""The parts of "Can a label be predicted?": what is asked, which rule is looked at, and where the rest stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import EXAMPLES
from gmm_core.errors import GmmError
from gmm_core.model.classes.rules import RULES
from pages.shared import (
    class_file,
    class_pictures,
    class_row,
    class_tables,
    class_words,
    classing,
    downloads,
    frame,
    labels,
    session,
    tabbed,
)
from pages.shared.classing import COMMONEST, WITH_MIXTURES, Question, Told
from pages.shared.tables import profile_of_all
from pages.shared.terms import help_of
from pages.shared.wording import counted, escaped

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from gmm_core.model.classes.judging import Judged
    from pages.shared.workspace import Workspace

EXAMPLES_WITH_LABELS = tuple(name for name, example in EXAMPLES.items() if example.label)[:3]
"""Offered where a table has no label."""

FOLDS = (5, 10, 20)
MOST_LEFT_OUT_ALONE = 500
"""Rows up to which leaving out one at a time is offered."""

AS_THEY_ARE, EQUAL = "as in the rows", "all equal"
"""Ways to set the class priors."""


def board() -> None:
    """The whole page below its title."""
    workspace = session.workspace()
    names = labels.offered(workspace)
    if not names:
        _no_label(workspace)
        return
    answer = st.container()
    chart, side = frame.chart_and_controls()
    with side:
        label, rule = _label(workspace, names), st.container()
        question = _question(workspace, label, answer)
        found = _found_or_stop(question, answer, chart)
        with rule:
            told = _chosen(found)
    with answer:
        said = class_words.verdict(found, told, question)
        frame.answer(said, class_words.cautions(question), class_words.mixed_up(told.judged, question))
    if told.judged is None:
        with chart:
            class_tables.rules(found)
        return
    with chart:
        class_pictures.confusion(told, told.judged, question)
        class_pictures.map_of(told, told.judged, question)
    _tabs(question, found, told, told.judged)


def _label(workspace: Workspace, names: list[str]) -> str:
    key = f"classes-label-{workspace.table.digest}-{workspace.spec.label}"
    found = str(st.selectbox("Label to predict", names, key=key, persist_state="session"))
    kept_aside = workspace.spec.label
    if kept_aside is not None and kept_aside not in names:
        st.caption(f"{escaped(kept_aside)} has not between 2 and {labels.MOST_LABELS} different values.")
    return found


def _question(workspace: Workspace, label: str, answer: DeltaGenerator) -> Question:
    """Choose the priors and the folds; where the label tells no classes apart, say so above and end the page."""
    priors = st.segmented_control(
        "Class shares beforehand",
        [AS_THEY_ARE, EQUAL],
        default=AS_THEY_ARE,
        required=True,
        key="classes-priors",
        persist_state="session",
        help=help_of(
            "class",
            "How likely each class is before a row is seen (the prior). Take all equal where the rows were picked by "
            "class, so that their shares say nothing of the rows to come.",
        ),
    )
    with answer:
        n_rows = _rows_or_stop(Question(workspace, label, priors == EQUAL, FOLDS[0]))
    folds = st.selectbox(
        "Rows held out",
        [n for n in FOLDS if n < n_rows] + ([n_rows] if n_rows <= MOST_LEFT_OUT_ALONE else []),
        format_func=lambda n: "one row at a time" if n == n_rows else f"one in {n} at a time",
        key=f"classes-folds-{workspace.table.digest}",
        persist_state="session",
        help=help_of("cross-validation", "Each class is spread evenly over the parts."),
    )
    return Question(workspace, label, priors == EQUAL, int(folds))


def _no_label(workspace: Workspace) -> None:
    """Why no column can be the label, and where there is one."""
    from gmm_core.tables.classes import no_labels_frame

    frame.answer(
        "No column of this table can be the label: none that is left holds a few classes.",
        note=f"A label has 2 to {labels.MOST_LABELS} different values and is not among the columns of the groups.",
    )
    table = no_labels_frame(profile_of_all(workspace), workspace.spec.columns, labels.MOST_LABELS)
    downloads.table(table, "columns", "classes-none", "Columns, and why each is no label", {})
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Examples with a label:", width="content")
        for name in EXAMPLES_WITH_LABELS:
            st.button(EXAMPLES[name].title, key=f"classes-{name}", on_click=session.use_example, args=(name,))


def _rows_or_stop(question: Question) -> int:
    try:
        return len(question.data.codes)
    except GmmError as error:
        frame.complain(error)
        st.stop()


def _found_or_stop(question: Question, answer: DeltaGenerator, chart: DeltaGenerator) -> dict[str, Told]:
    """What the rules say of all rows; until that is known, show what a sample tells, and end the page."""
    plain = classing.plain(question)
    if plain is None:
        _first_look(question, answer, chart)
        st.stop()
    found = {**plain, **classing.mixtures_known(question)}
    return found if WITH_MIXTURES in found else {**found, **(classing.mixtures(question) or {})}


def _first_look(question: Question, answer: DeltaGenerator, chart: DeltaGenerator) -> None:
    found = classing.at_once(question)
    told = _best(found) if found else None
    if told is None or told.judged is None:
        with answer:
            frame.answer(f"Whether the columns predict {escaped(question.label)}: {class_words.WHAT_COMES}")
        return
    sampled = question.sampled
    size = f"{len(sampled.data.codes):,} of {counted(len(question.data.codes), 'row')}"  # it may have gaps, too
    with answer:
        said = class_words.verdict(found, told, question)
        frame.answer(said, note=f"From a sample of {size}, by one Gaussian a class. {class_words.WHAT_COMES}")
    with chart:
        class_pictures.confusion(told, told.judged, sampled)
        class_pictures.map_of(told, told.judged, sampled)


def _best(found: dict[str, Told]) -> Told:
    """Of the rules that look at the columns, the one with the best log score."""
    looking = [told for name, told in found.items() if told.judged and name != COMMONEST]
    return min(looking or found.values(), key=lambda told: _score(told.judged))


def _chosen(found: dict[str, Told]) -> Told:
    """The rule that is looked at, the best one first."""
    best = _best(found)
    names = list(found)
    name = st.selectbox(
        "Rule",
        names,
        index=names.index(best.rule.name),
        format_func=lambda each: RULES[each].words,
        key=f"classes-rule-{len(names)}",
        persist_state="session",
    )
    st.caption(RULES[str(name)].note)
    return found[str(name)]


def _score(judged: Judged | None) -> float:
    return judged.log_score if judged is not None else float("inf")


def _tabs(question: Question, found: dict[str, Told], told: Told, judged: Judged) -> None:
    tabbed.tabs(
        "classes-tabs",
        {
            "Rules": lambda: class_tables.rules(found),
            "Classes": lambda: class_tables.classes(told, judged),
            "A new row": lambda: class_row.section(question, told),
            "Another file": lambda: class_file.section(question, told),
            "All rows": lambda: class_tables.rows(question, told, judged),
        },
    )
