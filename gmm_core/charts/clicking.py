"""A chart whose groups can be chosen by a click on their badges."""

from collections.abc import Iterator, Mapping
from typing import Any

from gmm_core.charts.style import BADGES, GROUP, ON_BADGE


def clickable(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification with a selection of the groups whose badges are clicked; each click adds or takes away one.

    Parameters
    ----------
    spec : dict
        Of `to_page`; left as it is, and returned where it has no badges.

    Returns
    -------
    dict
        The selection tells the one field by which the badges have their colours.
    """
    badges = next((view for view in _views(spec) if view.get("name") == BADGES), None)
    if badges is None:
        return spec
    fields = [badges["encoding"]["color"]["field"]]
    click = {"type": "point", "fields": fields, "on": f"click[{ON_BADGE}]", "toggle": "true", "clear": False}
    return {
        **spec,
        "layer": [_pointed(layer) for layer in spec["layer"]],
        "params": [*spec.get("params", ()), {"name": GROUP, "select": click, "views": [BADGES]}],
    }


def _views(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield spec
    for layer in spec.get("layer", ()):
        yield from _views(layer)


def _pointed(view: dict[str, Any]) -> dict[str, Any]:
    """The view, where it is of badges with the cursor of what can be clicked."""
    layers = {"layer": [_pointed(layer) for layer in view["layer"]]} if "layer" in view else {}
    mark = {"mark": {**view["mark"], "cursor": "pointer"}} if view.get("name") == BADGES else {}
    return {**view, **layers, **mark}
