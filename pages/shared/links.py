"""A link that restores an example with all that was chosen for it; the other way round, a workspace from one."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from gmm_core import EXAMPLES, Prior
from gmm_core.errors import GmmError
from gmm_core.model.families import FAMILIES
from gmm_core.tables.gaps import GAP_RULES
from gmm_core.tables.scaling import SCALINGS
from pages.shared.tags import LONGEST_NAME, Naming, Tag
from pages.shared.workspace import LARGEST_SEED, MOST_GROUPS, MOST_STARTS, Workspace, example_workspace

if TYPE_CHECKING:
    from gmm_core.tables.features import FeatureSpec

MOST_DIGITS = 10
MOST_PREPARED = 2_000
"""Characters of a preparation that a link has room for."""

_SAID = ("columns", "scaling", "gaps", "weights")
"""Fields of a specification that have a place of their own in a link."""

_SWITCHES: dict[str, object] = {"noise": True, "prior": Prior(), "equal_weights": True}
"""Settings that are off unless a link says "on", and what they then are."""

FIRST_EXAMPLE = next(iter(EXAMPLES))


def to_query(workspace: Workspace, names: Sequence[str] = ()) -> str:
    """The query string that restores this workspace, and what its groups are called, in their order.

    It is "" for a person's own file, which stays in the session, and where the preparation is too long for a link.
    """
    prepared = _prepared(workspace.spec)
    if workspace.table.example is None or len(prepared) > MOST_PREPARED:
        return ""
    spec, settings = workspace.spec, workspace.settings
    pairs = [("example", workspace.table.example), *(("column", name) for name in spec.columns)]
    pairs += [("scaling", spec.scaling), ("gaps", spec.gaps)]
    pairs += [("k", str(settings.n_components)), ("family", settings.covariance_type)]
    pairs += [("starts", str(settings.n_init)), ("seed", str(settings.seed))]
    pairs += [(name, "on") for name in _SWITCHES if getattr(settings, name)]
    pairs += [("weights", spec.weights)] if spec.weights is not None else []
    pairs += [("prepared", prepared)] if prepared else []
    pairs += [("guided", "on")] if workspace.guided else []
    pairs += [("clusters", str(workspace.n_clusters))] if workspace.n_clusters is not None else []
    pairs += [("name", name) for name in names]
    return urlencode(pairs)


def from_query(query: Mapping[str, Sequence[str]]) -> Workspace:
    """The workspace that a link asks for; what it does not say, or says wrongly, is the example's own suggestion."""
    name = _first(query, "example", FIRST_EXAMPLE)
    workspace = example_workspace(name if name in EXAMPLES else FIRST_EXAMPLE)
    workspace = replace(workspace, spec=_prepared_as(workspace.spec, _first(query, "prepared", "")))
    spec, own = workspace.spec, workspace.settings
    numeric = {*workspace.table.frame.select_dtypes("number").columns, *(each.name for each in spec.derived)}
    numeric -= {spec.label}
    columns = tuple(dict.fromkeys(column for column in query.get("column", ()) if column in numeric))
    found = workspace.with_spec(
        columns=columns or spec.columns,
        scaling=_one_of(SCALINGS, query, "scaling", spec.scaling),
        gaps=_one_of(GAP_RULES, query, "gaps", spec.gaps),
        weights=_one_of(numeric, query, "weights", "") or None,
    ).with_settings(
        n_components=_number(query, "k", own.n_components, 1, MOST_GROUPS),
        covariance_type=_one_of(FAMILIES, query, "family", own.covariance_type),
        n_init=_number(query, "starts", own.n_init, 1, MOST_STARTS),
        seed=_number(query, "seed", own.seed, 0, LARGEST_SEED),
        **{name: on for name, on in _SWITCHES.items() if _first(query, name, "") == "on"},
    )
    if _first(query, "guided", "") == "on":
        found = found.with_model(found.settings.n_components, found.settings.covariance_type)
    found = found.with_clusters(_number(query, "clusters", MOST_GROUPS, 1, MOST_GROUPS))
    return replace(found, naming=_naming(found, query.get("name", ())))


def unknown_example(query: Mapping[str, Sequence[str]]) -> str:
    """What to say of a link to an example that there is not; "" of others."""
    name = _first(query, "example", FIRST_EXAMPLE)
    return (
        ""
        if name in EXAMPLES
        else f"There is no example “{name}”. This is the first one; the others are under “Change the data”."
    )


def _naming(workspace: Workspace, names: Sequence[str]) -> Naming | None:
    """The names for the clusters of this workspace's fit, and for its noise; one beyond these, or too long, is cut."""
    n = workspace.n_clusters or workspace.settings.n_components
    most = n + bool(workspace.settings.noise)
    clean = ["".join(filter(str.isprintable, name)).strip()[:LONGEST_NAME] for name in names[:most]]
    if not any(clean):
        return None
    tags = tuple(map(Tag, [*clean, *("" for _ in range(n + 1 - len(clean)))]))
    return Naming(tags[:n], None, workspace.groups_key, tags[n])


def _prepared(spec: FeatureSpec) -> str:
    """What a specification says beyond what has a place of its own in a link, as JSON; "" where that is nothing."""
    from gmm_core.tables.features import FeatureSpec
    from gmm_core.tables.spec_fields import spec_content

    plain = spec_content(FeatureSpec(spec.columns))
    said = {name: value for name, value in spec_content(spec).items() if name not in _SAID and value != plain[name]}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) if said else ""


def _prepared_as(spec: FeatureSpec, text: str) -> FeatureSpec:
    """A specification with what such a text says; as it is where the text says nothing, or nothing with a meaning."""
    from gmm_core.tables.json_fields import Fields, parsed
    from gmm_core.tables.spec_fields import SPEC_FIELDS, spec_content, spec_of

    if not text:
        return spec
    try:
        said = parsed(text, "link").content
        columns = [name for name in spec.columns if name != said.get("label")]
        content = Fields({**spec_content(spec), "columns": columns, **said}, "link")
        content.check_names(SPEC_FIELDS)
        return spec_of(content)
    except GmmError:
        return spec


def _first(query: Mapping[str, Sequence[str]], name: str, default: str) -> str:
    values = query.get(name) or [default]
    return values[0]


def _one_of(known: Container[str], query: Mapping[str, Sequence[str]], name: str, default: str) -> str:
    value = _first(query, name, default)
    return value if value in known else default


def _number(query: Mapping[str, Sequence[str]], name: str, default: int, low: int, high: int) -> int:
    text = _first(query, name, "")
    return (
        min(max(int(text), low), high) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else default
    )
