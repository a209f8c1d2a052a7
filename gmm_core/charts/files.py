"""A chart of a page as files to keep: a picture, and one table of the rows that are drawn."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

PART = "part"
"""Column that says which marks of the chart a row is drawn with."""

_ALIKE = {"component": "Group", "group": "Group", "row": "Row", "label": "Name"}
"""What fields are called alike in all parts of a chart, where tooltips say "Mostly group" or "Odd row"."""

_SCALE = 2.0
"""Pixels of a PNG for each of the screen's: enough for a page of print."""


def to_png(spec: Mapping[str, Any]) -> bytes:
    """A specification of `to_file` as a picture in pixels; nothing is asked of the network."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(dict(spec), scale=_SCALE, allowed_base_urls=[]))


def to_svg(spec: Mapping[str, Any]) -> bytes:
    """A specification of `to_file` as a drawing that keeps sharp at any size, in UTF-8."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(dict(spec), allowed_base_urls=[])).encode()


def rows_behind(page: Mapping[str, Any]) -> pd.DataFrame:
    """What a page's chart draws, as one table under the words of its axes and tooltips.

    Parameters
    ----------
    page : mapping
        Of `to_page`.

    Returns
    -------
    pandas.DataFrame
        The rows of each part of the chart below each other; where there are several, with a first column ``part``.
    """
    parts: list[tuple[str, pd.DataFrame]] = []
    for view, shared in _drawn(page, {}):
        frame = _titled(_frame(view, page), {**shared, **view.get("encoding", {})}, shared)
        if len(frame) and not any(frame.equals(known) for _, known in parts):
            parts.append((_mark(view), frame))
    parts.sort(key=lambda part: "Row" not in part[1])  # the table's own rows come first
    if len(parts) == 1:
        return parts[0][1].reset_index(drop=True)
    seen, several = Counter[str](), Counter(mark for mark, _ in parts)
    told = []
    for mark, frame in parts:
        seen[mark] += 1
        name = f"{mark} {seen[mark]}" if several[mark] > 1 else mark
        told.append(pd.concat([pd.Series(name, index=frame.index, name=PART), frame], axis=1))
    return pd.concat(told, ignore_index=True) if told else pd.DataFrame()


def _drawn(view: Mapping[str, Any], shared: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each part with marks that are seen, other than words, and the axes that it shares with others."""
    if "mark" in view and _mark(view) != "text" and _is_seen(view["mark"]):
        yield view, shared
    for layer in view.get("layer", ()):
        yield from _drawn(layer, {**shared, **view.get("encoding", {})})


def _is_seen(mark: Any) -> bool:
    return not isinstance(mark, dict) or mark.get("opacity") != 0


def _mark(view: Mapping[str, Any]) -> str:
    mark = view["mark"]
    return str(mark["type"] if isinstance(mark, dict) else mark)


def _frame(view: Mapping[str, Any], page: Mapping[str, Any]) -> pd.DataFrame:
    data = view.get("data", page.get("data", {}))
    return page["datasets"][data["name"]] if "name" in data else pd.DataFrame(data.get("values", []))


def _titled(frame: pd.DataFrame, encoding: Mapping[str, Any], shared: Mapping[str, Any]) -> pd.DataFrame:
    """The frame under the words that a person reads on the chart; a share is given as a number, not as words too."""
    titles = {**_asked(encoding), **_axes(encoding, shared)}
    titles |= {field: word for field, word in _ALIKE.items() if word.lower() in titles.get(field, word).lower()}
    numbers = {field: title.lower() for field, title in titles.items() if title.lower() in frame and field in frame}
    twice = [field for field, number in numbers.items() if number != field and field != number]
    titles |= {numbers[field]: titles[field] for field in twice}
    kept = frame.drop(columns=twice)
    names: dict[str, str] = {}
    for column in kept.columns:
        title = titles.get(column, column)
        names[column] = column if title in names.values() else title
    return kept.rename(columns=names).replace("\u00a0", " ", regex=True)  # which is for lines on screen


def _asked(encoding: Mapping[str, Any]) -> dict[str, str]:
    """Titles of the fields that a tooltip shows."""
    tooltip = encoding.get("tooltip")
    return {each["field"]: each["title"] for each in tooltip if "title" in each} if isinstance(tooltip, list) else {}


def _axes(encoding: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, str]:
    """Titles of the fields that lie along the axes; of bars from where to where."""
    found: dict[str, str] = {}
    for axis in "xy":
        axes = [each.get(axis, {}).get("axis") or {} for each in (encoding, shared)]
        title = next((each["title"] for each in axes if each.get("title")), None)
        field, end = (encoding.get(each, {}).get("field") for each in (axis, f"{axis}2"))
        if title and field:
            found |= {field: title} if end is None else {field: f"{title}, from", end: f"{title}, to"}
    return found
