"""The answers and cautions of the pages as sentences."""

from gmm_core import FitSettings, fit_mixture, load_example
from pages.shared.sentences import astray
from pages.shared.terms import explained


def test_starts_that_went_astray_are_told_with_their_rows_and_what_helps():
    fit = fit_mixture(load_example("wait-times"), FitSettings(3, n_init=20))
    lost = [start for start in fit.starts if not start.sound]
    (said,) = astray(fit)
    assert said.startswith(f"{len(lost)} of 20 starts went astray and did not count. In the first of them: One group ")
    assert " row" in said
    assert said.endswith("Fewer groups or a plainer shape would help.") is (len(lost) > 10)
    assert "collapses" in str(explained(said))


def test_where_all_starts_are_sound_none_went_astray():
    assert astray(fit_mixture(load_example("old-faithful"), FitSettings(1))) == []
