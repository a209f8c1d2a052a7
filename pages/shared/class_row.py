"""A row that is typed, and which class it is told."""

from __future__ import annotations

import streamlit as st

from gmm_core.errors import GmmError
from pages.shared import downloads, frame
from pages.shared.classing import Question, Told
from pages.shared.digits import decimals_for
from pages.shared.stores import kept
from pages.shared.wording import escaped, share

ACROSS = 4
"""Fields beside each other."""


def section(question: Question, told: Told) -> None:
    """Type a value for each column, and see the probability of each class."""
    values = _typed(question)
    try:
        found = _told(question, told, values)
    except GmmError as error:
        frame.complain(error)
        return
    ranked = sorted(found.items(), key=lambda item: -item[1])
    st.markdown(f"**Told: {escaped(ranked[0][0])} ({share(ranked[0][1])}).**")
    import pandas as pd

    table = pd.DataFrame(ranked, columns=["class", "probability"])
    downloads.table(
        table, "new row", "classes-new-row", "Probability of each class for the row typed", {"probability": 3}
    )
    st.caption("A probability holds among these classes: a row far from all of them is given to one of them, too.")


def _typed(question: Question) -> list[float | None]:
    """A value for each column in the table's units, at first its median."""
    from gmm_core.tables.classes import typical_row

    features, digest = question.features, question.workspace.table.digest
    values: list[float | None] = []
    places = st.columns(min(len(features.columns), ACROSS))
    middles, spreads = kept("typical-rows", 8, question.workspace.key, lambda: typical_row(features))
    for position, (name, middle, spread) in enumerate(zip(features.columns, middles, spreads, strict=True)):
        with places[position % ACROSS]:
            key, form = f"classes-value-{digest}-{name}", f"%.{decimals_for(spread)}f"
            st.session_state.setdefault(key, middle)  # a default of None lets the field be emptied
            values.append(st.number_input(escaped(name), value=None, format=form, key=key, help="Empty: not known"))
    return values


def _told(question: Question, told: Told, values: list[float | None]) -> dict[str, float]:
    from gmm_core.tables.classes import typed_row

    assert told.classifier is not None, "what is judged is learnt"
    probabilities = told.classifier.posteriors(typed_row(question.features, values))[0]
    return dict(zip(told.classifier.classes, probabilities.tolist(), strict=True))
