"""Drawing categories, and refusing samples that are too small."""

import numpy as np
import pytest

from gmm_core.errors import SettingsError
from gmm_core.examples.drawing import check_row_count, draw_category, draw_category_by_group


def test_categories_come_up_as_often_as_their_shares_say(rng):
    drawn = draw_category(rng, [0.2, 0.5, 0.3], 20_000)
    np.testing.assert_allclose(np.bincount(drawn) / 20_000, [0.2, 0.5, 0.3], atol=0.02)


def test_a_category_of_share_0_never_comes_up(rng):
    assert set(draw_category(rng, [0.0, 0.4, 0.0, 0.6], 2000).tolist()) == {1, 3}


def test_each_group_draws_with_its_own_shares(rng):
    group = np.repeat([0, 1], 10_000)
    drawn = draw_category_by_group(rng, np.array([[0.9, 0.1, 0.0], [0.2, 0.3, 0.5]]), group)
    np.testing.assert_allclose(np.bincount(drawn[:10_000], minlength=3) / 10_000, [0.9, 0.1, 0.0], atol=0.02)
    np.testing.assert_allclose(np.bincount(drawn[10_000:]) / 10_000, [0.2, 0.3, 0.5], atol=0.02)


def test_one_group_draws_as_no_groups_do():
    shares = [0.2, 0.5, 0.3]
    plain = draw_category(np.random.default_rng(3), shares, 500)
    grouped = draw_category_by_group(np.random.default_rng(3), np.array([shares]), np.zeros(500, dtype=np.intp))
    np.testing.assert_array_equal(plain, grouped)


def test_too_few_rows_are_refused_with_the_least_number():
    check_row_count(100, least=100)
    with pytest.raises(SettingsError, match=r"99 rows is too small.*Ask for 100") as caught:
        check_row_count(99, least=100)
    assert caught.value.value == 99
