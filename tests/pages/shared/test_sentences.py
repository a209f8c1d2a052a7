"""The answers and cautions of the pages as sentences."""

from gmm_core import FitSettings, fit_mixture, load_example
from pages.shared.sentences import astray
from pages.shared.terms import explained


def test_starts_that_went_astray_are_told_with_their_rows_and_what_helps():
    fit = fit_mixture(load_example("wait-times"), FitSettings(3, n_init=10))
    lost = [start for start in fit.starts if not start.sound]
    assert 5 < len(lost) < 10
    (said,) = astray(fit)
    assert said.startswith(f"{len(lost)} of 10 starts went astray and did not count. In the first of them: One group ")
    assert " row" in said
    assert said.endswith("Fewer groups or a plainer shape would help.")
    assert "collapses" in str(explained(said))


def test_few_starts_that_went_astray_are_told_in_short():
    fit = fit_mixture(load_example("wait-times"), FitSettings(3, n_init=20))
    n_lost = sum(not start.sound for start in fit.starts)
    assert 0 < n_lost <= 10
    assert astray(fit) == [f"{n_lost} of 20 starts went astray and did not count."]


def test_where_all_starts_are_sound_none_went_astray():
    assert astray(fit_mixture(load_example("old-faithful"), FitSettings(1))) == []
