"""Whether new rows come from the same mixture: intervals against plain resampling and textbook formulas."""

import math

import numpy as np
import pytest

from gmm_core.model.drift import bounded, changed, excess, mean_shift, shares_of


def rng():
    return np.random.default_rng(0)


def plain_interval(then, now, seed):
    draws = np.random.default_rng(seed)
    means = [draws.choice(now, len(now)).mean() - draws.choice(then, len(then)).mean() for _ in range(1_500)]
    return np.quantile(means, [0.025, 0.975])


@pytest.mark.parametrize("sizes", [(60, 40), (1_500, 4_000)])
def test_the_interval_is_that_of_plain_resampling(sizes):
    then, now = -rng().gamma(2.0, size=sizes[0]), -0.5 - 1.5 * rng().gamma(2.0, size=sizes[1])
    found = mean_shift(then, now, 0.0)
    wanted = plain_interval(then, now, 1)
    assert found.estimate == pytest.approx(now.mean() - then.mean())
    assert [found.low, found.high] == pytest.approx(wanted, abs=0.1 * (wanted[1] - wanted[0]))


def test_a_few_rows_far_out_widen_the_interval_of_many_as_they_do_in_plain_resampling():
    then, now = rng().normal(size=4_000), rng().normal(size=4_000)
    now[:3] = -5_000.0
    found, wanted = mean_shift(then, now, 0.0), plain_interval(then, now, 2)
    assert found.high - found.low == pytest.approx(wanted[1] - wanted[0], rel=0.2)


def test_a_few_rows_far_out_hardly_change_the_shift_of_bounded_values():
    then, now = rng().normal(size=4_000), np.random.default_rng(1).normal(size=400)
    plain = mean_shift(*bounded(then, now), 0.0)
    now[:3] = -5_000.0
    found = mean_shift(*bounded(then, now), 0.0)
    assert found.estimate == pytest.approx(plain.estimate, abs=0.05)
    assert found.high - found.low == pytest.approx(plain.high - plain.low, rel=0.2)


def test_a_shift_of_all_rows_outlasts_the_bound():
    then, now = -rng().gamma(2.0, size=600), -rng().gamma(2.0, size=600) - 0.5
    now[:60] -= 1_000.0
    assert mean_shift(then, now, 0.0).high - mean_shift(then, now, 0.0).low > 30
    found = mean_shift(*bounded(then, now), 0.0)
    assert -1.5 < found.low < found.high < -0.4


@pytest.mark.parametrize(("n_then", "n_now", "clear"), [(1, 66, True), (0, 1, False), (15, 6, False), (0, 4, True)])
def test_rows_that_fit_no_group_are_held_against_chance_and_against_the_fitted_rows(n_then, n_now, clear):
    then, now = np.full(1_500, 0.5), np.full(586, 0.5)
    then[:n_then], now[:n_now] = 1e-4, 1e-4
    found = excess(then, now)
    total, p = n_then + n_now, 586 / 2_086
    tail = sum(math.comb(total, n) * p**n * (1 - p) ** (total - n) for n in range(n_now, total + 1))
    assert found.p_value == pytest.approx(tail)
    assert found.expected == pytest.approx(max(0.586, n_then * 586 / 1_500))
    assert (found.n, found.is_clear) == (n_now, clear)


def test_what_a_fit_flatters_its_own_rows_by_is_taken_off():
    then, now = rng().normal(size=50), rng().normal(size=50)
    assert mean_shift(then, now, 0.3).estimate == pytest.approx(now.mean() - then.mean() + 0.3)


def test_rows_of_one_source_show_no_clear_shift_in_all_but_a_few_of_many_tries():
    clear = 0
    for seed in range(40):
        draws = np.random.default_rng(seed)
        clear += mean_shift(draws.normal(size=300), draws.normal(size=100), 0.0, seed).is_clear
    assert clear <= 7  # 2 are expected


def test_intervals_of_sure_memberships_are_wilsons():
    memberships = np.repeat([[1.0, 0.0], [0.0, 1.0]], [7, 3], axis=0)
    found, z, n, p = shares_of(memberships), 1.959964, 10, 0.7
    half = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    assert found.low[0] == pytest.approx(middle - half)
    assert found.high[0] == pytest.approx(middle + half)


def test_unsure_memberships_leave_shorter_intervals_that_hold_the_share():
    sure = np.repeat([[1.0, 0.0], [0.0, 1.0]], 50, axis=0)
    blurred = 0.5 + 0.4 * (sure - 0.5)
    widths = [found.high - found.low for found in (shares_of(sure), shares_of(blurred))]
    assert (widths[1] < widths[0]).all()
    assert shares_of(blurred).estimates == pytest.approx([0.5, 0.5])


def test_one_row_shows_no_change_and_a_hundred_do():
    then = shares_of(np.repeat([[1.0, 0.0], [0.0, 1.0]], [30, 70], axis=0))
    assert not changed(then, shares_of(np.array([[1.0, 0.0]]))).any()
    assert changed(then, shares_of(np.repeat([[1.0, 0.0]], 100, axis=0))).all()
    assert not changed(then, then).any()
