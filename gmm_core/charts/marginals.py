"""Each column on its own, along the top and the right of a scatter: what either would show alone."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    BRUSH,
    MIXTURE,
    NEUTRAL,
    colour_scale,
    dash_scale,
    data_of,
    in_order,
    lines,
    only,
    with_parts,
)

_ROOM = 0.18
_GAP = 0.03
_PLACE: dict[str, Any] = {"x": alt.X, "y": alt.Y}
_END: dict[str, Any] = {"x": alt.X2, "y": alt.Y2}
_LEVEL: dict[str, Any] = {"x": alt.X2Datum, "y": alt.Y2Datum}
_SEEN = 0.004
"""Share of the strip below which a curve is left out: it would paint over the others' base line."""


def with_marginals(
    scatter: alt.LayerChart,
    *,
    x_curves: pd.DataFrame,
    y_curves: pd.DataFrame,
    x_bins: pd.DataFrame | None = None,
    y_bins: pd.DataFrame | None = None,
    cells: pd.DataFrame | None = None,
) -> alt.LayerChart:
    """A scatter with the marginal densities of both columns along its upper and right edge.

    The strips share the scatter's scales: their heights are laid out in the other column's units beyond its range. So
    the whole stays one view, which fills a container, where charts set side by side would run over its edge.

    Parameters
    ----------
    scatter : altair.LayerChart
        From `gmm_core.charts.scatter`.
    x_curves, y_curves : pandas.DataFrame
        Columns x, density, component: the marginals of the horizontal and of the vertical column.
    x_bins, y_bins : pandas.DataFrame, optional
        Columns left, right, density: their histograms, behind the curves.
    cells : pandas.DataFrame, optional
        Columns x0, x1, y0, y1, x_share, y_share: the share of each histogram's rows in each cell. Of these the
        histograms show the part in the box of a brush, which is to be added to the whole with `brushed`.

    Returns
    -------
    altair.LayerChart
        As wide and high as the scatter.
    """
    x_span, y_span = _domain(scatter, "x"), _domain(scatter, "y")
    counted = None if cells is None else _with_middles(cells)
    strips = [
        *_Strip("x", "y", x_span, y_span).layers(x_curves, x_bins, counted),
        *_Strip("y", "x", y_span, x_span).layers(y_curves, y_bins, counted),
    ]
    axes = alt.layer().encode(x=_widened(scatter, "x"), y=_widened(scatter, "y")).encoding
    return with_parts(scatter, layer=[*scatter.layer, *strips], encoding=axes)


