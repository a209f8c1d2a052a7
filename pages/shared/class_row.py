"""A row that is typed, and its predicted class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from gmm_core.errors import GmmError
from pages.shared import downloads, frame
from pages.shared.classing import Question, Told
from pages.shared.digits import decimals_for
from pages.shared.named import named
from pages.shared.stores import kept
from pages.shared.wording import escaped, share

if TYPE_CHECKING:
    from gmm_core.model.classes.classifier import Classifier

ACROSS = 4
"""Fields beside each other."""


def section(question: Question, told: Told) -> None:
    """Type a value for each column, and see the probability of each class."""
    from gmm_core.tables.classes import typed_row

    classifier, values = told.classifier, _typed(question)
    assert classifier is not None, "what is judged is learnt"
    try:
        row = typed_row(question.features, values)
    except GmmError as error:
        frame.complain(error)
        return
    found = dict(zip(classifier.classes, classifier.posteriors(row)[0].tolist(), strict=True))
    ranked = sorted(found.items(), key=lambda item: -item[1])
    st.markdown(f"**Predicted: {escaped(ranked[0][0])} ({share(ranked[0][1])}).**")
    import pandas as pd

    table = pd.DataFrame(ranked, columns=["class", "probability"])
    downloads.table(
        table, "new row", "classes-new-row", "Probability of each class for the row typed", {"probability": 3}
    )
    if None not in values and classifier.log_density(row)[0] < _lowest(question, told.rule.name, classifier):
        st.caption(":material/warning: This row is farther from all classes than any labelled row: it may be of none.")


def _typed(question: Question) -> list[float | None]:
    """A value for each column in the table's units, at first its median."""
    from gmm_core.tables.classes import typical_row

    features, digest = question.features, question.workspace.table.digest
    values: list[float | None] = []
    places = st.columns(min(len(features.columns), ACROSS))
    middles, spreads = kept("typical-rows", 8, question.workspace.key, lambda: typical_row(features))
    for position, (name, middle, spread) in enumerate(zip(features.columns, middles, spreads, strict=True)):
        with places[position % ACROSS], named(name):
            key, form = f"classes-value-{digest}-{name}", f"%.{decimals_for(spread)}f"
            st.session_state.setdefault(key, middle)  # a default of None lets the field be emptied
            values.append(
                st.number_input(
                    name, value=None, format=form, key=key, placeholder="not known", label_visibility="collapsed"
                )
            )
    return values


def _lowest(question: Question, rule: str, classifier: Classifier) -> float:
    """The lowest log density of a labelled row."""
    x = question.data.x
    return float(kept("lowest", 16, f"{question.key}|{rule}", lambda: classifier.log_density(x).min()))
