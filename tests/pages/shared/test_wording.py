"""Numbers and names as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared import terms, wording


@pytest.mark.parametrize(
    ("value", "spread", "text"),
    [
        (2.03639, 1.14, "2.04"),
        (54.4785, 13.6, "54.5"),
        (1234567.8, 45_000.0, "1,234,600"),
        (-0.0001234, 0.00002, "-0.0001234"),
        (3.0, 0.0, "3"),
        (482.3, 20_000.0, "480"),
        (7.4, 20_000.0, "7"),
        (-0.0004, 1.0, "0.00"),
        (-0.4, 45_000.0, "0"),
        (1e-48, 1.0, "0.00"),
        (-7.8e-16, 1.0, "0.00"),
        (-0.0, 1.0, "0.00"),
        (-0.0, 0.0, "0"),
        (-0.0, None, "0"),
        (-0.0, 1e-9, "0"),
        (float("nan"), 1.0, "–"),
    ],
)
def test_a_number_has_three_digits_of_its_columns_spread(value, spread, text):
    assert wording.number(value, spread) == text


def test_a_half_goes_up_however_its_last_bits_fell():
    assert {wording.number(value, 1.0) for value in (2.025, 2.025 - 4e-16, 2.025 + 4e-16)} == {"2.03"}
    assert wording.number(-2.025, 1.0) == "-2.03"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.3559, "36\u00a0%"),
        (0.0996, "10\u00a0%"),
        (0.0412, "4.1\u00a0%"),
        (0.0001, "< 0.1\u00a0%"),
        (0.0, "0\u00a0%"),
        (0.99999, "> 99.9\u00a0%"),
    ],
)
def test_a_share_has_no_decimals_from_ten_per_cent_up(value, text):
    assert wording.share(value) == text


@given(st.text())
def test_user_text_has_no_active_markdown_sign_and_stays_on_one_line(text):
    shown = wording.escaped(text)
    assert "\n" not in shown
    bare = shown.replace("\\\\", "")
    for sign in "`*_[]<>$:#|~":
        assert bare.count(sign) == bare.count(f"\\{sign}")


def test_terms_of_art_are_explained_and_plain_words_are_not():
    assert "spread over enough rows" in terms.explained("3 models without a sound solution")
    assert terms.explained("It sounds good") is None


def test_words_for_lists_and_counts():
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
    assert wording.listed([]) == ""
    assert wording.counted(1, "row") == "1 row"
    assert wording.counted(3000, "row") == "3,000 rows"
    assert wording.count_word(13) == "13"


def test_small_p_values_and_shares_are_told_without_powers_of_ten():
    assert [wording.p_value(p) for p in (2.3e-192, 9.9e-5, 0.00012, 0.0123, 1.0)] == [
        "< 0.0001",
        "< 0.0001",
        "0.00012",
        "0.012",
        "1",
    ]
    told = [wording.small_share(each) for each in (1e-6, 0.00034, 0.0099, 0.25, 1.0, 0.0)]
    assert told == ["0.0001\u00a0%", "0.034\u00a0%", "0.99\u00a0%", "25\u00a0%", "100\u00a0%", "0\u00a0%"]


def test_what_is_too_small_for_its_decimals_is_not_told_as_none():
    assert [wording.size(each, 3) for each in (0.0, 1e-9, 0.0006, 0.0123, 12.5)] == [
        "0.000",
        "< 0.001",
        "0.001",
        "0.012",
        "12.500",
    ]
    assert wording.size(0.2, 0) == "< 1"
