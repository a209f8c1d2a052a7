"""What identifies a table, its features, a fit and a comparison of models."""

import io

import pandas as pd
import pytest

from gmm_core.errors import TableError
from gmm_core.tables.options import ReadOptions
from pages.shared.workspace import example_workspace, file_workspace

ROWS = b"x,y\n" + b"".join(b"%d,%d\n" % (i % 7, i * i % 13) for i in range(50))


def book(*names: str) -> bytes:
    out = io.BytesIO()
    with pd.ExcelWriter(out, engine="xlsxwriter") as writer:
        for name in names:
            pd.DataFrame({"x": [1, 2, 8, 9, 3], "y": [1, 3, 9, 7, 5]}).to_excel(writer, sheet_name=name, index=False)
    return out.getvalue()


@pytest.mark.parametrize("changes", [{"scaling": "standard"}, {"gaps": "median"}, {"columns": ("waiting",)}])
def test_other_features_are_another_key_of_everything(changes):
    one = example_workspace("old-faithful")
    other = one.with_spec(**changes)
    assert one.key != other.key
    assert one.fit_key != other.fit_key
    assert one.grid_key != other.grid_key


@pytest.mark.parametrize("changes", [{"seed": 1}, {"n_init": 3}, {"tol": 1e-3}])
def test_other_starts_are_another_fit_and_comparison_of_the_same_features(changes):
    one = example_workspace("old-faithful")
    other = one.with_settings(**changes)
    assert one.key == other.key
    assert one.fit_key != other.fit_key
    assert one.grid_key != other.grid_key


@pytest.mark.parametrize("changes", [{"n_components": 5}, {"covariance_type": "tied"}])
def test_another_number_or_shape_is_another_fit_in_the_same_comparison(changes):
    one = example_workspace("old-faithful")
    other = one.with_settings(**changes)
    assert one.fit_key != other.fit_key
    assert one.grid_key == other.grid_key


def test_sheets_of_one_book_and_files_of_other_content_are_other_tables():
    content = book("a", "b")
    tables = [file_workspace(content, "book.xlsx", name).table for name in ("a", "b")]
    tables += [file_workspace(each, "x.csv").table for each in (ROWS, ROWS.replace(b"6,", b"5,"))]
    assert len({table.digest for table in tables}) == 4


def test_a_file_read_otherwise_is_another_table():
    ways = [None, ReadOptions(skip_foot=1), ReadOptions(text_columns=("z",))]
    assert len({file_workspace(ROWS, "x.csv", options=options).table.digest for options in ways}) == 3


def test_few_rows_begin_with_plainer_shapes():
    assert file_workspace(ROWS, "x.csv").settings.covariance_type == "full"
    assert file_workspace(ROWS[:60], "x.csv").settings.covariance_type == "diag"


def test_a_table_without_a_column_to_group_by_is_refused():
    with pytest.raises(TableError, match="no column of numbers that could be grouped"):
        file_workspace(b"id,same\n" + b"".join(b"%d,7\n" % i for i in range(30)), "x.csv")
