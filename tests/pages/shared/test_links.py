"""A link restores a workspace."""

from urllib.parse import parse_qs

import pytest

from gmm_core import EXAMPLES
from pages.shared.links import from_query, to_query
from pages.shared.workspace import example_workspace, file_workspace


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_comes_back_from_its_own_link(name):
    workspace = example_workspace(name).with_settings(n_components=4, covariance_type="tied", seed=11)
    back = from_query(parse_qs(to_query(workspace)))
    assert back.table.example == name
    assert back.spec == workspace.spec
    assert back.settings == workspace.settings


def test_a_persons_own_file_has_no_link():
    rows = "".join(f"{i % 7},{i * i % 11}\n" for i in range(30))
    assert to_query(file_workspace(f"a,b\n{rows}".encode(), "own.csv")) == ""
