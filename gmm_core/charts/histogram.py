"""One column: the histogram, each group's share of the density, and the mixture that they add up to."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from gmm_core.charts.style import (
    COUNT,
    DENSITY,
    MIXTURE,
    NEUTRAL,
    Width,
    badges,
    below_top,
    colour_scale,
    dash_scale,
    data_of,
    haloed,
    in_order,
    linear,
    lines,
    numbered,
    only,
    percent,
    sized,
    span,
    tick_format,
    x_axis,
    y_axis,
)

MOST_RUG = 100
_LIFT = 14
_SEEN = 0.002
"""Share of the highest curve below which one is left out: it would paint over the others' base line."""


def histogram(
    bins: pd.DataFrame,
    curves: pd.DataFrame,
    *,
    x_title: str,
    rug: pd.DataFrame | None = None,
    width: Width = "container",
    height: int = 380,
) -> alt.LayerChart:
    """Bars, a curve a group with its letter on it, and the mixture as a broad grey line behind them.

    Parameters
    ----------
    bins : pandas.DataFrame
        Columns left, right, density.
    curves : pandas.DataFrame
        Columns x, density, component ("A", "B", ... and "mixture"); densities weighted by share.
    x_title : str
        The user's column name; any characters.
    rug : pandas.DataFrame, optional
        Columns x, component, certainty, row, label ("" where a row has no name): each row as a tick below; left out
        above 100 rows.
    width : int or "container"
    height : int
        Height in pixels.

    Returns
    -------
    altair.LayerChart
    """
    groups, mixture = curves[curves["component"] != MIXTURE], curves[curves["component"] == MIXTURE]
    across = span([bins["left"], bins["right"], curves["x"]], padding=0.01)
    ticks = rug is not None and len(rug) <= MOST_RUG
    layers = [
        _bars(bins, x_title),
        _mixture(mixture),
        *_groups(groups),
        *_mixture_label(groups, mixture),
        *badges(_peaks(groups), lines([("component:N", "Group", None)]), lift=_LIFT),
        *([_rug(rug, x_title)] if rug is not None and ticks else []),
    ]
    tallest = max(float(bins["density"].max()), float(curves["density"].max()))
    placed = alt.layer(*layers).encode(
        x=alt.X(scale=linear(*across), axis=x_axis(x_title, **tick_format(*across))),
        y=alt.Y(scale=linear(-0.06 * tallest if ticks else 0.0, 1.12 * tallest), axis=_density_axis()),
    )
    return sized(placed, width, height)


def _density_axis() -> alt.Axis:
    return y_axis("Density", labelExpr="datum.value < 0 ? '' : datum.label", format=DENSITY)


def _bars(bins: pd.DataFrame, x_title: str) -> alt.Chart:
    frame = only(bins, "left", "right", "density")
    tooltip = lines(
        [
            numbered(bins["left"], "left", f"{x_title}, from"),
            numbered(bins["right"], "right", "to"),
            ("density:Q", "Density", DENSITY),
        ]
    )
    return (
        alt.Chart(frame)
        .mark_bar(color=NEUTRAL, opacity=0.28, binSpacing=1)
        .encode(x=alt.X("left:Q", bin="binned"), x2=alt.X2("right"), y=alt.Y("density:Q"), tooltip=tooltip)
    )


def _mixture(mixture: pd.DataFrame) -> alt.Chart:
    """Broad and behind, so that it shows where it differs from a group and frames the group where it doesn't."""
    mark: dict[str, Any] = {"color": NEUTRAL, "strokeWidth": 6, "opacity": 0.5, "strokeCap": "round", "tooltip": None}
    return (
        alt.Chart(only(mixture, "x", "density"))
        .mark_line(**mark)
        .encode(x=alt.X("x:Q"), y=alt.Y("density:Q"), order=alt.Order("x:Q"))
    )


def _groups(groups: pd.DataFrame) -> list[alt.Chart]:
    frame = only(groups[groups["density"] > _SEEN * groups["density"].max()], "x", "density", "component")
    letters = in_order(frame["component"])
    colour = alt.Color("component:N", scale=colour_scale(letters), legend=None)
    dash = alt.StrokeDash("component:N", scale=dash_scale(letters), legend=None)
    height = alt.Y("density:Q", stack=None)
    base = alt.Chart(data_of(frame)).encode(x=alt.X("x:Q"), y=height, order=alt.Order("x:Q"), color=colour)
    area = base.mark_area(opacity=0.08, tooltip=None)
    line = base.mark_line(strokeWidth=2.25).encode(strokeDash=dash, tooltip=lines([("component:N", "Group", None)]))
    return [area, line]


def _peaks(groups: pd.DataFrame) -> pd.DataFrame:
    """Where each group stands out most: its density times its part in the sum there, so that badges keep apart."""
    curves = groups.reset_index(drop=True)
    total = curves.groupby("x")["density"].transform("sum").clip(lower=np.finfo(float).tiny)
    standing = (curves["density"] ** 2 / total).groupby(curves["component"])
    return only(curves.loc[standing.idxmax()].rename(columns={"density": "y"}), "component", "x", "y")


def _mixture_label(groups: pd.DataFrame, mixture: pd.DataFrame) -> list[alt.Chart]:
    """The word "mixture" where it lies well above every group, else beside its right flank."""
    if mixture.empty or groups["component"].nunique() < 2:
        return []
    density = mixture.set_index("x")["density"].sort_index()
    gap = density - groups.groupby("x")["density"].max()
    apart = bool(gap.max() > 0.05 * density.max())
    place = _flattest(density, gap > 0.6 * gap.max()) if apart else _right_flank(density)
    side: dict[str, Any] = {"baseline": "bottom", "dy": -8} if apart else {"align": "left", "dx": 9}
    frame = only(mixture[mixture["x"] == place], "x", "density").assign(text="mixture")
    base = alt.Chart(frame).encode(x=alt.X("x:Q"), y=alt.Y("density:Q"), text=alt.Text("text:N"))
    return list(haloed(base, fontSize=11, fontStyle="italic", **side))


def _flattest(density: pd.Series, where: pd.Series) -> float:
    """Where a word above the curve doesn't cross it."""
    slope = np.abs(np.gradient(density.to_numpy()))
    return float(density.index[int(np.argmin(np.where(where, slope, np.inf)))])


def _right_flank(density: pd.Series) -> float:
    return float(density.index[density > 0.4 * density.max()].max())


def _rug(rows: pd.DataFrame, x_title: str) -> alt.Chart:
    frame = only(rows, "x", "component", "certainty", "row", "label")
    frame["sure"] = frame["certainty"].map(percent)
    letters = in_order(frame["component"])
    named = [("label:N", "Name", None)] if frame["label"].ne("").any() else []
    tooltip = [
        ("row:Q", "Row", COUNT),
        *named,
        numbered(rows["x"], "x", x_title),
        ("component:N", "Group", None),
        ("sure:N", "Certainty", None),
    ]
    return (
        alt.Chart(frame.drop(columns="certainty" if named else ["certainty", "label"]))
        .mark_tick(thickness=1.5, size=11, opacity=0.9)
        .encode(
            x=alt.X("x:Q"),
            y=below_top({"expr": "height - 6"}),
            color=alt.Color("component:N", scale=colour_scale(letters), legend=None),
            tooltip=lines(tooltip),
        )
    )
