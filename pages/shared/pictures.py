"""The picture of a fit: a histogram for one column, a map for two, any pair of more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from pages.shared import drawing, firmness, grounds, joined, one_column, session, sides, wording
from pages.shared.grounds import Ground
from pages.shared.results import Fitted
from pages.shared.sides import Side
from pages.shared.stores import kept

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View
    from gmm_core.model.choice.uncertainty import Bootstrap
    from gmm_core.model.em.forms import Array

PROBABILITY = 0.95
MOST_POINTS = 5_000
"""Rows up to which each is a point; beyond, squares count all and a sample of points lies on them."""

MOST_SAMPLED = 500
"""Rows in the sample."""

SAMPLED = "The points are a sample with the odd ones kept."


CHART = "fit-chart"


def groups(fitted: Fitted) -> Side:
    """Draw the fit, and say what of the rows the ellipses hold; from which side it is seen.

    Another side needs nothing else of the page drawn again; a box or a group to look at does.
    """
    told: list[object] = []

    @st.fragment
    def draw() -> Side:
        side = sides.chosen(fitted)
        now = (limits(side), session.focus())
        if told and told != [now]:
            st.rerun()
        told[:] = [now]
        if len(side.names) == 1:
            one_column.draw(fitted, side)
        else:
            _map(fitted, side)
        return side

    return draw()


def limits(side: Side) -> dict[str, tuple[float, float]]:
    """Ends of the box on the picture, by axis; none where there is no box or the picture has no place for one."""
    brush = side.key if len(side.names) > 1 else one_column.brush(side)
    return {} if brush is None else drawing.limits(CHART, brush)


def _map(fitted: Fitted, side: Side) -> None:
    across, up = side.names
    ground = grounds.chosen() if len(side.whole()[0]) else None
    found = _bundle(fitted, side) if ground is None else None
    shown = grounds.ELLIPSES if ground is None else ground.title
    alt = f"Map of {across} against {up}: rows coloured by group, with {shown.lower()}"
    content = f"{fitted.rows_key}|{side.key}|{shown}|{0 if found is None else len(found.replicates)}"
    chart = partial(_map_chart, fitted, side, ground, found)
    drawing.chart(CHART, content, chart, alt, brush=drawing.Brush(side.key), groups=fitted.names)
    st.caption(_caption(fitted, side, ground))


def _bundle(fitted: Fitted, side: Side) -> Bootstrap | None:
    """Replicates of the fit, where there are some for these columns and the person wants to see them."""
    found = firmness.known_replicates(fitted) if side.columns else None
    wanted = found is not None and st.toggle(
        "Where else the groups may lie", True, key="fit-bundle", persist_state="session"
    )
    return found if wanted else None


def _map_chart(fitted: Fitted, side: Side, ground: Ground | None, found: Bootstrap | None) -> View:
    from gmm_core.tables import merging, mixture_frames, plotting

    centres = mixture_frames.centres_frame(side.mixture, side.carry)
    (x_bins, x_curves), (y_bins, y_curves) = (one_column.strip(fitted, side, axis) for axis in (0, 1))
    scatter = charts.scatter(
        points(fitted, side, fitted.memberships, fitted.names, _most_points(ground)),
        centres=side.read_off(merging.middle_centres(centres, joined.clusters(fitted))),
        **(_ellipses(fitted, side, found) if ground is None else {}),
        **side.titled(),
    )
    if ground is not None:
        scatter = charts.shaded(scatter, ground.make(fitted, side))
    curves, bins = {"x_curves": x_curves, "y_curves": y_curves}, {"x_bins": x_bins, "y_bins": y_bins}
    cells = plotting.cells_frame(side.values, x_bins, y_bins, fitted.features.weights)
    return charts.brushed(charts.with_marginals(scatter, **curves, **bins, cells=cells))


def _ellipses(fitted: Fitted, side: Side, found: Bootstrap | None) -> dict[str, Any]:
    """The ellipses, all rows as squares where there are many, and the ellipses of replicates."""
    from gmm_core.tables import mixture_frames, plotting
    from gmm_core.tables.uncertainty import bundle_frame

    x, memberships = side.whole(fitted.memberships)
    return {
        "ellipses": joined.named(fitted, mixture_frames.ellipses_frame(side.mixture, carry=side.carry)),
        "tiles": plotting.tiles_frame(x, memberships, letters=fitted.names) if len(x) > MOST_POINTS else None,
        "bundle": None if found is None else joined.named(fitted, bundle_frame(found, side.columns, carry=side.carry)),
    }


def points(
    fitted: Fitted,
    side: Side,
    memberships: Array,
    letters: Sequence[str],
    most: int = MOST_POINTS,
) -> pd.DataFrame:
    """The rows of a map that have a value on both axes, under their names, by memberships in these groups.

    Where they are more than ``most``, so many of them.
    """
    from gmm_core.tables import plotting

    features = fitted.features
    x, given, rows = side.whole(memberships, features.rows)
    labels = None if features.names is None else side.whole(features.names)[1]
    return side.read_off(plotting.points_frame(x, given, rows, most, MOST_SAMPLED, labels, letters=letters))


def _caption(fitted: Fitted, side: Side, ground: Ground | None = None) -> str:
    n_shown = len(side.whole()[0])
    if not n_shown:
        return "No row has a value in both columns, so none can be shown."
    text = _held(fitted, side) if ground is None else ground.caption
    if fitted.mixture.n_features > 2 and (side.columns or fitted.fit.mixture.n_features > 2):
        text += " All columns were fitted together; this is the side seen in these two."
    if side.note:
        text += f" {side.note}"
    if hidden := len(fitted.memberships) - n_shown:
        text += f" {wording.counted(hidden, 'row')} with a gap in these columns cannot be shown."
    if n_shown > _most_points(ground):
        squares = f" Shaded squares count all {n_shown:,} rows." if ground is None else ""
        text += f"{squares} {SAMPLED}"
    return f"{text} {how_to_choose(fitted.names)}"


def how_to_choose(names: Sequence[str]) -> str:
    """What a person may do on a map with badges and a brush."""
    click = " Click a letter to look at its group." if len(names) > 1 else ""
    return f"Drag a box over rows to list them.{click}"


def _most_points(ground: Ground | None) -> int:
    return MOST_POINTS if ground is None else ground.most_points


def _held(fitted: Fitted, side: Side) -> str:
    """What the ellipses hold of the rows."""
    shares = ", ".join(
        f"{letter} {wording.share(each)}" for letter, each in zip(fitted.letters, _inside(fitted, side), strict=True)
    )
    outlines = "outlines" if side.is_carried else "ellipses"
    text = f"The outer {outlines} should hold 95\u00a0% of each group; of these rows they hold {shares}."
    merged = fitted.workspace.n_clusters is not None
    return f"{text} Groups that are merged have the colour of their cluster." if merged else text


def _inside(fitted: Fitted, side: Side) -> Array:
    """Share of each group's rows inside its outer ellipse, (K,)."""
    from gmm_core.tables import mixture_frames, plotting

    def find() -> Array:
        weights = fitted.features.weights
        counts = fitted.group_memberships if weights is None else fitted.group_memberships * weights[:, None]
        x, given = plotting.without_gaps(side.working, counts)
        return mixture_frames.share_inside(side.mixture, x, PROBABILITY, given)

    found: Array = kept("inside", 64, f"{fitted.key}|{side.key}", find)
    return found
