"""A link that restores an example with its columns, K, family and seed; the other way round, a workspace from one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from gmm_core import EXAMPLES
from gmm_core.model.families import COMMON
from pages.shared.workspace import MOST_GROUPS, Workspace, example_workspace

MOST_DIGITS = 10
FIRST_EXAMPLE = next(iter(EXAMPLES))


def to_query(workspace: Workspace) -> str:
    """The query string that restores this workspace; "" for a person's own file, which stays in the session."""
    if workspace.table.example is None:
        return ""
    settings = workspace.settings
    pairs = [("example", workspace.table.example), *(("column", name) for name in workspace.spec.columns)]
    pairs += [("k", str(settings.n_components)), ("family", settings.covariance_type), ("seed", str(settings.seed))]
    return urlencode(pairs)


def from_query(query: Mapping[str, Sequence[str]]) -> Workspace:
    """The workspace that a link asks for; what it does not say, or says wrongly, is the example's own suggestion."""
    name = _first(query, "example", FIRST_EXAMPLE)
    workspace = example_workspace(name if name in EXAMPLES else FIRST_EXAMPLE)
    numeric = set(workspace.table.frame.select_dtypes("number").columns)
    columns = tuple(dict.fromkeys(column for column in query.get("column", ()) if column in numeric))
    own = workspace.settings
    family = _first(query, "family", own.covariance_type)
    return workspace.with_spec(columns=columns or workspace.spec.columns).with_settings(
        n_components=_number(query, "k", own.n_components, 1, MOST_GROUPS),
        covariance_type=family if family in COMMON else own.covariance_type,
        seed=_number(query, "seed", own.seed, 0, 2**31 - 1),
    )


def _first(query: Mapping[str, Sequence[str]], name: str, default: str) -> str:
    values = query.get(name) or [default]
    return values[0]


def _number(query: Mapping[str, Sequence[str]], name: str, default: int, low: int, high: int) -> int:
    text = _first(query, name, "")
    return (
        min(max(int(text), low), high) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else default
    )
