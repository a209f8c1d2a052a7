"""A link restores a workspace."""

from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from gmm_core import EXAMPLES, Prior
from gmm_core.tables.derived import Derived
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.row_choice import Among, Between
from pages.shared.links import from_query, to_query, unknown_example
from pages.shared.tags import Tag
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


def test_an_example_that_there_is_not_is_told():
    assert unknown_example({"example": ["shop"]}).startswith("There is no example “shop”")
    assert not unknown_example({"example": ["old-faithful"]})
    assert not unknown_example({})


def test_a_persons_own_file_has_no_link():
    rows = "".join(f"{i % 7},{i * i % 11}\n" for i in range(30))
    assert to_query(file_workspace(f"a,b\n{rows}".encode(), "own.csv")) == ""


def test_a_whole_preparation_comes_back_from_a_link():
    spec = FeatureSpec(
        ("a day", "average order value (EUR)"),
        weights="orders a year",
        transforms={"average order value (EUR)": "log", "a day": "yeo-johnson"},
        derived=(Derived("a day", "ratio", ("orders a year", "days since last order")),),
        filters=(Between("months as customer", 6, None), Among("region", ("Ñorth & süd", "a=b"))),
        sample=500,
        sample_seed=3,
        components=0.9,
        label="newsletter",
        name="region",
    )
    workspace = replace(example_workspace("shop-customers"), spec=spec)
    assert from_query(parse_qs(to_query(workspace))).spec == spec


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"components": -1}', '{"columns": 7}', '{"no": 1}', '{"transforms": {"waiting": "cube"}}']
)
def test_a_preparation_without_meaning_in_a_link_is_left_out(text):
    assert from_query({"prepared": [text]}).spec == example_workspace("old-faithful").spec


def test_a_column_that_a_link_keeps_aside_as_label_is_not_fitted():
    spec = from_query({"prepared": ['{"label": "waiting"}'], "column": ["waiting", "eruptions"]}).spec
    assert (spec.columns, spec.label) == (("eruptions",), "waiting")


def test_a_preparation_too_long_for_a_link_has_none():
    many = Among("region", tuple(f"region {i}" for i in range(400)))
    assert to_query(example_workspace("shop-customers").with_spec(filters=(many,))) == ""


def test_names_of_groups_come_with_a_link_cut_to_what_may_be_given():
    workspace = example_workspace("iris").with_settings(n_components=3)
    back = from_query(parse_qs(to_query(workspace, ("Small & [x](y)", "", "C")), keep_blank_values=True))
    assert [tag.name for tag in back.naming.tags] == ["Small & [x](y)", "", "C"]
    assert back.naming.key == back.groups_key
    wild = {"example": ["iris"], "k": ["2"], "name": ["x" * 9_000, " \n\u202e ", "third", "fourth"]}
    assert [tag.name for tag in from_query(wild).naming.tags] == ["x" * 40, ""]
    assert from_query({"name": ["", " "]}).naming is None
    with_noise = from_query({"example": ["iris"], "k": ["2"], "noise": ["on"], "name": ["", "", "odd ones", "fourth"]})
    assert (with_noise.naming.tags, with_noise.naming.odd) == ((Tag(), Tag()), Tag("odd ones"))
    assert len(to_query(workspace, ("é" * 40,) * 12)) < 12 * 6 * 40 + 12 * 6 + 500
