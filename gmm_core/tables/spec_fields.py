"""A specification as the fields of a JSON object, for recipes and links, and back."""

from dataclasses import asdict, fields
from typing import Any

from gmm_core.tables.derived import Derived
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.json_fields import Fields
from gmm_core.tables.row_choice import FILTERS, Filter

SPEC_FIELDS = tuple(each.name for each in fields(FeatureSpec))


def spec_content(spec: FeatureSpec) -> dict[str, Any]:
    """The fields of a specification, to be written as JSON."""
    return {
        **{name: getattr(spec, name) for name in SPEC_FIELDS},
        "columns": list(spec.columns),
        "transforms": dict(spec.transforms),
        "derived": [asdict(each) for each in spec.derived],
        "filters": [{"kind": each.name, **asdict(each)} for each in spec.filters],
    }


def spec_of(content: Fields) -> FeatureSpec:
    """The specification in an object that has all of ``SPEC_FIELDS``, and maybe others.

    Raises
    ------
    GmmError
        For a field of the wrong type or without meaning.
    """
    return FeatureSpec(
        columns=content.texts("columns"),
        scaling=content.text("scaling"),
        gaps=content.text("gaps"),
        weights=content.text_or_none("weights"),
        transforms=tuple(content.inner("transforms").all_texts().items()),
        derived=tuple(_derived(each) for each in content.objects("derived")),
        filters=tuple(_filter(each) for each in content.objects("filters")),
        sample=content.whole_or_none("sample"),
        sample_seed=content.whole_or_none("sample_seed") or 0,
        components=content.number_or_none("components"),
        label=content.text_or_none("label"),
        name=content.text_or_none("name"),
    )


def _derived(content: Fields) -> Derived:
    content.check_names(("name", "kind", "of", "reference"))
    return Derived(content.text("name"), content.text("kind"), content.texts("of"), content.text("reference"))


def _filter(content: Fields) -> Filter:
    kind = FILTERS.get(content.text("kind"))
    if kind is None:
        raise content.bad("kind", f"must be one of {', '.join(FILTERS)}")
    content.check_names(("kind", *(each.name for each in fields(kind))))
    return kind.from_fields(content)
