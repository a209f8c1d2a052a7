"""A link that restores an example with all that was chosen for it; the other way round, a workspace from one."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from urllib.parse import urlencode

from gmm_core import EXAMPLES, Prior
from gmm_core.model.families import FAMILIES
from gmm_core.tables.gaps import GAP_RULES
from gmm_core.tables.scaling import SCALINGS
from pages.shared.workspace import LARGEST_SEED, MOST_GROUPS, MOST_STARTS, Workspace, example_workspace

MOST_DIGITS = 10
_SWITCHES: dict[str, object] = {"noise": True, "prior": Prior(), "equal_weights": True}
"""Settings that are off unless a link says "on", and what they then are."""

FIRST_EXAMPLE = next(iter(EXAMPLES))


def to_query(workspace: Workspace) -> str:
    """The query string that restores this workspace; "" for a person's own file, which stays in the session."""
    if workspace.table.example is None:
        return ""
    spec, settings = workspace.spec, workspace.settings
    pairs = [("example", workspace.table.example), *(("column", name) for name in spec.columns)]
    pairs += [("scaling", spec.scaling), ("gaps", spec.gaps)]
    pairs += [("k", str(settings.n_components)), ("family", settings.covariance_type)]
    pairs += [("starts", str(settings.n_init)), ("seed", str(settings.seed))]
    pairs += [(name, "on") for name in _SWITCHES if getattr(settings, name)]
    pairs += [("weights", spec.weights)] if spec.weights is not None else []
    pairs += [("guided", "on")] if workspace.guided else []
    pairs += [("clusters", str(workspace.n_clusters))] if workspace.n_clusters is not None else []
    return urlencode(pairs)


def from_query(query: Mapping[str, Sequence[str]]) -> Workspace:
    """The workspace that a link asks for; what it does not say, or says wrongly, is the example's own suggestion."""
    name = _first(query, "example", FIRST_EXAMPLE)
    workspace = example_workspace(name if name in EXAMPLES else FIRST_EXAMPLE)
    numeric = set(workspace.table.frame.select_dtypes("number").columns)
    columns = tuple(dict.fromkeys(column for column in query.get("column", ()) if column in numeric))
    spec, own = workspace.spec, workspace.settings
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
    return found.with_clusters(_number(query, "clusters", MOST_GROUPS, 1, MOST_GROUPS))


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
