"""Words for what sets a group apart."""

import pandas as pd
import pytest

from gmm_core.tables.describing import degree, is_plural, traits


@pytest.mark.parametrize(
    ("delta", "countable", "words"),
    [
        (0.95, False, "very high"),
        (-0.5, False, "low"),
        (0.3, False, "rather high"),
        (-0.5, True, "few"),
        (1, True, "very many"),
    ],
)
def test_degrees(delta, countable, words):
    assert degree(delta, countable) == words


@pytest.mark.parametrize(
    ("column", "plural"),
    [
        ("orders a year", True),
        ("days_since_last_order", True),
        ("visits", True),
        ("number of orders", False),
        ("average order value (EUR)", False),
        ("returned items (%)", False),
        ("returns [kg]", False),
        ("bill_length_mm", False),
        ("status", False),
        ("mass", False),
        ("", False),
        ("of", False),
    ],
)
def test_names_that_tell_of_several_things(column, plural):
    assert is_plural(column) is plural


def profile(**deltas):
    return pd.DataFrame({"column": list(deltas), "delta": list(deltas.values())})


def test_the_strongest_come_first_and_no_more_than_three():
    told = traits(profile(orders=-0.6, value=0.92, age=0.1, visits=0.5, days=-0.7), frozenset({"orders", "value"}))
    assert told == [("very high", "value"), ("low", "days"), ("few", "orders")]
    assert traits(profile(b=-1.0, a=1.0)) == [("very low", "b"), ("very high", "a")]


def test_a_slight_difference_is_told_where_there_is_no_clear_one():
    assert traits(profile(a=0.3, b=-0.35)) == [("rather low", "b")]
    assert traits(profile(a=0.1)) == []
