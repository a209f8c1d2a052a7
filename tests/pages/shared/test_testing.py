"""What the page says of a bootstrap test."""

import numpy as np
import pytest

from gmm_core.model.choice.bootstrap import RatioTest
from pages.shared import testing


def ratio(n_reached, n_drawn, **changes):
    replicates = np.repeat([20.0, 1.0], [n_reached, n_drawn - n_reached])
    return RatioTest(10.0, 99, 10, replicates, **{"n_components": 2, **changes})


@pytest.mark.parametrize(
    ("test", "sentence"),
    [
        (
            ratio(0, 99),
            "At least three groups: in none of 99 tables drawn from two groups does one group more gain as much as in "
            "yours (p = 0.01).",
        ),
        (
            ratio(0, 99, n_components=1),
            "One bell shape is not enough: in none of 99 tables drawn from one group does one group more gain as much "
            "as in yours (p = 0.01).",
        ),
        (
            ratio(10, 30),
            "No need for more than two groups: in 10 tables of 30 drawn from two groups does one group more gain as "
            "much as in yours (p = 0.33).",
        ),
        (ratio(0, 10), "10 tables drawn: too few to tell."),
        (
            RatioTest(np.nan, 99, n_components=1, unsound="One group rests on row 3 alone."),
            "No sound fit with two groups of this shape, so nothing here asks for more than one group.",
        ),
    ],
)
def test_the_outcome_is_a_plain_sentence(test, sentence):
    assert testing.verdict(test) == sentence
    assert testing.tells(test) == ("too few" not in sentence)


def test_replicates_that_failed_and_the_reason_of_no_fit_are_said():
    assert "3 tables had no sound fit" in " ".join(testing.cautions(ratio(0, 96, n_failed=3)))
    assert "Any groups?" in testing.cautions(ratio(0, 99, n_components=1))[0]
    assert testing.cautions(RatioTest(np.nan, 99, unsound="Too few rows.")) == [r"Too few rows\."]
