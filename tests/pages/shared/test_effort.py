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


def test_gaps_turned_shapes_noise_and_plain_em_take_longer():
    base = predicted_seconds(10_000, 20, [SETTINGS])
    by_patterns = [predicted_seconds(10_000, 20, [SETTINGS], n) for n in (1, 100, 3_000)]
    assert by_patterns == sorted(by_patterns)
    assert by_patterns[0] == base
    for slower in ({"covariance_type": "EVE"}, {"noise": True}, {"acceleration": None}, {"reg_covar": 1e-6}):
        assert predicted_seconds(10_000, 20, [replace(SETTINGS, **slower)]) > base


def test_a_single_group_is_one_short_fit_however_many_starts_are_asked_for():
    one, two = (predicted_seconds(300, 2, [replace(SETTINGS, n_components=k)]) for k in (1, 2))
    assert one < two / 10
    assert predicted_seconds(300, 2, [replace(SETTINGS, n_components=1, n_init=100)]) == one
    with_gaps = predicted_seconds(300, 2, [replace(SETTINGS, n_components=1)], 2)
    assert one < with_gaps < two
