"""Names of the files that charts are saved under."""

import pytest

from pages.shared.chart_files import LONGEST_NAME, file_name


@pytest.mark.parametrize(
    ("alt", "table", "name"),
    [
        ("Map of a against b: rows coloured by group", "Old Faithful", "Old Faithful - Map of a against b"),
        ("Who moved where", "shop 2024.csv", "shop 2024 - Who moved where"),
        ("Map of a/b against <c>: d", "", "Map of a b against c"),
        ("Histogram of größe", "..\\x?*.csv", ".. x - Histogram of größe"),
    ],
)
def test_a_file_is_named_after_its_table_and_what_it_shows(alt, table, name):
    assert file_name(alt, table) == name


def test_a_name_is_not_too_long_for_a_disk():
    assert len(file_name("x" * 300, "y" * 300)) == LONGEST_NAME
