"""The pictures of "Can a label be predicted?": the confusion matrix, and where rows lie that are predicted wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from pages.shared import drawing
from pages.shared.axes import Axes
from pages.shared.classing import Question, Told
from pages.shared.pictures import MOST_POINTS
from pages.shared.wording import counted, escaped

if TYPE_CHECKING:
    from gmm_core.charts.export import View
    from gmm_core.model.classes.judging import Judged
    from gmm_core.tables.feature_matrix import FeatureMatrix

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
    if len(question.features.columns) == 1:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        axes = _axes(question.features)
    width, height = _size(axes)

    def make() -> View:
        from gmm_core.tables.classes import told_points

        points = axes.read_off(told_points(judged, question.features, question.labels, axes.values))
        return charts.ringed(charts.scatter(points, height=height, **axes.titled()), points)

    across, up = axes.names
    alt = f"Rows by predicted class on {across} and {up}, those predicted wrongly ringed"
    with st.container(width=width):
        drawing.chart("classes-map", f"{question.key}|{told.rule.name}|{axes.key}", make, alt, named=False)
    st.caption(f"Colour and shape: the predicted class, as above. {_rings(judged)}")


def _size(axes: Axes) -> tuple[int, int]:
    """Pixels of the map: where both columns have one unit, it is as long across as up, as far as there is room."""
    from gmm_core.tables.same_unit import same_unit

    if axes.stretch or not same_unit(*axes.names):
        return WIDEST, HEIGHT
    wide, high = (float(x.max() - x.min()) for x in axes.values.T)
    return aspect(wide / high) if min(wide, high) > 0 else (WIDEST, HEIGHT)


def aspect(ratio: float) -> tuple[int, int]:
    """Width and height of a map on which so many times as much lies across as up."""
    inner = HEIGHT - AXES
    if ratio <= (WIDEST - AXES) / inner:
        return round(max(inner * ratio, FLATTEST)) + AXES, HEIGHT
    return WIDEST, round(max((WIDEST - AXES) / ratio, FLATTEST)) + AXES


def _rings(judged: Judged) -> str:
    from gmm_core.tables.classes import most_rings

    n_rows, n_wrong = len(judged.told), int((judged.told != judged.data.codes).sum())
    if n_rows > MOST_POINTS:
        return "A sample of the rows; rings: the surest of those predicted wrongly."
    most = most_rings(n_rows)
    some = f"of {n_wrong:,} rows predicted wrongly the {most} surest"
    return f"Rings: {some if n_wrong > most else counted(n_wrong, 'row') + ' predicted wrongly'}."


def _axes(features: FeatureMatrix) -> Axes:
    """The two columns to be seen: of more the person chooses."""
    names = features.columns
    at = [names.index(name) for name in (names if len(names) == 2 else _chosen(names))]
    values, working = (each[:, at] for each in (features.table_values, features.working_values))
    return Axes(tuple(names[j] for j in at), values, working, tuple(features.transforms[j] for j in at)).as_wanted()


def _chosen(names: Sequence[str]) -> tuple[str, str]:
    key = "|".join(names)
    across = str(st.selectbox("Across", names, 0, key=f"classes-across-{key}"))
    up = str(st.selectbox("Up", [name for name in names if name != across], 0, key=f"classes-up-{key}"))
    return across, up
