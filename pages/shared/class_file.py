"""A second file predicted by the chosen rule; where it has the label too, how many rows are predicted wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core.errors import GmmError
from gmm_core.model.classes.judging import Judged
from gmm_core.model.classes.labelled import Labelled
from pages.shared import class_pictures, class_tables, downloads, frame, scored_source, second
from pages.shared.classing import Question, Told
from pages.shared.stores import kept
from pages.shared.wording import counted, escaped, listed, share

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.tables.new_rows import NewRows
    from pages.shared.workspace import LoadedTable

MOST_NAMED = 5
"""Labels that were not learnt of which a sentence tells."""


@dataclass(frozen=True, eq=False)
class Predicted:
    """The second file with its predicted classes; how good these are, and rows with other labels, where it has labels.

    ``unlearnt`` are the labels that were not learnt, each with its number of rows.
    """

    rows: pd.DataFrame
    new: NewRows
    judged: Judged | None
    unlearnt: dict[str, int]


def section(question: Question, told: Told) -> None:
    """Give a file, and see its rows' classes."""
    with st.container(horizontal=True):
        scored_source.upload("Predict another file")
    scored_source.complain(second.complaint(), "What was here before still is.")
    table = second.table()
    if table is None:
        st.caption("Rows of the same kind in a file of their own: next month's, say, with or without the label.")
        return
    scored_source.read_so(table)
    try:
        found = predicted(question, told, table)
    except GmmError as error:
        frame.complain(error)
        return
    scored_source.offer_units(found.new.shifts, table)
    frame.answer(verdict(question, told, found, table), cautions(question, found))
    if found.judged is not None:
        class_pictures.confusion_of(found.judged, "classes-file-confusion", None)
    class_tables.first_rows(found.rows, len(table.frame.columns), "classes-file-rows")
    name = f"{PurePath(table.name).stem} predicted"
    downloads.button(lambda: found.rows, name, "classes-file-csv", own=table.frame.columns)


def predicted(question: Question, told: Told, table: LoadedTable) -> Predicted:
    """The rows of a table prepared as the labelled ones were, with the class of each.

    Raises
    ------
    GmmError
        Where they cannot be: the sentence says why.
    """
    return kept(
        "classes-of-file", 2, f"{question.key}|{told.rule.name}|{table.digest}", lambda: _predict(question, told, table)
    )


def _predict(question: Question, told: Told, table: LoadedTable) -> Predicted:
    from gmm_core.tables.classes import probabilities_frame
    from gmm_core.tables.new_rows import new_rows

    classifier, known = told.classifier, question.complete
    assert classifier is not None, "what is judged is learnt"
    fitted = known.table.frame
    new = new_rows(known.spec.prepare(fitted), table.frame, fitted, question.features)
    features = new.features
    found = probabilities_frame(table.frame, features.rows, classifier.classes, classifier.posteriors(features.values))
    if question.label not in table.frame.columns:
        return Predicted(found, new, None, {})
    labels = table.frame[question.label].iloc[features.rows].astype(object)
    data, at = Labelled.among(classifier.classes, features.values, labels.to_numpy(), features.columns)
    others = labels.drop(labels.index[at]).dropna()
    judged = Judged(data, classifier.log_posteriors(data.x)) if len(at) else None
    return Predicted(found, new, judged, {str(name): int(n) for name, n in others.astype(str).value_counts().items()})


def verdict(question: Question, told: Told, found: Predicted, table: LoadedTable) -> str:
    """How many rows are predicted, and how many wrongly where that is known, in a sentence."""
    rows, name = counted(len(found.new.features.rows), "row"), escaped(table.name)
    if question.label not in table.frame.columns:
        return f"{rows} of {name} predicted; it has no column {escaped(question.label)} to check them by."
    if found.judged is None:
        return f"{rows} of {name} predicted; none has a label that was learnt, so they cannot be checked."
    assert told.judged is not None
    n = counted(len(found.judged.data.codes), "row")
    return (
        f"{share(found.judged.error)} of {n} of {name} with a label are predicted wrongly, against "
        f"{share(told.judged.error)} of the rows held out."
    )


def cautions(question: Question, found: Predicted) -> list[str]:
    """What was done with the rows, and labels that were not learnt."""
    said = [escaped(each) for each in found.new.remarks]
    if found.unlearnt:
        named = [f"“{escaped(name)}” in {counted(n, 'row')}" for name, n in list(found.unlearnt.items())[:MOST_NAMED]]
        rest = f" and {len(found.unlearnt) - MOST_NAMED} more" if len(found.unlearnt) > MOST_NAMED else ""
        label = escaped(question.label)
        said.append(f"Values of {label} that were not learnt: {listed(named)}{rest}. These rows count in no error.")
    if found.judged is not None:
        names = [name for name, n in zip(found.judged.data.classes, found.judged.data.counts, strict=True) if n == 0]
        said += [f"No row here is truly {escaped(listed(names[:MOST_NAMED]))}."] if names else []
    return said
