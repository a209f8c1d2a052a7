"""What to beware of, and what may be done about it."""

from gmm_core.tables.cautions import COLUMN_CHECKS, TABLE_CHECKS
from pages.shared.remedies import REMEDIES, TAIL


def test_every_kind_of_caution_has_its_place_among_the_remedies():
    assert set(REMEDIES) == {*COLUMN_CHECKS, *TABLE_CHECKS, "few rows", "two units", "below zero", "far value", TAIL}
