"""A chart as one self-contained specification: for PNG, SVG and JSON files, for pages, and for other tools.

A chart's own ``to_dict`` asks Altair's global data transformer, which Streamlit swaps while it serves other sessions;
rows get lost that way. Here the rows are taken out of the chart first, so no transformer is asked.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

import altair as alt
import pandas as pd
from altair.utils import schemapi

from gmm_core.charts.style import GROUP_FIELDS, inline, with_parts

View = alt.Chart | alt.LayerChart
Theme = Literal["light", "dark"]

MOST_ELEMENTS = 500
"""Marks, lines and areas apart, up to which a chart is made of elements: more take long, and nobody hears all."""
KEY_LINE = 56
"""Characters of a line of names above a chart."""

_INKS = {
    "light": {"background": "#ffffff", "text": "#31333f", "grid": "#e6e8ee"},
    "dark": {"background": "#0e1117", "text": "#fafafa", "grid": "#2b2f38"},
}


def to_spec(
    chart: View, *, width: int | None = 760, height: int | None = None, theme: Theme | None = "light"
) -> dict[str, Any]:
    """The Vega-Lite specification with its rows inside and every size settled.

    Parameters
    ----------
    chart : altair.Chart or altair.LayerChart
        Any chart of this package.
    width, height : int, optional
        Overall size in pixels, axes and titles included; None keeps the chart's own.
    theme : "light", "dark" or None
        Text, grid and background colours, which on a page come from Streamlit; None states none.

    Returns
    -------
    dict
        Ready for ``vl_convert.vegalite_to_png``, ``vegalite_to_svg`` or ``json.dumps``.
    """
    spec: dict[str, Any] = _with_data(chart, inline).to_dict()
    sizes = {"width": width, "height": height}
    spec.update({name: size for name, size in sizes.items() if size is not None})
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    spec["config"] = {} if theme is None else _config(**_INKS[theme])
    return spec


def to_page(chart: View) -> dict[str, Any]:
    """The specification for ``st.vega_lite_chart``, its frames beside it as named data sets.

    It is not held against Vega-Lite's schema, which would take Altair half of the time: tests do that, with `to_spec`.

    Parameters
    ----------
    chart : altair.Chart or altair.LayerChart
        Any chart of this package.

    Returns
    -------
    dict
        May be kept and shown again; Streamlit gives it size and colours.
    """
    frames: dict[str, pd.DataFrame] = {}

    def named(frame: pd.DataFrame) -> alt.NamedData:
        name = f"rows{len(frames)}"
        frames[name] = frame
        return alt.NamedData(name=name)

    spec: dict[str, Any] = _with_data(chart, named).to_dict(validate=False)
    spec = _with_rows_inside(spec, spec.pop("datasets", {}))
    sizes = {name: len(frame) for name, frame in frames.items()}
    return {**spec, **_renderer(_marks(spec, sizes)), "datasets": frames}


def skip_checks() -> None:
    """Hold charts no longer against Vega-Lite's schema part by part as they are put together; pages need no such check.

    It holds for the whole process, as Altair's switch does: turned and turned back by several threads it would end up
    either way, as Altair turns it itself in between.
    """
    schemapi.disable_debug_mode()


def _marks(view: dict[str, Any], sizes: Mapping[str, int], handed_down: str = "") -> int:
    """How many marks are drawn, of data sets with these numbers of rows; a line or an area of many rows is none."""
    data = view.get("data", {}).get("name", handed_down)
    own = 0 if view.get("mark", {}).get("type") in (None, "line", "area") else sizes.get(data, 0)
    return own + sum(_marks(layer, sizes, data) for layer in view.get("layer", ()))


def _renderer(n_marks: int) -> dict[str, Any]:
    """How a browser draws so many marks: an element each, with words for who can't see it, or one picture of many."""
    if n_marks <= MOST_ELEMENTS:
        return {"config": {}}
    return {"config": {"mark": {"aria": False}}, "usermeta": {"embedOptions": {"renderer": "canvas"}}}


