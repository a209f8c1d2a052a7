"""Numbers pasted on one line."""

import pytest

from gmm_core.tables.pasted import as_column
from gmm_core.tables.reading import read_table


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.8, 2.1, 2.3, 1.9", [1.8, 2.1, 2.3, 1.9]),
        ("1.8,2.1,2.3", [1.8, 2.1, 2.3]),
        ("1.8 2.1  2.3", [1.8, 2.1, 2.3]),
        ("1.8\t2.1\t2.3", [1.8, 2.1, 2.3]),
        ("1.8;2.1;2.3", [1.8, 2.1, 2.3]),
        ("1,8; 2,1; 2,3", [1.8, 2.1, 2.3]),
        ("1,8 2,1 2,3", [1.8, 2.1, 2.3]),
        ("-1, 2e3, 7,\n", [-1, 2000, 7]),
        ("75, 78, 80", [75, 78, 80]),
    ],
)
def test_numbers_on_one_line_become_one_column(text, numbers):
    table = read_table(as_column(text).encode())
    assert table.shape == (len(numbers), 1)
    assert table.iloc[:, 0].tolist() == numbers


@pytest.mark.parametrize("text", ["", "7", "a,b,c", "name 1 2 3", "1,2\n3,4", "x\n1\n2"])
def test_anything_else_stays_as_it_is(text):
    assert as_column(text) == text
