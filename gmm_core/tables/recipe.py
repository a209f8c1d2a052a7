"""A whole preparation as one small JSON text, and back: everything is checked, and nothing in it is run.

The text is an object with these fields and no others: ``format`` ("gmm-recipe"), ``version`` (2; a reader refuses
versions that it doesn't know), the fields of ``FeatureSpec``; ``reading``, null or how the file was read (the fields of
``ReadOptions`` and ``sheet``; version 1 had none); ``constants``, which keep what was found when the recipe was made:
for each column its ``transform`` (constants of that kind), ``fill`` (or null), ``centre`` and ``scale``; and ``axes``,
null or the principal directions (``centre``, ``directions`` as D lists, ``variances``, ``n_kept``).
"""

import json
from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any, TypeVar

import numpy as np

from gmm_core.errors import GmmError, InterchangeError
from gmm_core.model.principal import PrincipalAxes
from gmm_core.model.transforms.base import Transform
from gmm_core.tables.features import FeatureSpec, Preparation
from gmm_core.tables.json_fields import Fields, parsed
from gmm_core.tables.reading_alike import Reading, reading_content, reading_of
from gmm_core.tables.spec_fields import SPEC_FIELDS, spec_content, spec_of
from gmm_core.tables.way_back import WayBack

T = TypeVar("T")

FORMAT = "gmm-recipe"
VERSION = 2

_CONSTANTS = ("transform", "fill", "centre", "scale")
_AXES = ("centre", "directions", "variances", "n_kept")


def to_recipe(preparation: Preparation, reading: Reading | None = None) -> str:
    """A preparation as JSON (see the module's schema), to be saved beside the results; and how its file was read."""
    spec, way = preparation.spec, preparation.way
    content = {
        "format": FORMAT,
        "version": VERSION,
        **spec_content(spec),
        "reading": reading_content(reading),
        "constants": {
            name: {"transform": asdict(transform), "fill": None if np.isnan(fill) else fill, **scaling}
            for name, transform, fill, scaling in zip(
                spec.columns, way.transforms, preparation.fill.tolist(), _scalings(way), strict=True
            )
        },
        "axes": None if way.axes is None else _axes_content(way.axes),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    from_recipe(text)
    return text


def from_recipe(text: str) -> Preparation:
    """The preparation in a text.

    Raises
    ------
    InterchangeError
        For a text that is no recipe or of another version, and, by its name, for a field that is missing, unknown, of
        the wrong type, or without meaning.
    """
    return whole_recipe(text)[0]


def whole_recipe(text: str) -> tuple[Preparation, Reading | None]:
    """The preparation in a text, and how the file was read that it was made for; None where that is not told.

    Raises
    ------
    InterchangeError
        As ``from_recipe``.
    """
    content = _parsed(text)
    return _preparation(content), _reading(content)


def _preparation(content: Fields) -> Preparation:
    spec = _sensible(spec_of, content)
    constants = content.inner("constants")
    constants.check_names(spec.columns)
    each = [constants.inner(name) for name in spec.columns]
    for one in each:
        one.check_names(_CONSTANTS)
    transforms = tuple(_transform(one, spec, name) for one, name in zip(each, spec.columns, strict=True))
    fill = np.array([one.number("fill", missing=spec.gaps != "median") for one in each])
    centre, scale = (np.array([one.number(name) for one in each]) for name in ("centre", "scale"))
    if not (scale > 0).all():
        raise InterchangeError("A scale in the recipe is not above 0.", "Use a recipe that was not changed by hand.")
    axes = None if spec.components is None else _axes(content.inner("axes"), len(spec.columns))
    return Preparation(spec, fill, WayBack(transforms, centre, scale, axes))


def _reading(content: Fields) -> Reading | None:
    return None if content.content["reading"] is None else _sensible(reading_of, content.inner("reading"))


def _parsed(text: str) -> Fields:
    """The recipe's fields, those that came with a later version added."""
    content = parsed(text, "recipe")
    content.check_format(FORMAT, 1, VERSION)
    if content.content["version"] == 1:
        content = Fields({"reading": None, **content.content}, content.where)
    content.check_names(("format", "version", *SPEC_FIELDS, "reading", "constants", "axes"))
    return content


def _sensible(make: Callable[[Fields], T], content: Fields) -> T:
    """What is made of these fields; ``InterchangeError`` where they have no meaning."""
    try:
        return make(content)
    except InterchangeError:
        raise
    except GmmError as error:
        raise InterchangeError(f"The recipe makes no sense. {error.problem}", error.remedy) from None


def _scalings(way: WayBack) -> list[dict[str, float]]:
    return [{"centre": c, "scale": s} for c, s in zip(way.centre.tolist(), way.scale.tolist(), strict=True)]


def _axes_content(axes: PrincipalAxes) -> dict[str, Any]:
    return {name: np.asarray(getattr(axes, name)).tolist() for name in _AXES}


def _transform(content: Fields, spec: FeatureSpec, column: str) -> Transform:
    kind, found = spec.transform_of(column), content.inner("transform")
    found.check_names(tuple(each.name for each in fields(kind)))
    made = kind(
        **{
            each.name: tuple(found.array(each.name, None))
            if isinstance(each.default, tuple)
            else found.number(each.name)
            for each in fields(kind)
        }
    )
    if not made.is_sound:
        raise content.bad("transform", f"holds constants that “{kind.words}” cannot have")
    return made


def _axes(content: Fields, n_columns: int) -> PrincipalAxes:
    content.check_names(_AXES)
    variances = content.array("variances", None)
    directions = content.array("directions", n_columns, len(variances))
    n_kept = content.whole_or_none("n_kept") or 0
    if not (variances > 0).all() or not 1 <= n_kept <= len(variances):
        raise content.bad("variances", "must be above 0, and n_kept at most as many")
    if not np.allclose(directions.T @ directions, np.eye(len(variances)), atol=1e-6):
        raise content.bad("directions", "must have unit length and lie at right angles")
    return PrincipalAxes(content.array("centre", n_columns), directions, variances, n_kept)
