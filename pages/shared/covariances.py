"""How each group spreads: its size, shape and direction in words, its correlations as a map, and both as tables."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from gmm_core.model.families import get_family
from pages.shared import cards, downloads, drawing, tagging
from pages.shared.digits import decimals_for
from pages.shared.placing import in_rows
from pages.shared.results import Fitted
from pages.shared.stores import kept
from pages.shared.wording import counted, escaped

if TYPE_CHECKING:
    from gmm_core.charts.export import View
    from gmm_core.model.ellipsoids import Ellipsoid

MOST_COLUMNS = 12
"""Columns that a map has room for."""


def section(fitted: Fitted) -> None:
    """A card a group, what its words and its map mean, and the tables."""
    told, columns = _words(fitted), _columns(fitted)
    for k, place in enumerate(in_rows(fitted.mixture.n_components)):
        with place, st.container(border=True, height="stretch"):
            _card(fitted, k, told[k], columns)
    st.caption(_legend(fitted, len(columns)))
    _tables(fitted)


def _card(fitted: Fitted, k: int, told: str, columns: list[int]) -> None:
    letter = fitted.letters[k]
    with st.container(horizontal=True, vertical_alignment="center"):
        cards.heading(letter, float(fitted.mixture.weights[k]), fitted.of_what)
    if len(columns) > 1:
        alt = f"Correlations within group {letter}, standard deviations on the diagonal"
        drawing.chart(f"fit-correlations-{k}", f"{fitted.key}|{k}", partial(_map, fitted, k, columns), alt)
    if told:
        st.markdown(told)


def _words(fitted: Fitted) -> list[str]:
    """Size, shape and direction of each group, in Markdown; "" where there is nothing to say."""
    from gmm_core.tables.shape_words import described

    names = [escaped(name) for name in fitted.features.working_names]
    said = described(_ellipsoids(fitted), names)
    return [f"{text[:1].upper()}{text[1:]}." if text else "" for text in said]


def _ellipsoids(fitted: Fitted) -> tuple[Ellipsoid, ...]:
    """In units that compare; where the family or the components depend on units, in those of the fit."""
    from gmm_core.model.ellipsoids import ellipsoids, in_own_spreads

    axes, mixture = fitted.features.way.axes, fitted.fit.mixture
    basis = None if axes is None else axes.loadings

    def find() -> tuple[Ellipsoid, ...]:
        return ellipsoids(in_own_spreads(mixture) if _in_spreads(fitted) else mixture, basis)

    found: tuple[Ellipsoid, ...] = kept("ellipsoids", 16, fitted.key, find)
    return found


def _in_spreads(fitted: Fitted) -> bool:
    return fitted.features.way.axes is None and get_family(fitted.fit.mixture.family).any_units


def _columns(fitted: Fitted) -> list[int]:
    """Positions of the columns for which there is room: those that go with another one most."""
    from gmm_core.tables.results import most_correlated

    return kept("correlated", 16, fitted.key, lambda: most_correlated(fitted.mixture, MOST_COLUMNS))


def _map(fitted: Fitted, k: int, columns: list[int]) -> View:
    from gmm_core.tables.results import covariances_frame

    names = [fitted.features.working_names[j] for j in columns]
    frame = covariances_frame(fitted.mixture.permuted([k]).marginal(columns), names)
    return charts.correlations(frame)


def _legend(fitted: Fitted, n_shown: int) -> str:
    """What the words and the maps mean, and what they are measured in."""
    features = fitted.features
    parts = []
    if n_shown > 1:
        parts.append(
            "Correlations within each group: blue, two columns rise together; orange, one falls as the other rises; "
            "the fuller, the stronger. On the diagonal: standard deviations, in each column's units."
        )
        if n_left_out := len(features.columns) - n_shown:
            parts.append(f"{counted(n_left_out, 'column')} that go less with any other left out.")
    if fitted.mixture.n_components > 1:
        of = " of a round group of the same volume" if len(features.columns) > 1 else ""
        parts.append(f"Width: the standard deviation{of}.")
    if n_shown > 1:
        parts.append("Stretched: the longest axis by the shortest. Tilted: along several columns at once.")
    parts.append(f"{_measure(fitted)}.")
    if features.working_names != features.columns:
        parts.append("All of it is of the transformed values, in which groups are bell-shaped.")
    return " ".join(parts)


def _measure(fitted: Fitted) -> str:
    """What widths and axes are measured in."""
    features = fitted.features
    if features.way.axes is not None:
        return f"Widths and axes are those of the {counted(len(features.feature_names), 'component')} fitted"
    if _in_spreads(fitted) or fitted.workspace.spec.scaling == "standard":
        return "For widths and axes each column is divided by its spread over all rows"
    return "Widths and axes are in the columns' own units, as groups of this shape are"


def _tables(fitted: Fitted) -> None:
    from gmm_core.tables.results import covariances_frame
    from gmm_core.tables.shape_words import shapes_frame

    names = fitted.features.working_names
    frame = shapes_frame(_ellipsoids(fitted), names)
    places = dict.fromkeys(("width", "longest", "shortest"), 3) | dict.fromkeys(("stretch", "volume"), 2)
    alt = "Width, axes and volume of each group"
    downloads.table(tagging.with_names(fitted, frame), "shapes of groups", "fit-ellipsoids", alt, places)
    frame = covariances_frame(fitted.mixture, names)
    alt = "Covariance and correlation of each pair of columns"
    downloads.table(tagging.with_names(fitted, frame), "covariances", "fit-covariances", alt, _decimals(fitted))
    st.caption("Covariances are in the products of the columns' units; correlations have none.")


def _decimals(fitted: Fitted) -> dict[str, int | list[int]]:
    """Each covariance by the product of both standard deviations."""
    sds = fitted.mixture.standard_deviations
    products = (sds[:, :, None] * sds[:, None, :]).ravel()  # in the order of the frame
    return {"covariance": [decimals_for(each) for each in products.tolist()], "correlation": 2}
