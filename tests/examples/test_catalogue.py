"""The list of built-in examples: what a gallery may rely on."""

import dataclasses
import subprocess
import sys

import pandas as pd
import pytest

from gmm_core.examples import EXAMPLES, load_example

IN_GALLERY_ORDER = [
    "old-faithful",
    "penguins",
    "iris",
    "shop-customers",
    "sensor-readings",
    "galaxies",
    "simulator",
    "wait-times",
    "test-scores",
    "customers",
    "six-points",
]
LIST_WITHOUT_LOADING = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from gmm_core.examples import EXAMPLES
print([repr(example) for example in EXAMPLES.values()])
assert not [path for path in opened if path.endswith(".csv")], opened
assert "pandas" not in sys.modules
"""


@pytest.fixture(params=EXAMPLES.values(), ids=lambda example: example.name)
def example(request):
    """Each example in turn."""
    return request.param


@pytest.fixture
def table(example):
    """The table of the example in turn."""
    return example.load()


def test_all_examples_are_there_in_gallery_order_with_old_faithful_first():
    assert list(EXAMPLES) == IN_GALLERY_ORDER


def test_every_example_is_known_by_its_own_name():
    assert [example.name for example in EXAMPLES.values()] == list(EXAMPLES)


def test_the_list_of_examples_cannot_be_changed():
    with pytest.raises(TypeError):
        EXAMPLES["mine"] = EXAMPLES["iris"]


def test_an_example_cannot_be_changed(example):
    with pytest.raises(dataclasses.FrozenInstanceError):
        example.title = "mine"


def test_an_example_can_be_a_key(example):
    assert {example: 1}[dataclasses.replace(example)] == 1


def test_listing_the_examples_reads_no_table_and_imports_no_pandas(root):
    subprocess.run([sys.executable, "-c", LIST_WITHOUT_LOADING], cwd=root, check=True, capture_output=True)


def test_what_to_see_is_one_sentence(example):
    assert example.see.endswith(".")
    assert ". " not in example.see
    assert 40 <= len(example.see) <= 260


def test_title_source_and_licence_are_stated(example):
    assert all(text.strip() == text != "" for text in (example.title, example.source, example.licence))


def test_suggested_columns_are_numeric_and_vary(example, table):
    for column in example.columns:
        assert pd.api.types.is_numeric_dtype(table[column])
        assert not pd.api.types.is_bool_dtype(table[column])
        assert table[column].nunique() >= 5


def test_suggested_family_is_one_of_the_four(example):
    assert example.family in {"full", "tied", "diag", "spherical"}


def test_the_suggested_number_of_groups_leaves_three_rows_a_group(example, table):
    assert 2 <= example.n_components <= len(table) // 3


def test_a_label_column_is_complete_and_not_among_those_to_cluster(example, table):
    if example.label is not None:
        assert example.label not in example.columns
        assert table[example.label].notna().all()
        assert table[example.label].nunique() > 1


def test_units_belong_to_numeric_columns(example, table):
    for column, unit in example.units:
        assert pd.api.types.is_numeric_dtype(table[column])
        assert example.unit(column) == unit != ""


def test_a_column_without_a_known_unit_has_an_empty_one(example):
    assert example.unit("no such column") == ""


def test_each_call_gives_a_fresh_table_of_the_same_content(example):
    first, second = load_example(example.name), load_example(example.name)
    pd.testing.assert_frame_equal(first, second)
    first.iloc[:, 0] = first.iloc[0, 0]
    pd.testing.assert_frame_equal(second, load_example(example.name))


def test_rows_are_numbered_from_0_and_columns_have_text_names(table):
    assert list(table.index) == list(range(len(table)))
    assert all(isinstance(column, str) for column in table.columns)
    assert table.columns.is_unique


def test_numbers_survive_a_csv_file(table, tmp_path):
    numbers = table.select_dtypes("number")
    numbers.to_csv(tmp_path / "numbers.csv", index=False)
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "numbers.csv"), numbers, check_exact=True)
