"""A chart with some groups stepped back, so that the others are looked at."""

import json
from collections.abc import Collection
from typing import Any

from gmm_core.charts.style import BADGES, GROUP_FIELDS

GROUP_CHANNELS = ("color", "fill", "text", "x", "y")
FAINT = 0.12
"""What is left of the opacity of a group that steps back."""
FAINT_BADGE = 0.4
"""Of its badge more, so that it can be found and clicked."""

_SEEN = {"point": 0.7, "tick": 0.7}
"""Vega-Lite's own opacity of marks, where it is not 1."""


def dimmed(spec: dict[str, Any], letters: Collection[str]) -> dict[str, Any]:
    """The specification with these groups faint; those that it does not hold are passed over.

    Parameters
    ----------
    spec : dict
        Of `to_page` or `to_spec`; left as it is.
    letters : collection of str

    Returns
    -------
    dict
    """
    if not letters:
        return spec
    layers = [dimmed(layer, letters) for layer in spec.get("layer", ())]
    field = _group_field(spec)
    return {
        **spec,
        **({"layer": layers} if layers else {}),
        **({"encoding": {**spec["encoding"], "opacity": _opacity(spec, field, letters)}} if field else {}),
    }


def _group_field(view: dict[str, Any]) -> str | None:
    """The field by which a view with marks tells groups apart; None where it doesn't, or fades for a reason already."""
    encoding = view.get("encoding", {})
    if "mark" not in view or "condition" in encoding.get("opacity", {}):
        return None
    fields = (encoding.get(channel, {}).get("field") for channel in GROUP_CHANNELS)
    return next((field for field in fields if field in GROUP_FIELDS), None)


def _opacity(view: dict[str, Any], field: str, letters: Collection[str]) -> dict[str, Any]:
    mark = view["mark"] if isinstance(view["mark"], dict) else {"type": view["mark"]}
    own = view["encoding"].get("opacity", {"value": mark.get("opacity", _SEEN.get(mark["type"], 1))})
    kept = {"test": f"indexof({json.dumps(sorted(letters))}, datum.{field}) < 0", **own}
    faint = FAINT_BADGE if view.get("name") == BADGES or mark["type"] == "text" else FAINT
    return {"condition": kept, "value": faint * float(own.get("value", 1))}
