"""What moves in a chart that plays: the rows in the colours of their likeliest group, and the groups' letters."""

from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style.frames import only, span
from gmm_core.charts.style.labels import BADGE, HALO
from gmm_core.charts.style.numbers import COUNT
from gmm_core.charts.style.palette import NEUTRAL, SHAPES, colour_scale, in_order, ink_scale, sign_of
from gmm_core.charts.style.playing import KNOWN, between
from gmm_core.charts.style.tooltips import lines, numbered

PICK = "pick"
"""Name of the selection of the row that is clicked."""

NOT_YET = "–"
"""Stands for a group before the first E step."""

_HALF_FADED = 0.75
_MOST_BEYOND = 0.5
"""How far beyond the rows an axis reaches for a start, as a share of their range."""


def moving_rows(
    courses: pd.DataFrame, picked: int, titles: dict[str, str], letters: list[str], size: float
) -> list[alt.Chart]:
    """The rows as points, faint where no group is likely, and a ring around the one that is clicked.

    Parameters
    ----------
    courses : pandas.DataFrame
        Columns row, x, y, likeliest and certainty, the last two lists with an entry a step.
    picked : int
        The row that has the ring at first.
    titles : dict of str to str
        Of x, and of y where the height means something.
    letters : list of str
        The groups', with "noise" where there is any.
    size : float
        Area of a point in square pixels.
    """
    signs = [sign_of(letter) for letter in letters]
    domain = [NOT_YET, *letters]
    colours = alt.Scale(domain=domain, range=[NEUTRAL, *(sign.colour for sign in signs)])
    shapes = alt.Scale(domain=domain, range=[SHAPES[0], *(sign.shape for sign in signs)])
    rows: list[Any] = [
        {**row, "likeliest": [NOT_YET, *row["likeliest"]], "certainty": [_HALF_FADED, *row["certainty"]]}
        for row in only(courses, "row", "x", "y", "likeliest", "certainty").to_dict("records")
    ]
    ring = alt.selection_point(name=PICK, fields=["row"], value=[{"row": picked}], toggle=False, clear=False)
    shown = [("row:Q", "Row", COUNT), ("group:N", "Likeliest group", None), ("sure:Q", "Responsibility", ".0%")]
    shown += [numbered(courses[axis], axis, title) for axis, title in titles.items()]
    points = (
        alt.Chart(alt.InlineData(values=rows))
        .transform_calculate(group=f"datum.likeliest[floor({KNOWN} + 0.5)]", sure=between("datum.certainty"))
        .mark_point(filled=True, size=size, cursor="pointer")
        .encode(
            x=alt.X("x:Q"),
            y=alt.Y("y:Q"),
            color=alt.Color("group:N", scale=colours, legend=None),
            shape=alt.Shape("group:N", scale=shapes, legend=None),
            opacity=alt.Opacity(
                "sure:Q", scale=alt.Scale(domain=[0.5, 1], range=[0.22, 0.85], clamp=True), legend=None
            ),
            tooltip=lines(shown),
        )
        .add_params(ring)
    )
    mark: dict[str, Any] = {"filled": False, "size": 190, "strokeWidth": 2.5, "opacity": 1, "tooltip": None}
    place = alt.Chart(only(courses, "row", "x", "y")).transform_filter({"param": PICK, "empty": False})
    ringed = place.mark_point(shape="circle", color=NEUTRAL, **mark).encode(
        x=alt.X("x:Q"), y=alt.Y("y:Q"), detail=alt.Detail("row:Q")
    )
    return [points, ringed]


def moving_badges(letters: list[str], x: str, y: str) -> list[alt.Chart]:
    """A disc with its letter for each group, at the places that two expressions of ``datum.k`` give."""
    frame = pd.DataFrame({"component": letters, "k": range(len(letters))})
    base = alt.Chart(frame).transform_calculate(x=x, y=y).encode(x=alt.X("x:Q"), y=alt.Y("y:Q"))
    disc: dict[str, Any] = {"size": BADGE, "filled": True, "stroke": HALO, "strokeWidth": 1.5, "opacity": 1}
    colour = alt.Color("component:N", scale=colour_scale(letters), legend=None)
    ink = alt.Fill("component:N", scale=ink_scale(letters), legend=None)
    sign: dict[str, Any] = {"fontSize": 11, "fontWeight": "bold", "align": "center", "baseline": "middle"}
    return [
        base.mark_point(shape="circle", clip=True, tooltip=None, **disc).encode(color=colour),
        base.mark_text(clip=True, tooltip=None, **sign).encode(text=alt.Text("component:N"), fill=ink),
    ]


def letters_of(states: pd.DataFrame, courses: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The groups' letters, and what a row may be likeliest in, with "noise" last where there is any."""
    groups = in_order(states["component"])
    return groups, in_order([*groups, *(name for names in courses["likeliest"] for name in names)])


def roomy_span(rows: pd.Series, centres: pd.Series, spreads: pd.Series) -> tuple[float, float]:
    """Room for the rows, and for the groups as far as they stay near them."""
    low, high = span([rows])
    least, most = span([rows, centres - 2 * spreads, centres + 2 * spreads], padding=0.02)
    room = _MOST_BEYOND * (high - low)
    return max(min(low, least), low - room), min(max(high, most), high + room)
