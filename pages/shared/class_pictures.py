"""The pictures of "Can a label be predicted?": the confusion matrix, and where rows lie that are predicted wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from pages.shared import drawing
from pages.shared.classing import Question, Told
from pages.shared.pictures import MOST_POINTS
from pages.shared.wording import counted, escaped

if TYPE_CHECKING:
    from gmm_core.charts.export import View
    from gmm_core.model.classes.judging import Judged

HEIGHT, WIDEST = 380, 560
"""Pixels of the map: how high, and how wide at most."""
FLATTEST = 180
"""Pixels of a map's height below which the same unit would need more room across than up."""
AXES = 70
"""Pixels beside and below the map."""


def confusion(told: Told, judged: Judged, question: Question) -> None:
    """The rows held out by true class and by predicted class."""
    confusion_of(judged, "classes-confusion", f"{question.key}|{told.rule.name}")
    st.caption(f"{escaped(told.rule.words)}: rows by true class and by the class predicted when they were held out.")


def confusion_of(judged: Judged, key: str, content: str | None) -> None:
    """The confusion matrix alone."""
    from gmm_core.tables.classes import confusion_frame

    def make() -> View:
        return charts.cross_table(confusion_frame(judged), x_title="Predicted class", y_title="True class")

    drawing.chart(key, content, make, "Rows by true and predicted class", named=False)


def map_of(told: Told, judged: Judged, question: Question) -> None:
    """The labelled rows on two columns by predicted class, those predicted wrongly with a ring."""
    names = question.features.columns
    if len(names) == 1:
        return
    across, up = _axes(names)
    width, height = _size(question, across, up)

    def make() -> View:
        from gmm_core.tables.classes import told_points

        points = told_points(judged, question.features, question.labels, (names.index(across), names.index(up)))
        return charts.ringed(charts.scatter(points, x_title=across, y_title=up, height=height), points)

    content = f"{question.key}|{told.rule.name}|{across}|{up}"
    alt = f"Rows by predicted class on {across} and {up}, those predicted wrongly ringed"
    with st.container(width=width):
        drawing.chart("classes-map", content, make, alt, named=False)
    st.caption(f"Colour and shape: the predicted class, as above. {_rings(judged)}")


def _size(question: Question, across: str, up: str) -> tuple[int, int]:
    """Pixels of the map: where both columns have one unit, it is as long across as up, as far as there is room."""
    from gmm_core.tables.same_unit import same_unit

    if not same_unit(across, up):
        return WIDEST, HEIGHT
    names = question.features.columns
    ranges = [question.features.column_values(names.index(name)) for name in (across, up)]
    wide, high = (float(x.max() - x.min()) for x in ranges)
    return aspect(wide / high) if min(wide, high) > 0 else (WIDEST, HEIGHT)


def aspect(ratio: float) -> tuple[int, int]:
    """Width and height of a map on which so many times as much lies across as up."""
    inner = HEIGHT - AXES
    if ratio <= (WIDEST - AXES) / inner:
        return round(max(inner * ratio, FLATTEST)) + AXES, HEIGHT
    return WIDEST, round(max((WIDEST - AXES) / ratio, FLATTEST)) + AXES


def _rings(judged: Judged) -> str:
    from gmm_core.tables.classes import MOST_RINGS

    n_wrong = int((judged.told != judged.data.codes).sum())
    if len(judged.told) > MOST_POINTS:
        return "A sample of the rows; rings: those predicted wrongly, the surest first."
    some = f"of {n_wrong:,} rows predicted wrongly the {MOST_RINGS} surest"
    return f"Rings: {some if n_wrong > MOST_RINGS else counted(n_wrong, 'row') + ' predicted wrongly'}."


def _axes(names: tuple[str, ...]) -> tuple[str, str]:
    """The columns to be seen: of more than two the person chooses."""
    if len(names) == 2:
        return names[0], names[1]
    key = "|".join(names)
    with st.container(horizontal=True):
        across = str(st.selectbox("Across", names, 0, key=f"classes-across-{key}"))
        up = str(st.selectbox("Up", [name for name in names if name != across], 0, key=f"classes-up-{key}"))
    return across, up
