"""How many groups: one curve a covariance family, lower is better, the best marked."""

from functools import partial
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from gmm_core.charts.style import (
    ACCENT,
    COUNT,
    HALO,
    LIKELIHOOD,
    NEUTRAL,
    SHAPES,
    Width,
    below_top,
    haloed,
    linear,
    lines,
    only,
    plain,
    sized,
    span,
    tick_format,
    x_axis,
    y_axis,
)

_LINE_OF_TEXT = 15
_LETTER, _BESIDE, _MOST_ROOM = 7, 13, 0.38
"""Pixels of a letter, roughly, and between a point and its name; the part of the width that names may take."""
_MOST_INSIDE = 6
"""Families up to which those that leave the picture are named in it; of more, a point tells when pointed at."""
_FRAME = 70
"""Pixels of the height that axes and titles take."""


def criteria(
    cells: pd.DataFrame,
    *,
    criterion: str = "BIC",
    x_title: str = "Number of groups",
    width: Width = "container",
    height: int = 400,
    close_up: bool = False,
    pick: str | None = None,
) -> alt.LayerChart:
    """Criterion by number of groups; the family of the best in colour, the others grey, each named at its end.

    Parameters
    ----------
    cells : pandas.DataFrame
        Columns n_components, family (words), value, sound, reason, best (true in one row). A cell that isn't sound
        breaks its line and stands hollow: at its value, or on the upper edge where that is missing or off the scale.
    criterion : str
        Name for the axis: "BIC" gives "BIC (lower is better)".
    x_title : str
        Title of the horizontal axis.
    width : int or "container"
    height : int
        Height in pixels.
    close_up : bool
        Whether to show only the better half of the cells, where the first values dwarf the differences that matter.
    pick : str, optional
        Name of a point selection on n_components and family, to take the fit that is clicked; a click on the upper
        edge selects no cell of the frame, its family being a list.

    Returns
    -------
    altair.LayerChart
    """
    cells = only(cells, "n_components", "family", "value", "sound", "reason", "best")
    usable = cells["sound"].astype(bool) & np.isfinite(cells["value"].astype(float))
    sound, best = cells[usable], cells[usable & cells["best"].astype(bool)].head(1)
    seen = sound[sound["value"] <= sound["value"].median()] if close_up else sound
    values = span([seen["value"] - 0.5, seen["value"] + 0.5], padding=0.1)  # no scale makes rounding a difference
    least, most = int(cells["n_components"].min()), int(cells["n_components"].max())
    names = _places(seen, best, most, values, (values[1] - values[0]) * _LINE_OF_TEXT / (height - _FRAME))
    room = _room(names[names["n_components"] == most]["family"])
    layers = [
        *_curves(cells.assign(value=cells["value"].where(usable)), best),
        *_unsound(cells[~usable], values, criterion),
        _dots(seen, best, list(dict.fromkeys(cells["family"])), criterion, pick),
        *_names(names, best, most, room),
        *_mark_best(best, least, most),
    ]
    placed = alt.layer(*layers).encode(
        x=alt.X(
            scale=alt.Scale(
                domain=[least - 0.3, most + 0.3], nice=False, zero=False, range=[0, {"expr": f"width - {room}"}]
            ),
            axis=_whole_numbers(x_title, least, most),
        ),
        y=alt.Y(scale=linear(*values), axis=y_axis(f"{plain(criterion)} (lower is better)", **tick_format(*values))),
    )
    return sized(placed, width, height)


