"""Digits for tables on screen."""

import numpy as np
import pandas as pd

from pages.shared.digits import decimals_for, for_the_eye


def cells(frame, decimals):
    shown = for_the_eye(frame, decimals)._translate(True, True)["body"]
    return [[cell["display_value"] for cell in row if cell["type"] == "td"] for row in shown]


def test_numbers_that_round_to_zero_say_so_and_have_no_sign():
    frame = pd.DataFrame({"probability": [0.0, 0.0002, 0.25], "effect": [-0.001, 1.5, np.nan]})
    assert cells(frame, {"probability": 3, "effect": 2}) == [["0.000", "0.00"], ["< 0.001", "1.50"], ["0.250", ""]]


def test_each_row_has_the_digits_of_its_own():
    frame = pd.DataFrame({"mean": [1234.5678, 0.012345, 2e-9]})
    places = [decimals_for(spread) for spread in (40.0, 0.02, 3e-10)]
    assert cells(frame, {"mean": places}) == [["1,234.6"], ["0.0123"], ["2e-09"]]
