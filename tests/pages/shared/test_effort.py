"""When to ask before work begins."""

from dataclasses import replace

from gmm_core import FitSettings
from pages.shared.effort import SECONDS_WITHOUT_ASKING, predicted_seconds

SETTINGS = FitSettings(6, "full", n_init=10)


def test_small_tables_are_fitted_without_asking():
    assert predicted_seconds(300, 2, [SETTINGS]) < SECONDS_WITHOUT_ASKING


def test_wide_and_long_tables_are_asked_about():
    assert predicted_seconds(1_000_000, 40, [SETTINGS]) > SECONDS_WITHOUT_ASKING


def test_the_prediction_grows_with_rows_columns_groups_and_models():
    base = predicted_seconds(10_000, 5, [SETTINGS])
    assert predicted_seconds(20_000, 5, [SETTINGS]) > base
    assert predicted_seconds(10_000, 10, [SETTINGS]) > base
    assert predicted_seconds(10_000, 5, [replace(SETTINGS, n_components=9)]) > base
    assert predicted_seconds(10_000, 5, [SETTINGS, SETTINGS]) == 2 * base
