"""Text inside charts: words in the theme's own text colour, letters on badges in the group's colour."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style.frames import only
from gmm_core.charts.style.palette import JOIN, colour_scale, in_order, ink_scale, sign_of

BADGE = 300
BADGES = "badges"
"""What the discs of badges are called in a chart, so that a click on one is known."""
HALO = {"expr": "background"}
"""The page's own background, whichever theme it has: sets a mark apart from what lies under it."""


def words(**changes: Any) -> dict[str, Any]:
    """Properties of a text mark that takes its colour from the theme.

    Vega-Lite paints text black unless told otherwise, which vanishes on a dark page. Its named style "group-title"
    carries the colour that the theme gives to titles; it shows where the mark sets no fill of its own, hence the
    unfilled mark with a transparent stroke.
    """
    themed = {"style": "group-title", "filled": False, "stroke": "transparent", "tooltip": None}
    return {**themed, "fontSize": 12, "fontWeight": "normal", "align": "center", "baseline": "middle", **changes}


def haloed(chart: alt.Chart, **changes: Any) -> tuple[alt.Chart, alt.Chart]:
    """Themed words with a halo, for places where they may lie upon points: the halo, and the words.

    Parameters
    ----------
    chart : altair.Chart
        With x, y and text encoded; its mark is set here.
    **changes
        Text properties, as for `words`.

    Returns
    -------
    tuple of altair.Chart
    """
    properties = words(**changes)
    halo = {**properties, "stroke": HALO, "strokeWidth": 4, "strokeJoin": "round", "strokeOpacity": 0.85}
    return chart.mark_text(**halo), chart.mark_text(**properties)


def short(letter: str) -> str:
    """What a badge has room for: the letter, "A+" for merged groups, the shape for noise."""
    if JOIN in letter:
        return letter.split(JOIN, maxsplit=1)[0] + JOIN
    return letter if letter.isupper() else sign_of(letter).glyph


def badges(
    frame: pd.DataFrame, tooltip: list[alt.Tooltip], *, lift: int = 0, size: int = BADGE
) -> tuple[alt.Chart, alt.Chart]:
    """A disc in the group's colour and its letter upon it, cut to what it has room for.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns component, x, y, and those that the tooltip names.
    tooltip : list of altair.Tooltip
        Shown over the disc.
    lift : int
        Pixels by which the badge stands above its place.
    size : int
        Area of the disc in square pixels.

    Returns
    -------
    tuple of altair.Chart
        The discs, and the letters.
    """
    letters = in_order(frame["component"])
    ink = ink_scale(letters)
    disc: dict[str, Any] = {"size": size, "filled": True, "stroke": HALO, "strokeWidth": 1.5, "yOffset": -lift}
    discs = (
        alt.Chart(frame, name=BADGES)
        .mark_point(shape="circle", opacity=1, **disc)
        .encode(
            x=alt.X("x:Q"),
            y=alt.Y("y:Q"),
            color=alt.Color("component:N", scale=colour_scale(letters), legend=None),
            tooltip=tooltip,
        )
    )
    signs = (
        alt.Chart(only(frame, "component", "x", "y").assign(text=frame["component"].map(short).to_numpy()))
        .mark_text(fontSize=11, fontWeight="bold", align="center", baseline="middle", yOffset=-lift, tooltip=None)
        .encode(
            x=alt.X("x:Q"),
            y=alt.Y("y:Q"),
            text=alt.Text("text:N"),
            fill=alt.Fill("component:N", scale=ink, legend=None),
        )
    )
    return discs, signs