def to_file(page: Mapping[str, Any], *, width: int = 760) -> dict[str, Any]:
    """The specification of a page's chart as it is saved: light, on white, its rows inside, every size settled.

    Parameters
    ----------
    page : mapping
        Of `to_page`.
    width : int
        In pixels, of a chart that fills its container; others keep their own.

    Returns
    -------
    dict
        For `to_png` and `to_svg`.
    """
    fills = page.get("width") == "container"
    settled = {"width": width, "autosize": {"type": "fit", "contains": "padding"}} if fills else {}
    rows = {name: inline(frame)["values"] for name, frame in page["datasets"].items()}
    return {**page, **settled, "datasets": rows, "config": _config(**_INKS["light"])}


def _with_rows_inside(spec: dict[str, Any], rows: dict[str, Any]) -> dict[str, Any]:
    """The specification with rows that are no frame where they are drawn: their cells may be lists."""
    layers = [_with_rows_inside(layer, rows) for layer in spec.get("layer", ())]
    name = spec.get("data", {}).get("name")
    return {
        **spec,
        **({"layer": layers} if layers else {}),
        **({"data": {"values": rows[name]}} if name in rows else {}),
    }


def with_names(spec: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The specification with each group's name beside its letter: above the chart, on axes, and where a mark is asked.

    Parameters
    ----------
    spec : dict
        Of `to_page` or `to_spec`; it is changed in place, and returned.
    names : mapping of str to str
        By letter; any characters.

    Returns
    -------
    dict
    """
    titles = json.dumps({letter: f"{letter}, {name}" for letter, name in names.items()})
    for axis in _group_axes(spec) if names else ():
        axis["labelExpr"] = f"{titles}[datum.value] || datum.label"
    for view in _views(spec) if names else ():
        encoding = view.get("encoding", {})
        if any(isinstance(each, dict) and each.get("field") in GROUP_FIELDS for each in encoding.values()):
            spec.setdefault("title", _key_of(names))
        tooltip = encoding.get("tooltip")
        for entry in tooltip if isinstance(tooltip, list) else []:
            if entry.get("field") in GROUP_FIELDS:
                told = f"{titles}[datum.{entry['field']}] || datum.{entry['field']}"
                view.setdefault("transform", []).append({"calculate": told, "as": f"named_{entry['field']}"})
                entry["field"] = f"named_{entry['field']}"
    return spec


def _key_of(names: Mapping[str, str]) -> dict[str, Any]:
    """The names with their letters as a title, in lines that a narrow chart has room for; plain text for Vega."""
    lines = [""]
    for letter, name in names.items():
        said = f"{letter}: {name}"
        if lines[-1] and len(lines[-1]) + len(said) > KEY_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} · {said}" if lines[-1] else said
    return {"text": lines, "anchor": "start", "fontSize": 12, "fontWeight": "normal", "offset": 8}


def _group_axes(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The axes that are labelled with letters; layers share an axis, and only some of them describe it."""
    for channel in ("x", "y"):
        placed = [view.get("encoding", {}).get(channel, {}) for view in _views(spec)]
        if any(each.get("field") in GROUP_FIELDS for each in placed):
            yield from (each["axis"] for each in placed if each.get("axis"))


def _views(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield spec
    for layer in spec.get("layer", []):
        yield from _views(layer)


def _with_data(chart: Any, place: Callable[[pd.DataFrame], alt.Data]) -> Any:
    """A copy with each frame replaced by what ``place`` makes of it; the chart given stays as it was."""
    data = {"data": place(chart.data)} if isinstance(chart.data, pd.DataFrame) else {}
    layers = {"layer": [_with_data(each, place) for each in chart.layer]} if isinstance(chart, alt.LayerChart) else {}
    return with_parts(chart, **data, **layers)


def _config(background: str, text: str, grid: str) -> dict[str, Any]:
    words: dict[str, Any] = {"labelColor": text, "titleColor": text, "titleFontWeight": "normal"}
    return {
        "background": background,
        "font": "sans-serif",
        "axis": {**words, "labelFontSize": 12, "titleFontSize": 13, "gridColor": grid},
        "legend": {**words, "labelFontSize": 12, "titleFontSize": 12},
        "title": {"color": text},
    }
