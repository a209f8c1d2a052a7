"""Ways to look into a compiled chart."""

import re
from collections.abc import Iterator
from typing import Any


class Look:
    """What the specification of a chart holds."""

    def __init__(self, chart: Any) -> None:
        self.spec = chart.to_dict(validate=False)  # test_every_chart validates

    def nodes(self) -> Iterator[dict[str, Any]]:
        """Every object of the specification, the data left out."""
        return _walk({name: part for name, part in self.spec.items() if name != "datasets"})

    def views(self, kind: str | None = None) -> list[dict[str, Any]]:
        """The layers, in drawing order; only those of one kind of mark if asked."""
        views = [node for node in self.nodes() if "mark" in node]
        return [view for view in views if kind in (None, view["mark"]["type"])]

    def rows(self, view: dict[str, Any]) -> list[dict[str, Any]]:
        """The data of one layer."""
        return self.spec["datasets"][view.get("data", self.spec.get("data"))["name"]]

    def all_rows(self) -> list[dict[str, Any]]:
        return [row for rows in self.spec["datasets"].values() for row in rows]

    def texts(self) -> set[str]:
        """All words written into the plot."""
        return {row[view["encoding"]["text"]["field"]] for view in self.views("text") for row in self.rows(view)}

    def titles(self) -> list[str]:
        return [node["title"] for node in self.nodes() if isinstance(node.get("title"), str)]

    def axis(self, channel: str) -> dict[str, Any]:
        return self.spec["encoding"][channel]["axis"]

    def domain(self, channel: str) -> list[float]:
        return self.spec["encoding"][channel]["scale"]["domain"]

    def scales(self, channel: str) -> list[dict[str, Any]]:
        """The scales of one channel, layer by layer, where they are stated."""
        encoded = (view["encoding"].get(channel, {}) for view in self.views())
        return [channel["scale"] for channel in encoded if "scale" in channel]


def names_used(view: dict[str, Any]) -> set[str]:
    """The columns that a layer draws, those its transforms and conditions read, and those its selections return."""
    parts = [view.get("encoding", {}), view.get("transform", [])]
    encoded = {node["field"] for node in _walk(parts) if "field" in node}
    read = set(re.findall(r"datum\.(\w+)", str(parts)))
    boxed = {"x", "y"} if any("param" in node for node in _walk(view.get("transform", []))) else set()
    return (
        encoded | read | boxed | {name for node in view.get("params", []) for name in node["select"].get("fields", [])}
    )


def _walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        yield from (found for child in node.values() for found in _walk(child))
    elif isinstance(node, list):
        yield from (found for child in node for found in _walk(child))
