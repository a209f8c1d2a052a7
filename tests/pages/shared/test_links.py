"""A link restores a workspace."""

from urllib.parse import parse_qs

import pytest

from gmm_core import EXAMPLES, Prior
from pages.shared.links import from_query, to_query
from pages.shared.workspace import example_workspace, file_workspace


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_comes_back_from_its_own_link_with_all_that_was_chosen(name):
    workspace = example_workspace(name).with_settings(n_components=4, covariance_type="tied", seed=11, n_init=37)
    workspace = workspace.with_spec(scaling="standard", gaps="median")
    workspace = workspace.with_settings(noise=True, prior=Prior(), equal_weights=True)
    workspace = workspace.with_spec(weights=workspace.spec.columns[0])
    back = from_query(parse_qs(to_query(workspace)))
    assert back.table.example == name
    assert back.spec == workspace.spec
    assert back.settings == workspace.settings


@pytest.mark.parametrize(
    ("query", "taken"),
    [
        ({"k": "99"}, {"n_components": 12}),
        ({"k": "0"}, {"n_components": 1}),
        ({"starts": "9999"}, {"n_init": 200}),
        ({"starts": "-1"}, {"n_init": 10}),
        ({"seed": "9999999999"}, {"seed": 2**31 - 1}),
        ({"seed": "1" * 5_000}, {"seed": 0}),
        ({"family": "nonsense"}, {"covariance_type": "full"}),
    ],
)
def test_what_a_link_says_wrongly_is_brought_inside_or_left_as_suggested(query, taken):
    settings = from_query({name: [value] for name, value in query.items()}).settings
    assert {name: getattr(settings, name) for name in taken} == taken


def test_wrong_preparations_and_columns_in_a_link_are_as_suggested():
    spec = from_query({"scaling": ["log"], "gaps": ["none"], "column": ["no"]}).spec
    assert spec == example_workspace("old-faithful").spec


def test_a_persons_own_file_has_no_link():
    rows = "".join(f"{i % 7},{i * i % 11}\n" for i in range(30))
    assert to_query(file_workspace(f"a,b\n{rows}".encode(), "own.csv")) == ""
