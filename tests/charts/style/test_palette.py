"""Colours, shapes and letters."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.charts import style

PURPLE = "#5E3C99"
BACKGROUNDS = ("#ffffff", "#0e1117")


def test_the_first_eight_groups_have_the_palettes_colours_in_order():
    assert [style.sign_of(letter).colour for letter in "ABCDEFGH"] == list(style.PALETTE)
    assert style.PALETTE[:3] == ("#0072B2", "#E69F00", "#009E73")


def test_shapes_come_in_the_same_order():
    shapes = [style.sign_of(letter).shape for letter in "ABCDE"]
    assert shapes == ["circle", "square", "triangle-up", "diamond", "cross"]


@given(st.integers(0, 5_000))
def test_letters_and_positions_are_inverse(index):
    assert style.index_of(style.letter_of(index)) == index


def test_letters_go_on_after_z():
    letters = [style.letter_of(index) for index in (0, 25, 26, 51, 52, 701, 702)]
    assert letters == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


@pytest.mark.parametrize("wrong", ["", "a", "A1", "mixture "])
def test_what_is_no_letter_is_refused(wrong):
    with pytest.raises(ValueError, match="is no group's letter"):
        style.index_of(wrong)


def test_no_two_of_the_first_56_groups_look_alike():
    signs = [style.sign_of(style.letter_of(index)) for index in range(56)]
    assert len({(sign.colour, sign.shape) for sign in signs}) == 56


def test_lines_of_the_second_round_are_dashed():
    dashes = [style.sign_of(letter).dash for letter in "AHIPQ"]
    assert dashes[0] == dashes[1] != dashes[2] == dashes[3] != dashes[4]


def test_a_scale_keeps_a_groups_sign_when_others_are_absent():
    whole, part = style.colour_scale(["A", "B", "C"]), style.colour_scale(["C"])
    assert whole.to_dict()["range"][2] == part.to_dict()["range"][0] == style.PALETTE[2]
    assert style.shape_scale(["C"]).to_dict() == {"domain": ["C"], "range": ["triangle-up"]}


def test_letters_are_ordered_by_group_with_noise_and_mixture_last():
    assert style.in_order(["mixture", "AA", "B", "noise", "Z", "A", "B"]) == ["A", "B", "Z", "AA", "noise", "mixture"]


def test_merged_groups_look_as_their_first_and_stand_in_its_place():
    merged, first = style.sign_of("B+D"), style.sign_of("B")
    assert (merged.colour, merged.shape, merged.glyph, merged.letter) == (first.colour, first.shape, first.glyph, "B+D")
    assert style.in_order(["noise", "C", "B+D", "A"]) == ["A", "B+D", "C", "noise"]


def test_noise_has_its_own_colour_and_shape():
    noise = style.sign_of("noise")
    assert noise.colour == style.NOISE_COLOUR == "#7f7f7f"
    assert noise.shape not in style.SHAPES


@pytest.mark.parametrize("letter", [*"ABCDEFGH", "noise", "mixture"])
def test_the_letter_on_a_badge_can_be_read(letter):
    sign = style.sign_of(letter)
    assert style.contrast(sign.colour, sign.ink) >= 4.5


@pytest.mark.parametrize("colour", [style.NEUTRAL, style.ACCENT, style.NOISE_COLOUR])
@pytest.mark.parametrize("background", BACKGROUNDS)
def test_what_belongs_to_no_group_can_be_seen_in_both_themes(colour, background):
    assert style.contrast(colour, background) >= 3


@pytest.mark.parametrize("letter", "ABCDEFGH")
@pytest.mark.parametrize("background", BACKGROUNDS)
def test_no_groups_colour_vanishes_in_either_theme(letter, background):
    assert style.contrast(style.sign_of(letter).colour, background) >= 2.2


def test_contrast_is_that_of_the_guidelines():
    assert style.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert style.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_chosen_colours_hold_for_a_while_and_merged_groups_take_that_of_the_first():
    with style.coloured({"A": PURPLE, "noise": PURPLE}):
        assert [style.sign_of(name).colour for name in ("A", "A+C")] == [PURPLE] * 2
        assert style.sign_of("A").ink == "#ffffff"
        assert style.sign_of("A").shape == "circle"
        assert style.sign_of("noise").colour == style.NOISE_COLOUR
        assert style.colour_scale(["A", "B"]).to_dict()["range"] == [PURPLE, style.PALETTE[1]]
    assert style.sign_of("A").colour == style.PALETTE[0]


def test_a_colour_chosen_in_one_thread_is_not_seen_in_another():
    with style.coloured({"A": PURPLE}), ThreadPoolExecutor(1) as other:
        assert other.submit(style.sign_of, "A").result().colour == style.PALETTE[0]


def test_chosen_colours_are_gone_after_an_error():
    with pytest.raises(ValueError, match="no group"), style.coloured({"A": PURPLE}):
        style.sign_of("a")
    assert style.sign_of("A").colour == style.PALETTE[0]
