"""The tables of "Can a label be predicted?": rules, classes, and all rows with their predicted class."""

from __future__ import annotations

import math
from pathlib import PurePath
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared import downloads, on_screen
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
    digits = [math.ceil(-math.log10(error)) for error in table["standard error"] if error > 0]
    decimals = dict.fromkeys(["error", "standard error"], max([3, *digits])) | {"log score": 3, "Brier score": 3}
    downloads.table(table, "rules", "classes-rules", "How well each rule predicts the class", decimals)
    st.caption(
        "Lower is better in each column. Error: share of rows predicted wrongly. The log score and the Brier score "
        "also punish probabilities that are surer than they should be."
    )
    for told in found.values():
        if told.problem:
            st.caption(f":material/warning: {escaped(told.rule.words)}: {escaped(told.problem)}")


def classes(told: Told, judged: Judged) -> None:
    """What was learnt of each class."""
    from gmm_core.tables.classes import classes_frame

    assert told.classifier is not None, "what is judged is learnt"
    table = classes_frame(told.classifier, judged)
    decimals = {"rows": int((judged.data.weights % 1 > 0).any()), "prior": 3, "predicted wrongly": 3}
    downloads.table(table, "classes", "classes-table", "What was learnt of each class", decimals)


def rows(question: Question, told: Told, judged: Judged) -> None:
    """The first rows with their predicted class, and all of them as a file."""
    made = _probabilities(question, told, judged)
    st.caption("Labelled rows are predicted from what was learnt without them, the others from all labelled rows.")
    first_rows(made, frame_of(question.workspace).shape[1], "classes-rows")
    name = f"{PurePath(question.workspace.table.name).stem} predicted"
    downloads.button(lambda: _probabilities(question, told, judged), name, "classes-rows-csv")


def first_rows(made: pd.DataFrame, n_own: int, key: str) -> None:
    """The first rows of a table with their predicted classes, which come after its ``n_own`` columns."""
    chances = made.columns[n_own:].intersection(made.select_dtypes("float").columns)
    shown = for_the_eye(made.head(MOST_SHOWN), dict.fromkeys(chances, 3))
    on_screen.table(shown, key=key, alt="The first rows with their predicted class", hide_index=True)
    if len(made) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN} of {counted(len(made), 'row')}; the file has all.")


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
