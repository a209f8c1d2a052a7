"""The fields of a document, checked for what JSON leaves open: names, types, shapes and sizes."""

import json
from typing import Any, NoReturn

import numpy as np

from gmm_core.errors import InterchangeError
from gmm_core.model.checking import LARGEST
from gmm_core.model.em.forms import Array

LARGEST_SIZE = 1000
"""Most components, and most columns."""

LONGEST = 50_000_000
"""Most characters of a text, about two million numbers."""

AS_WRITTEN = "Give a text that was saved by this program and not changed."


def parsed(text: object, what: str = "mixture") -> dict[str, Any]:
    """The fields of a JSON object; ``what`` is what messages call it. NaN, Infinity and doubled fields are refused."""
    if not isinstance(text, str) or len(text) > LONGEST:
        raise InterchangeError(
            f"A {what} is a text of at most {LONGEST:,} characters.", "Give the text of a JSON file."
        )
    try:
        content = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_once)
    except InterchangeError as error:
        raise InterchangeError(f"{error.problem} So it is no {what}.", error.remedy) from None
    except (ValueError, RecursionError) as error:
        raise InterchangeError(f"This is not JSON ({error}), so no {what}.", AS_WRITTEN) from None
    if not isinstance(content, dict):
        raise InterchangeError(f"This JSON is no object with fields, so no {what}.", AS_WRITTEN)
    return content


def _refuse_constant(name: str) -> NoReturn:
    raise InterchangeError(f"The text holds {name}, which is no number.", "Give finite numbers.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise InterchangeError("The text gives a field twice.", "Give each field once.")
    return content


def check_names(content: dict[str, Any], fields: tuple[str, ...]) -> None:
    for name in [*fields, *content]:
        if name not in content:
            raise bad(name, "is missing", "Give all fields of the schema.")
        if name not in fields:
            raise bad(shown(name), "is unknown", f"The fields are {', '.join(fields)}.")


def size_of(value: object, name: str) -> int:
    """The length of a list that sets K or D."""
    if not isinstance(value, list) or not 1 <= len(value) <= LARGEST_SIZE:
        raise bad(name, "has the wrong shape", f"It must be a list of 1 to {LARGEST_SIZE} values.")
    return len(value)


def as_list(value: object, name: str, length: int) -> list[Any]:
    if not isinstance(value, list) or len(value) != length:
        raise bad(name, "has the wrong shape", f"It must be a list of {length}.")
    return value


def as_array(value: object, name: str, *shape: int) -> Array:
    return np.array(as_numbers(value, name, *shape), dtype=float)


def as_numbers(value: Any, name: str, *shape: int) -> Any:
    if shape:
        rows = enumerate(as_list(value, name, shape[0]))
        return [as_numbers(row, f"{name}[{i}]", *shape[1:]) for i, row in rows]
    if not is_number(value):
        raise bad(name, f"is {shown(value)}", "It must be a finite number.")
    return value


def is_number(value: Any) -> bool:
    """Whether a value is a finite number that may be computed with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -(LARGEST**2) <= value <= LARGEST**2


def bad(field: str, what: str, remedy: str) -> InterchangeError:
    return InterchangeError(f"The field {field} {what}.", remedy, value=field)


def shown(value: object) -> str:
    return repr(value)[:40]