def _whole_numbers(title: str, least: int, most: int) -> alt.Axis:
    values = list(range(least, most + 1, 1 + (most - least) // 15))
    return x_axis(title, values=values, tickCount=len(values), format=COUNT)


def _curves(cells: pd.DataFrame, best: pd.DataFrame) -> list[alt.Chart]:
    """Grey lines first, so that the family of the best lies above them; a missing value breaks a line."""
    leads = cells["family"].isin(best["family"])
    looks = ((~leads, NEUTRAL, 1.5, 0.7), (leads, ACCENT, 2.5, 1.0))
    return [
        alt.Chart(only(cells[which], "n_components", "family", "value"))
        .mark_line(color=colour, strokeWidth=thick, opacity=opacity, clip=True, tooltip=None)
        .encode(x=alt.X("n_components:Q"), y=alt.Y("value:Q"), detail=alt.Detail("family:N"))
        for which, colour, thick, opacity in looks
        if which.any()
    ]


def _dots(sound: pd.DataFrame, best: pd.DataFrame, families: list[str], criterion: str, pick: str | None) -> alt.Chart:
    frame = only(sound, "n_components", "family", "value").assign(lead=sound["family"].isin(best["family"]).to_numpy())
    frame = frame.sort_values("lead", kind="stable", ignore_index=True)
    shapes = alt.Scale(domain=families, range=[SHAPES[rank % len(SHAPES)] for rank in range(len(families))])
    colours = alt.Scale(domain=[False, True], range=[NEUTRAL, ACCENT])
    dots = (
        alt.Chart(frame)
        .mark_point(
            filled=True, size=60, opacity=1, stroke=HALO, strokeWidth=1, cursor="pointer" if pick else "default"
        )
        .encode(
            x=alt.X("n_components:Q"),
            y=alt.Y("value:Q"),
            shape=alt.Shape("family:N", scale=shapes, legend=None),
            color=alt.Color("lead:N", scale=colours, legend=None),
            tooltip=_cell_lines(criterion),
        )
    )
    if pick is None:
        return dots
    return dots.add_params(alt.selection_point(name=pick, fields=["n_components", "family"]))


def _cell_lines(criterion: str) -> list[alt.Tooltip]:
    value = ("value:Q", criterion, LIKELIHOOD)
    return lines([("n_components:Q", "Groups", COUNT), ("family:N", "Shape", None), value])


def _unsound(cells: pd.DataFrame, values: tuple[float, float], criterion: str) -> list[alt.Chart]:
    """Hollow where they can be shown at their value; one mark a number of groups on the upper edge for the rest."""
    shown = cells["value"].between(*values)
    inside = only(cells[shown], "n_components", "family", "reason", "value")
    layers = [_hollow(inside, [("value:Q", criterion, LIKELIHOOD)]).encode(y=alt.Y("value:Q"))] if len(inside) else []
    return [*layers, *_on_upper_edge(cells[~shown])]


def _on_upper_edge(cells: pd.DataFrame) -> list[alt.Chart]:
    if cells.empty:
        return []
    listed = {"family": _listed, "reason": _listed}
    frame = only(cells, "n_components", "family", "reason").groupby("n_components", as_index=False).agg(listed)
    edge = below_top(0)
    word = alt.Chart(only(frame.tail(1), "n_components").assign(text="no sound fit"))
    word = word.encode(x=alt.X("n_components:Q"), y=edge, text=alt.Text("text:N"))
    return [_hollow(frame, []).encode(y=edge), *haloed(word, fontSize=11, align="left", dx=10)]


def _hollow(frame: pd.DataFrame, more: list[tuple[str, str, str | None]]) -> alt.Chart:
    why = [("n_components:Q", "Groups", COUNT), ("family:N", "No sound fit", None), ("reason:N", "Why", None)]
    mark: dict[str, Any] = {"filled": False, "size": 60, "strokeWidth": 1.5, "color": NEUTRAL, "opacity": 1}
    return alt.Chart(frame).mark_point(**mark).encode(x=alt.X("n_components:Q"), tooltip=lines([*why, *more]))


def _listed(texts: pd.Series) -> str:
    return "; ".join(dict.fromkeys(str(text) for text in texts if text))


def _places(
    sound: pd.DataFrame, best: pd.DataFrame, most: int, values: tuple[float, float], line: float
) -> pd.DataFrame:
    """Where the families' names stand, moved apart to be read: beside the last number of groups, else below the point
    from which the line leaves the picture, where there are few. The best's own words name its family."""
    if sound.empty:
        return only(sound, "n_components", "family", "value")
    ends = sound.loc[sound.groupby("family")["n_components"].idxmax()]
    last = ends["n_components"] == most
    room = last | (len(ends) <= _MOST_INSIDE)
    ends = ends[(room | ends["family"].isin(best["family"])) & (last | ~ends.index.isin(best.index))]
    frame = only(ends, "n_components", "family", "value")
    apart = partial(_apart, line=line, least=values[0], most=values[1])
    return frame.assign(value=frame.groupby("n_components", group_keys=False)["value"].apply(apart))


def _room(names: pd.Series) -> str:
    """Pixels right of the last number of groups for names there, at most part of a narrow chart; an expression."""
    longest = max(map(len, names), default=0)
    return f"min({_LETTER * longest + _BESIDE}, {_MOST_ROOM} * width)" if longest else "0"


def _names(frame: pd.DataFrame, best: pd.DataFrame, most: int, room: str) -> list[alt.Chart]:
    leads, last = frame["family"].isin(best["family"]), frame["n_components"] == most
    looks: list[tuple[pd.Series, str, int, Any]] = [
        (which & place, weight, dy, limit)
        for which, weight in ((~leads, "normal"), (leads, "bold"))
        for place, dy, limit in ((~last, _LINE_OF_TEXT // 2 + 2, 150), (last, 0, {"expr": f"{room} - {_BESIDE}"}))
    ]
    shown = [(frame[which], weight, dy, limit) for which, weight, dy, limit in looks if which.any()]
    return [layer for each in shown for layer in _named(*each)]


def _named(frame: pd.DataFrame, weight: str, dy: int, limit: Any) -> tuple[alt.Chart, alt.Chart]:
    base = alt.Chart(frame).encode(x=alt.X("n_components:Q"), y=alt.Y("value:Q"), text=alt.Text("family:N"))
    return haloed(base, fontWeight=weight, align="left", dx=_BESIDE, dy=dy, limit=limit)


def _apart(values: pd.Series, line: float, least: float, most: float) -> pd.Series:
    """The nearest values, in least squares, that lie a line of text apart, from ``least`` to ``most`` as far as there
    is room: touching ones share their shift."""
    ordered = values.sort_values()
    steps = line * np.arange(len(ordered))
    blocks: list[list[float]] = []
    for value in ordered.to_numpy() - steps:
        blocks.append([float(value)])
        while len(blocks) > 1 and np.mean(blocks[-2]) > np.mean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    shared = [float(np.mean(block)) for block in blocks for _ in block]
    return pd.Series(np.clip(shared, least, max(most - steps[-1], least)) + steps, index=ordered.index)


def _mark_best(best: pd.DataFrame, least: int, most: int) -> list[alt.Chart]:
    if best.empty:
        return []
    groups, family = int(best["n_components"].iloc[0]), best["family"].iloc[0]
    count = "1 group" if groups == 1 else f"{groups} groups"
    frame = only(best, "n_components", "value").assign(text=f"best: {count}, {family}")
    ring: dict[str, Any] = {"filled": False, "size": 280, "color": ACCENT, "strokeWidth": 2, "tooltip": None}
    base = alt.Chart(frame).encode(x=alt.X("n_components:Q"), y=alt.Y("value:Q"))
    side = "left" if groups - least < (most - least) / 3 else "center"
    side = "right" if most - groups < (most - least) / 3 else side
    words: dict[str, Any] = {"align": side, "baseline": "top", "dy": 14, "fontWeight": "bold"}
    return [base.mark_point(shape="circle", opacity=1, **ring), *haloed(base.encode(text=alt.Text("text:N")), **words)]
