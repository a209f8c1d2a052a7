"""The stage in a link: what was changed of its scene, as JSON; the other way round, the stage from such a text."""

from __future__ import annotations

import json
from collections.abc import Callable, Container
from dataclasses import fields
from math import isfinite
from typing import Any

from gmm_core import EXAMPLES
from gmm_core.errors import GmmError
from gmm_core.model.families import FAMILIES
from pages.shared.stage.ground import ground_of, walk_of
from pages.shared.stage.setup import FLOORS, GAINS, LINE, MOST_GROUPS, MOST_ROWS, MOST_STEPS, PLANE, Stage
from pages.shared.workspace import LARGEST_SEED

LARGEST = 1e12
"""Size of the largest number that a link may give."""


def changes(stage: Stage, begun: Stage) -> str:
    """What differs from the stage as it began, to be written into a link; "" where nothing does."""
    names = [each.name for each in fields(Stage)]
    said = {name: getattr(stage, name) for name in names if getattr(stage, name) != getattr(begun, name)}
    return json.dumps(said, separators=(",", ":")) if said else ""


def changed(begun: Stage, text: str) -> Stage:
    """The stage with such changes; as it began where the text has no meaning."""
    try:
        stage = begun.having(**{name: _READERS[name](value) for name, value in json.loads(text).items()})
        d = ground_of(stage).n_columns
        if all(len(each) == d for each in (*stage.means, stage.spreads)):
            walk_of(stage)
            return stage
    except (AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError, GmmError):
        pass  # a link may say anything
    return begun


def _number(low: float = -LARGEST, high: float = LARGEST) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isfinite(value) or not low <= value <= high:
            raise ValueError
        return float(value)

    return read


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise ValueError
        return value

    return read


def _one_of(known: Container[Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if isinstance(value, bool) or value not in known:
            raise ValueError
        return value

    return read


def _several(read: Callable[[Any], Any], most: int, least: int = 1) -> Callable[[Any], tuple[Any, ...]]:
    def read_all(values: Any) -> tuple[Any, ...]:
        if not isinstance(values, list) or not least <= len(values) <= most:
            raise ValueError
        return tuple(read(value) for value in values)

    return read_all


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


_PAIR = _several(_number(), most=2, least=2)

_READERS: dict[str, Callable[[Any], Any]] = {
    "source": _one_of((LINE, PLANE, *EXAMPLES)),
    "columns": _several(str, most=2, least=0),
    "n": _whole(1, MOST_ROWS),
    "seed": _whole(0, LARGEST_SEED),
    "truth_means": _PAIR,
    "truth_spreads": _several(_number(0.01), most=2, least=2),
    "truth_share": _number(0.05, 0.95),
    "distance": _number(0.0, 12.0),
    "length": _number(0.5, 8.0),
    "n_odd": _whole(0, 60),
    "means": _several(_several(_number(), most=2), most=MOST_GROUPS),
    "spreads": _several(_number(0.0), most=2),
    "family": _one_of(FAMILIES),
    "most_steps": _whole(0, MOST_STEPS),
    "least_gain": _one_of(GAINS),
    "floor": _one_of(FLOORS),
    "noise": _switch,
    "prior": _switch,
    "hold": _switch,
}
"""By the names of a stage's parts: each gives the value, or raises ``ValueError``."""
