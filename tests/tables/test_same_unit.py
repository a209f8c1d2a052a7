"""Units told from names of columns."""

import pytest

from gmm_core.tables.same_unit import same_unit, unit_of


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("bill_length_mm", "mm"),
        ("temperature (°C)", "°c"),
        ("Umsatz [EUR]", "eur"),
        ("Preis €", "€"),
        ("height cm", "cm"),
        ("speed (m/s)", "m/s"),
        ("area [ m² ]", "m²"),
        ("income (2023)", ""),
        ("income (log)", ""),
        ("income (log10)", ""),
        ("score (of 100)", ""),
        ("m", ""),
        ("x", ""),
        ("score", ""),
        ("", ""),
    ],
)
def test_the_unit_is_what_a_name_ends_in(name, unit):
    assert unit_of(name) == unit


def test_only_units_that_are_told_are_the_same():
    assert same_unit("bill_length_mm", "bill depth (MM)")
    assert not same_unit("x", "y")
    assert not same_unit("height cm", "weight kg")
