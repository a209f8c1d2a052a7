"""How high a card is taken to be, and its badge."""

from base64 import b64decode

import pytest

from pages.shared import tagging
from pages.shared.cards import FRAME, LINE, Card, badge


def test_a_long_line_counts_as_the_lines_that_it_wraps_to_and_stars_for_nothing():
    short, long = f"**{'a' * LINE}**", "a" * (LINE + 1)
    assert Card("A", 0.5, ((short, short), (long,))).height == FRAME + 4
    assert Card("noise", 0.5, ((short,),), note=long).height == FRAME + 3


@pytest.mark.parametrize(("name", "letter"), [("B", "B"), ("noise", "")])
def test_a_badge_is_a_picture_of_letter_and_sign(name, letter):
    picture = b64decode(badge(name)).decode()
    assert picture.startswith("<svg")
    assert f">{letter}</text>" in picture
    assert f">{tagging.sign(name).glyph}</text>" in picture
    assert tagging.sign(name).colour in picture
