"""Specifications from others, where a change of one field asks for changes of others; and a specification in words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gmm_core.errors import TableError
from gmm_core.model.words import listed
from gmm_core.tables.derived import Derived
from gmm_core.tables.far_values import FarValue
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.gaps import GAP_RULES
from gmm_core.tables.row_choice import Within
from gmm_core.tables.scaling import SCALINGS


def plain(spec: FeatureSpec) -> FeatureSpec:
    """The table's own columns as they are, of all rows; weights, label and name stay."""
    for each in spec.derived:
        spec = without_made(spec, each.name)
    return FeatureSpec(spec.columns, weights=spec.weights, label=spec.label, name=spec.name)


def with_transforms(spec: FeatureSpec, transforms: Mapping[str, str]) -> FeatureSpec:
    """With these transforms of these columns beside those of the others."""
    return replace(spec, transforms=tuple({**dict(spec.transforms), **transforms}.items()))


def from_zero(spec: FeatureSpec, column: str) -> FeatureSpec:
    """Without the rows in which a column is below 0."""
    return replace(spec, filters=(*spec.filters, Within(column, low=0)))


def without_far(spec: FeatureSpec, column: str, far: FarValue) -> FeatureSpec:
    """Without the rows that have a value far from all others."""
    end = {"high" if far.is_high else "low": far.nearest}
    return replace(spec, filters=(*spec.filters, Within(column, **end)))


def with_label(spec: FeatureSpec, label: str | None) -> FeatureSpec:
    """With a column kept aside as label, which takes it out of the columns."""
    return replace(spec, columns=tuple(name for name in spec.columns if name != label), label=label)


def with_made(spec: FeatureSpec, made: Derived) -> FeatureSpec:
    """With a made column, chosen at once."""
    return replace(spec, derived=(*spec.derived, made), columns=(*spec.columns, made.name))


def without_made(spec: FeatureSpec, name: str) -> FeatureSpec:
    """Without a made column, and without all that rests on it."""
    gone = {name}
    for each in spec.derived:  # sources come first
        gone |= {each.name} if gone & set(each.of) else set()
    aside: dict[str, Any] = {role: None for role in ("weights", "label", "name") if getattr(spec, role) in gone}
    return replace(
        spec,
        columns=tuple(each for each in spec.columns if each not in gone),
        derived=tuple(each for each in spec.derived if each.name not in gone),
        filters=tuple(each for each in spec.filters if each.column not in gone),
        transforms=tuple(pair for pair in spec.transforms if pair[0] not in gone),
        **aside,
    )


def check_columns_there(spec: FeatureSpec, table_columns: Collection[str]) -> None:
    """Raise ``TableError``, which names them all, where a table lacks columns that a specification needs."""
    missing = [name for name in _needed(spec) if name not in set(table_columns)]
    if missing:
        names = ", ".join(f"“{name}”" for name in missing)
        lacks = "a column that this table lacks" if len(missing) == 1 else "columns that this table lacks"
        raise TableError(f"The recipe needs {lacks}: {names}.", "Rename them in the table.", columns=missing)


def left_out(wanted: FeatureSpec, kept: FeatureSpec, table_columns: Collection[str]) -> list[str]:
    """A sentence each on columns of a specification that a table lacks, or that hold no numbers there, and on steps
    that fell away with them."""
    gone = [name for name in _needed(wanted) if name not in set(table_columns)]
    made = {each.name for each in wanted.derived}
    words = [name for name in wanted.columns if name not in {*kept.columns, *gone, *made}]
    lost = [each for each in steps(wanted) if each not in steps(kept)]
    said = [(gone, "This table lacks {}."), (words, "Left out, as no numbers stand there: {}.")]
    told = [sentence.format(listed([f"“{name}”" for name in names])) for names, sentence in said if names]
    return [*told, f"Steps that fell away: {'; '.join(lost)}."] if lost else told


def steps(spec: FeatureSpec) -> list[str]:
    """What is done to the columns and rows, a phrase a step, such as "logarithm of amount"; none for plain columns."""
    said = [
        *(f"made {each.words}" for each in spec.derived),
        *(f"{spec.transform_of(name).words} of {name}" for name, _ in spec.transforms if name in spec.columns),
        *(f"rows with {each.words}" for each in spec.filters),
        f"a sample of {spec.sample:,} rows" if spec.sample else "",
        f"gaps: {GAP_RULES[spec.gaps].words}" if spec.gaps != "drop" else "",
        SCALINGS[spec.scaling].words if spec.scaling != "none" else "",
        _components(spec.components),
        f"rows count by {spec.weights}" if spec.weights else "",
        f"{spec.label} kept aside" if spec.label else "",
        f"rows named by {spec.name}" if spec.name else "",
    ]
    return [each for each in said if each]


def _components(components: int | float | None) -> str:
    if components is None:
        return ""
    if isinstance(components, int):
        return "1 principal component" if components == 1 else f"{components:,} principal components"
    return f"principal components with {100 * components:.0f}\u00a0% of the variance"


def _needed(spec: FeatureSpec) -> Sequence[str]:
    made = {each.name for each in spec.derived}
    sources = (source for each in spec.derived for source in each.of)
    aside = (name for name in (spec.weights, spec.label, spec.name) if name is not None)
    named = (*spec.columns, *sources, *(each.column for each in spec.filters), *aside)
    return [name for name in dict.fromkeys(named) if name not in made]
