"""The parts of "Do the groups tell a label?": the controls, the answer, the rules, the classes, a new row, all rows."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import EXAMPLES, charts
from gmm_core.errors import GmmError
from gmm_core.model.classes.rules import RULES
from pages.shared import class_row, classing, downloads, drawing, frame, labels, session, tabbed
from pages.shared.classing import WITH_MIXTURES, Question, Told
from pages.shared.wording import counted, escaped, listed, share, some

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View
    from gmm_core.model.classes.judging import Judged
    from pages.shared.workspace import Workspace

SIMPLE, COMMONEST = "one shape", "commonest"
"""The rules that others are held against."""

EXAMPLES_WITH_LABELS = tuple(name for name, example in EXAMPLES.items() if example.label)[:3]

FOLDS = (5, 10, 20)
MOST_LEFT_OUT_ALONE = 500
"""Rows up to which leaving out one at a time is offered."""

MOST_NAMED = 2
"""Pairs of classes that the answer names."""


def board() -> None:
    """The whole page below its title."""
    answer = st.container()
    chart, side = frame.chart_and_controls()
    with side:
        question = ask()
        found = _found_or_stop(question)
        told = _chosen(found)
    with answer:
        frame.answer(verdict(found, told, question), cautions(question), _mixed_up(told.judged, question))
    if told.judged is None:
        st.stop()
    with chart:
        _confusion(told, told.judged, question)
    _tabs(question, found, told, told.judged)


def ask() -> Question:
    """Choose the label, the priors and the folds; where there is no label, say so and end the page."""
    workspace = session.workspace()
    names = labels.offered(workspace)
    if not names:
        _no_label(workspace)
        st.stop()
    key = f"classes-label-{workspace.table.digest}-{workspace.spec.label}"
    label = st.selectbox("Label to be told", names, key=key, persist_state="session")
    equal = st.segmented_control(
        "Class shares beforehand",
        ["as in the rows", "all equal"],
        default="as in the rows",
        required=True,
        key="classes-priors",
        persist_state="session",
        help="How likely each class is before a row is seen (the prior). Take all equal where the rows were picked by "
        "class, so that their shares say nothing of the rows to come.",
    )
    question = Question(workspace, str(label), equal == "all equal", FOLDS[0])
    n_rows = _rows_or_stop(question)
    offered = [n for n in FOLDS if n < n_rows] + ([n_rows] if n_rows <= MOST_LEFT_OUT_ALONE else [])
    folds = st.selectbox(
        "Rows held out",
        offered,
        format_func=lambda n: "one at a time" if n == n_rows else f"one in {n} at a time",
        key=f"classes-folds-{workspace.table.digest}",
        persist_state="session",
        help="Each row is told by what was learnt without it (cross-validation), with each class spread evenly.",
    )
    return Question(workspace, str(label), equal == "all equal", int(folds))


def _no_label(workspace: Workspace) -> None:
    """Why no column can be the label, and where there is one."""
    from gmm_core.tables.classes import no_labels_frame

    frame.answer(
        "No column of this table can be the label: none that is left holds a few classes.",
        note=f"A label has 2 to {labels.MOST_LABELS} different values and is not among the columns of the groups.",
    )
    table = no_labels_frame(workspace.table.profile, workspace.spec.columns, labels.MOST_LABELS)
    downloads.table(table, "columns", "classes-none", "Columns, and why each is no label", {})
    for name in EXAMPLES_WITH_LABELS:
        title = EXAMPLES[name].title
        st.button(f"Open {title}", key=f"classes-{name}", on_click=session.use_example, args=(name,))


def _rows_or_stop(question: Question) -> int:
    try:
        return len(question.data.codes)
    except GmmError as error:
        frame.complain(error)
        st.stop()


def _found_or_stop(question: Question) -> dict[str, Told]:
    plain = classing.plain(question)
    if plain is None:
        st.stop()
    found = {**plain, **classing.mixtures_known(question)}
    return found if WITH_MIXTURES in found else {**found, **(classing.mixtures(question) or {})}


def _chosen(found: dict[str, Told]) -> Told:
    """The rule that is looked at: first the one with the best log score."""
    best = min((told for told in found.values() if told.judged), key=lambda told: _score(told.judged))
    names = list(found)
    name = st.radio(
        "Rule",
        names,
        index=names.index(best.rule.name),
        format_func=lambda each: RULES[each].words,
        captions=[RULES[each].note for each in names],
        key=f"classes-rule-{len(names)}",
    )
    return found[str(name)]


def _score(judged: Judged | None) -> float:
    return judged.log_score if judged is not None else float("inf")


def verdict(found: dict[str, Told], told: Told, question: Question) -> str:
    """How well the label is told, beside the simple rule and the commonest class, in a sentence."""
    if told.judged is None:
        return escaped(told.problem)
    base = found[COMMONEST].judged
    assert base is not None, "it can always be had"
    wrong = told.judged.error
    start = _word(told, wrong / base.error if base.error else 1.0, escaped(question.label))
    others = [
        f"{share(each.error)} {words}"
        for name, words in ((SIMPLE, "with one Gaussian a class of one shape"), (COMMONEST, "by the commonest class"))
        if name in found and (each := found[name].judged) is not None and name != told.rule.name
    ]
    return f"{start} {share(wrong)} of rows held out are told wrongly, against {listed(others)}."


def _word(told: Told, left: float, label: str) -> str:
    """How far the columns tell the label, by what is left of the error of the commonest class."""
    if told.rule.name == COMMONEST:
        return "Without a look at the columns"
    if left < 0.15:
        return f"Yes, the columns tell {label}:"
    return f"In part, the columns tell {label}:" if left < 0.8 else f"No, the columns hardly tell {label}:"


def _mixed_up(judged: Judged | None, question: Question) -> str:
    """Which classes are taken for which."""
    if judged is None:
        return ""
    if not judged.mistakes:
        return "No two classes are mixed up."
    shown = [f"{n:,.0f} of {escaped(true)} for {escaped(told)}" for true, told, n in judged.mistakes[:MOST_NAMED]]
    return f"Most often mixed up: {listed(shown)}. Told from {escaped(some(question.features.columns))}."


def cautions(question: Question) -> list[str]:
    """Rows that play no part, and classes with few."""
    features, data = question.features, question.data
    found = []
    if unlabelled := len(features.rows) - len(data.codes):
        found.append(
            f"{counted(unlabelled, 'row')} without a label are not learnt from; the file below tells them, too."
        )
    if features.n_dropped:
        found.append(f"{counted(features.n_dropped, 'row')} with gaps are left out.")
    if question.equal_priors:
        found.append("All classes are taken as equally likely beforehand; the error counts the rows as they are.")
    needed = features.values.shape[1] + 1
    few = [name for code, name in enumerate(data.classes) if (data.codes == code).sum() < 2 * needed]
    if few:
        verb = "has" if len(few) == 1 else "have"
        found.append(f"{escaped(some(few))} {verb} few rows for a free shape in {counted(needed - 1, 'column')}.")
    return found


def _confusion(told: Told, judged: Judged, question: Question) -> None:
    from gmm_core.tables.classes import confusion_frame

    def make() -> View:
        return charts.cross_table(confusion_frame(judged), x_title="Class told", y_title="True class")

    drawing.chart("classes-confusion", f"{question.key}|{told.rule.name}", make, "Rows by true class and class told")
    st.caption(f"{escaped(told.rule.words)}: rows by true class and by the class told when they were held out.")


def _tabs(question: Question, found: dict[str, Told], told: Told, judged: Judged) -> None:
    tabbed.tabs(
        "classes-tabs",
        {
            "Rules": lambda: _rules(found),
            "Classes": lambda: _classes(told, judged),
            "A new row": lambda: class_row.section(question, told),
            "All rows": lambda: _rows(question, told, judged),
        },
    )


def _rules(found: dict[str, Told]) -> None:
    from gmm_core.tables.classes import rules_frame

    table = rules_frame({told.rule.words: told.judged for told in found.values() if told.judged is not None})
    decimals = {"error": 3, "standard error": 3, "log score": 3, "Brier score": 3}
    downloads.table(table, "rules", "classes-rules", "How well each rule tells the class", decimals)
    st.caption(
        "Lower is better in each column. Error: share of rows told wrongly. The log score and the Brier score also "
        "punish probabilities that are surer than they should be."
    )
    for told in found.values():
        if told.problem:
            st.caption(f":material/warning: {escaped(told.rule.words)}: {escaped(told.problem)}")


def _classes(told: Told, judged: Judged) -> None:
    from gmm_core.tables.classes import classes_frame

    assert told.classifier is not None, "what is judged is learnt"
    table = classes_frame(told.classifier, judged)
    downloads.table(table, "classes", "classes-table", "What was learnt of each class", {"prior": 3, "told wrongly": 3})


def _rows(question: Question, told: Told, judged: Judged) -> None:
    frame_of = _probabilities(question, told, judged)
    st.dataframe(frame_of.head(200), key="classes-rows", alt="The first rows with the class told", hide_index=True)
    st.caption(
        "Labelled rows are told by what was learnt without them, the others by all labelled rows. "
        + (f"The first 200 of {counted(len(frame_of), 'row')}; the file has all." if len(frame_of) > 200 else "")
    )
    name = f"{PurePath(question.workspace.table.name).stem} told"
    downloads.button(lambda: _probabilities(question, told, judged), name, "classes-rows-csv")


def _probabilities(question: Question, told: Told, judged: Judged) -> pd.DataFrame:
    from gmm_core.tables.classes import told_rows

    assert told.classifier is not None, "what is judged is learnt"
    return told_rows(question.workspace.table.frame, question.features, question.labels, told.classifier, judged)
