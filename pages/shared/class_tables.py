"""The tables of "Do the groups tell a label?": rules, classes, and all rows with the class they are told."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared import downloads
from pages.shared.classing import Question, Told
from pages.shared.digits import for_the_eye
from pages.shared.stores import kept
from pages.shared.tables import frame_of
from pages.shared.wording import counted, escaped

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.model.classes.judging import Judged

MOST_SHOWN = 200
"""Rows on screen; the file has all."""


def rules(found: dict[str, Told]) -> None:
    """How well each rule does, and why some cannot be had."""
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


def classes(told: Told, judged: Judged) -> None:
    """What was learnt of each class."""
    from gmm_core.tables.classes import classes_frame

    assert told.classifier is not None, "what is judged is learnt"
    table = classes_frame(told.classifier, judged)
    decimals = {"rows": int((judged.data.weights % 1 > 0).any()), "prior": 3, "told wrongly": 3}
    downloads.table(table, "classes", "classes-table", "What was learnt of each class", decimals)


def rows(question: Question, told: Told, judged: Judged) -> None:
    """The first rows with the class told, and all of them as a file."""
    made = _probabilities(question, told, judged)
    first, added = made.head(MOST_SHOWN), made.columns[question.workspace.table.frame.shape[1] + 2 :]
    st.dataframe(
        for_the_eye(first, dict.fromkeys(added, 3)),
        key="classes-rows",
        alt="The first rows with the class told",
        hide_index=True,
    )
    more = (
        f" The first {MOST_SHOWN} of {counted(len(made), 'row')}; the file has all." if len(made) > MOST_SHOWN else ""
    )
    st.caption(f"Labelled rows are told by what was learnt without them, the others by all labelled rows.{more}")
    name = f"{PurePath(question.workspace.table.name).stem} told"
    downloads.button(lambda: _probabilities(question, told, judged), name, "classes-rows-csv")


def _probabilities(question: Question, told: Told, judged: Judged) -> pd.DataFrame:
    from gmm_core.tables.classes import told_rows

    assert told.classifier is not None, "what is judged is learnt"
    frame, classifier = frame_of(question.workspace), told.classifier
    return kept(
        "told-rows",
        2,
        f"{question.key}|{told.rule.name}",
        lambda: told_rows(frame, question.features, question.labels, classifier, judged),
    )
