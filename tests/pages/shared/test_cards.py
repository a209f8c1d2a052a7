"""How high a card is taken to be."""

from pages.shared.cards import FRAME, LINE, Card


def test_a_long_line_counts_as_the_lines_that_it_wraps_to_and_stars_for_nothing():
    short, long = f"**{'a' * LINE}**", "a" * (LINE + 1)
    assert Card("A", 0.5, ((short, short), (long,))).height == FRAME + 4
    assert Card("noise", 0.5, ((short,),), note=long).height == FRAME + 3
