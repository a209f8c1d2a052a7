"""The worked examples, recomputed as the Textbook check does."""

import pytest

from gmm_core import EXAMPLES
from gmm_core.examples import WORKED, figure_values
from pages.shared.textbook.refitting import found_figures

IDS = [f"{each.title}, K {each.n_components}, {each.family}" for each in WORKED]


def test_no_case_is_there_twice_and_each_has_an_example_with_its_columns():
    assert len(set(IDS)) == len(IDS)
    assert all(len(EXAMPLES[each.example].columns) >= each.columns for each in WORKED)


@pytest.mark.parametrize("worked", WORKED, ids=IDS)
def test_the_fit_gives_the_known_figures(worked):
    found = found_figures(worked)
    for name, text in worked.figures.items():
        values, near = figure_values(text)
        assert found[name] == pytest.approx(values, abs=near), name


def test_the_last_digit_tells_how_near_is_near():
    assert figure_values("2.50 -1.25") == ([2.5, -1.25], pytest.approx(0.01))