@dataclass(frozen=True)
class _Strip:
    """Densities of the column `along` one axis, laid out in the units of the axis `across`."""

    along: str
    across: str
    along_span: tuple[float, float]
    across_span: tuple[float, float]

    @property
    def base(self) -> float:
        low, high = self.across_span
        return high + _GAP * (high - low)

    @property
    def depth(self) -> float:
        return _end(*self.across_span) - self.base

    def layers(self, curves: pd.DataFrame, bins: pd.DataFrame | None, cells: pd.DataFrame | None) -> list[alt.Chart]:
        frames = [curves, *([] if bins is None else [bins])]
        tallest = max(float(frame["density"].max()) for frame in frames)
        unit = self.depth / tallest if tallest > 0 else 0.0
        bars = [] if bins is None else [self._bars(bins, unit)]
        groups = curves[curves["component"] != MIXTURE]
        boxed = [] if cells is None else [self._in_box(cells, unit)]
        return [*bars, *boxed, self._mixture(curves, unit), self._groups(groups, unit)]

    def _bars(self, bins: pd.DataFrame, unit: float) -> alt.Chart:
        low, high = self.along_span
        inside = bins[(bins["right"] > low) & (bins["left"] < high)]
        clipped = inside.assign(left=inside["left"].clip(lower=low), right=inside["right"].clip(upper=high))
        frame = only(self._raised(clipped, unit), "left", "right", "top")
        edges = {self.along: _PLACE[self.along]("left:Q"), f"{self.along}2": _END[self.along]("right")}
        return alt.Chart(frame).mark_rect(color=NEUTRAL, opacity=0.2, tooltip=None).encode(**edges, **self._height())

    def _in_box(self, cells: pd.DataFrame, unit: float) -> alt.Chart:
        """The part of the bars that a brush's box holds, counted by the browser while the box is drawn."""
        low, high = f"{self.along}0", f"{self.along}1"
        tall = f"datum.boxed / (datum.{high} - datum.{low})"
        edges = {self.along: _PLACE[self.along](f"{low}:Q"), f"{self.along}2": _END[self.along](high)}
        return (
            alt.Chart(only(cells, "x", "y", low, high, f"{self.along}_share"))
            .mark_rect(color=NEUTRAL, opacity=0.55, tooltip=None)
            .transform_filter({"param": BRUSH, "empty": False})
            .transform_aggregate(boxed=f"sum({self.along}_share)", groupby=[low, high])
            .transform_calculate(top=f"{self.base} + {unit} * {tall}")
            .encode(**edges, **self._height())
        )

    def _mixture(self, curves: pd.DataFrame, unit: float) -> alt.Chart:
        frame = self._inside(curves[curves["component"] == MIXTURE], unit)
        mark: dict[str, Any] = {"color": NEUTRAL, "strokeWidth": 3, "opacity": 0.45, "tooltip": None}
        return alt.Chart(frame).mark_line(**mark).encode(**self._line())

    def _groups(self, curves: pd.DataFrame, unit: float) -> alt.Chart:
        frame = self._inside(curves, unit)
        letters = in_order(frame["component"])
        colour = alt.Color("component:N", scale=colour_scale(letters), legend=None)
        dash = alt.StrokeDash("component:N", scale=dash_scale(letters), legend=None)
        asked = lines([("component:N", "Group", None)])
        line = alt.Chart(data_of(frame)).mark_line(strokeWidth=1.5)
        return line.encode(**self._line(), color=colour, strokeDash=dash, tooltip=asked)

    def _inside(self, curves: pd.DataFrame, unit: float) -> pd.DataFrame:
        seen = curves["x"].between(*self.along_span) & (unit * curves["density"] > _SEEN * self.depth)
        return only(self._raised(curves[seen], unit), "x", "top", "component")

    def _raised(self, frame: pd.DataFrame, unit: float) -> pd.DataFrame:
        return frame.assign(top=self.base + unit * frame["density"])

    def _line(self) -> dict[str, Any]:
        places = {self.along: _PLACE[self.along]("x:Q"), self.across: _PLACE[self.across]("top:Q")}
        return {**places, "order": alt.Order("x:Q"), "detail": alt.Detail("component:N")}

    def _height(self) -> dict[str, Any]:
        return {self.across: _PLACE[self.across]("top:Q"), f"{self.across}2": _LEVEL[self.across](self.base)}


def _with_middles(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with their middles, by which a box holds them or does not."""
    return cells.assign(**{axis: (cells[f"{axis}0"] + cells[f"{axis}1"]) / 2 for axis in "xy"})


def _domain(scatter: alt.LayerChart, axis: str) -> tuple[float, float]:
    low, high = scatter.encoding[axis]["scale"]["domain"]
    return float(low), float(high)


def _end(low: float, high: float) -> float:
    return low + (high - low) / (1 - _ROOM)


def _widened(scatter: alt.LayerChart, axis: str) -> Any:
    """The scatter's channel with room for the strip, and neither labels nor grid lines in that room."""
    low, high = _domain(scatter, axis)
    inside = f"datum.value <= {high!r}"
    channel = scatter.encoding[axis].copy(deep=True)
    channel["scale"]["domain"] = [low, _end(low, high)]
    own = channel["axis"].to_dict().get("labelExpr", "datum.label")
    channel["axis"]["labelExpr"] = f"{inside} ? {own} : ''"
    channel["axis"]["gridOpacity"] = {"condition": {"test": inside, "value": 1}, "value": 0}
    return channel
