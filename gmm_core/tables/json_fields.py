"""Fields of a JSON object, read one by one; whatever is not what it should be is told by its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import InterchangeError
from gmm_core.model.interchange.fields import AS_WRITTEN, is_number
from gmm_core.model.interchange.fields import parsed as parsed_object


@dataclass(frozen=True)
class Fields:
    """An object of a JSON text.

    Parameters
    ----------
    content : dict
    where : str
        Its place in the text, for messages.
    """

    content: dict[str, Any]
    where: str

    def bad(self, name: str, must: str) -> InterchangeError:
        """The error for a field: what it must be."""
        return InterchangeError(f"In the {self.where}, “{name}” {must}.", AS_WRITTEN, value=self.content.get(name))

    def check_format(self, name: str, *versions: int) -> None:
        """Raise where the text is of another format, or of none of these versions."""
        if self.content.get("format") != name:
            raise InterchangeError(f"This text is no {self.where}.", f"Its field “format” must be {name!r}.")
        found = self.content.get("version")
        if isinstance(found, bool) or found not in versions:
            known = " or ".join(map(str, versions))
            raise self.bad("version", f"must be {known}; use the program that wrote it")

    def check_names(self, names: Sequence[str]) -> None:
        """Raise where a field is missing or unknown."""
        for name in names:
            if name not in self.content:
                raise self.bad(name, "is missing")
        for name in self.content:
            if name not in names:
                raise self.bad(name, "is unknown")

    def inner(self, name: str) -> "Fields":
        """The object in a field."""
        found = self.content.get(name)
        if not isinstance(found, dict):
            raise self.bad(name, "must be an object")
        return Fields(found, f"{self.where}'s “{name}”")

    def objects(self, name: str) -> list["Fields"]:
        """The objects of the list in a field."""
        found = self.content[name]
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise self.bad(name, "must be a list of objects")
        return [Fields(each, f"{self.where}'s “{name}”") for each in found]

    def text(self, name: str) -> str:
        found = self.content.get(name)
        if not isinstance(found, str):
            raise self.bad(name, "must be a text")
        return found

    def text_or_none(self, name: str) -> str | None:
        return None if self.content[name] is None else self.text(name)

    def texts(self, name: str) -> tuple[str, ...]:
        found = self.content.get(name)
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise self.bad(name, "must be a list of texts")
        return tuple(found)

    def all_texts(self) -> dict[str, str]:
        """The whole object, whose fields must all be texts."""
        return {name: self.text(name) for name in self.content}

    def number(self, name: str, missing: bool = False) -> float:
        """A finite number; NaN for null where it may be missing."""
        found = self.content[name]
        if found is None and missing:
            return np.nan
        if not is_number(found):
            raise self.bad(name, "must be a finite number")
        return float(found)

    def number_or_none(self, name: str) -> int | float | None:
        """A number as it is written, whole or not."""
        found: int | float | None = self.content[name]
        if found is not None and not is_number(found):
            raise self.bad(name, "must be a number or null")
        return found

    def number_or_text(self, name: str) -> float | str | None:
        return self.text(name) if isinstance(self.content[name], str) else self.number_or_none(name)

    def whole_or_none(self, name: str) -> int | None:
        found = self.number_or_none(name)
        if isinstance(found, float):
            raise self.bad(name, "must be a whole number")
        return found

    def yes_no_or_none(self, name: str) -> bool | None:
        found: bool | None = self.content[name]
        if not (found is None or isinstance(found, bool)):
            raise self.bad(name, "must be true, false or null")
        return found

    def array(self, name: str, *shape: int | None) -> NDArray[np.float64]:
        """Finite numbers in lists of this shape; None for any length."""
        found = _array(self.content[name])
        if found.ndim != len(shape) or any(n not in (None, m) for n, m in zip(shape, found.shape, strict=True)):
            sizes = " lists of ".join("any number of" if n is None else str(n) for n in shape)
            raise self.bad(name, f"must hold {sizes} finite numbers")
        return found


def parsed(text: object, what: str) -> Fields:
    """The object that a JSON text holds; raises as mixtures do."""
    return Fields(parsed_object(text, what), what)


def _array(lists: Any) -> NDArray[np.float64]:
    """Nested lists of finite numbers as an array; one without dimensions where they are anything else."""
    flat = [lists]
    while any(isinstance(each, list) for each in flat):
        flat = [one for each in flat for one in (each if isinstance(each, list) else [None])]
    try:
        return np.array(lists if flat and all(map(is_number, flat)) else np.nan, dtype=float)
    except ValueError:  # lists of different lengths
        return np.array(np.nan)
