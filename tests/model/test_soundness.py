"""Which solutions may win: every kind of unsound one, recognised and told with its rows."""

from contextlib import suppress

import numpy as np
import pytest

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.families import FAMILIES, get_family
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.reasons import name_rows, sentence
from gmm_core.model.settings import FitSettings
from gmm_core.model.soundness import NAMED_COLUMNS, SOUND, Verdict, judge
from tests.model.drawing import grouped_table, packed_covariances, unscaled_rows
from tests.model.reference_data import SIX_POINTS

FLOOR = 1e-13
COLUMNS = ("length", "width")


def verdict_on(X, weights, means, covariances, family="full"):
    """The verdict on given parameters in an unscaled space."""
    family = get_family(family)
    packed, _ = packed_covariances(family.form, np.array(covariances))
    parameters = Parameters.of(family.form, np.array(weights), np.array(means), packed)
    return judge(parameters, family, Expectation(unscaled_rows(X)), FLOOR)


@pytest.fixture(name="X")
def crowd_and_outlier(rng):
    """Sixty rows around (0, 0), and one at (9, 9)."""
    return np.concatenate([rng.normal(size=(60, 2)), [[9.0, 9.0]]])


WIDE, MIDDLE = np.eye(2), [0.0, 0.0]


def test_two_wide_groups_are_sound(rng):
    X = grouped_table(rng, 60, 2, 2, distance=0.0) + np.repeat([[0.0, 0.0], [20.0, 0.0]], 30, axis=0)
    assert verdict_on(X, [0.5, 0.5], [MIDDLE, [20.0, 0.0]], [WIDE, WIDE]) is SOUND
    assert sentence(SOUND, COLUMNS) == ""


def test_a_spike_on_a_single_row_is_collapsed_and_names_the_row_and_the_columns(X):
    verdict = verdict_on(X, [60 / 61, 1 / 61], [MIDDLE, [9.0, 9.0]], [WIDE, FLOOR * np.eye(2)])
    assert (verdict.kind, verdict.component, verdict.rows, verdict.columns) == ("collapsed", 1, (60,), (0, 1))
    assert not verdict.sound
    text = sentence(verdict, COLUMNS)
    assert "shrunk onto row 61, with no spread across a line or plane in length and width" in text


def test_a_spike_held_up_by_its_floor_or_a_ridge_still_rests_on_too_few_rows(X):
    verdict = verdict_on(X, [60 / 61, 1 / 61], [MIDDLE, [9.0, 9.0]], [WIDE, 0.01 * np.eye(2)])
    assert (verdict.kind, verdict.rows, verdict.n_rows, verdict.n_needed) == ("too few rows", (60,), 1, 3)
    assert sentence(verdict, COLUMNS) == "One group rests on 1 different row (row 61), but its shape needs at least 3."


def test_tied_rows_count_once(X):
    X = np.concatenate([X, np.repeat(X[-1:], 4, axis=0)])
    verdict = verdict_on(X, [60 / 65, 5 / 65], [MIDDLE, [9.0, 9.0]], [WIDE, 0.01 * np.eye(2)])
    assert (verdict.kind, verdict.rows, verdict.n_rows) == ("too few rows", (60, 61, 62, 63, 64), 1)


def test_a_line_through_few_rows_is_collapsed_across_the_columns_it_leans_on(rng):
    line = np.array([[9.0, 9.0], [10.0, 10.0], [11.0, 11.0], [12.5, 12.5]])
    X = np.concatenate([rng.normal(size=(60, 2)), line])
    flat = np.ones((2, 2)) + FLOOR * np.eye(2)
    verdict = verdict_on(X, [60 / 64, 4 / 64], [MIDDLE, [10.6, 10.6]], [WIDE, flat])
    assert (verdict.kind, verdict.rows, verdict.columns) == ("collapsed", (60, 61, 62, 63), (0, 1))


def test_ties_in_one_column_are_collapsed_in_that_column_alone(rng):
    X = np.concatenate([rng.normal(size=(60, 2)), [[9.0, 5.0], [10.0, 5.0], [11.0, 5.0]]])
    for family in ("full", "diag"):
        verdict = verdict_on(X, [60 / 63, 3 / 63], [MIDDLE, [10.0, 5.0]], [WIDE, np.diag([1.0, FLOOR])], family)
        assert (verdict.kind, verdict.columns) == ("collapsed", (1,))
        assert "rows 61, 62 and 63, with no spread in width:" in sentence(verdict, COLUMNS)
        assert "the narrower it gets, the better it fits" in sentence(verdict, COLUMNS)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_group_without_rows_is_empty(family, X):
    verdict = verdict_on(X, [1 - 1e-4, 1e-4], [MIDDLE, [50.0, 50.0]], [WIDE, WIDE], family)
    assert (verdict.kind, verdict.component, verdict.accused) == ("empty", 1, (1,))
    assert sentence(verdict, COLUMNS) == "One group has lost all its rows."


def test_a_small_group_that_is_nowhere_the_likeliest_rests_on_all_the_rows_it_shares(X):
    assert verdict_on(X, [0.9, 0.1], [MIDDLE, MIDDLE], [WIDE, WIDE]) is SOUND


def test_a_group_of_just_enough_rows_is_sound_where_it_is_as_wide_as_the_others(rng):
    X = np.concatenate([rng.normal(size=(60, 2)), [[9.0, 9.0], [10.5, 9.1], [9.2, 10.7]]])
    assert verdict_on(X, [60 / 63, 3 / 63], [MIDDLE, [9.5, 9.6]], [WIDE, 0.5 * np.eye(2)]) is SOUND


def streak(rng, n_rows, width, centre):
    """Rows (n, 2) along the first axis about a centre, ``width`` wide across."""
    return rng.normal(size=(n_rows, 2)) * [1.0, width] + centre


def verdict_on_streak(body, rows):
    X = np.concatenate([body, rows])
    shares = [len(body) / len(X), len(rows) / len(X)]
    covariances = [np.cov(part.T, bias=True) for part in (body, rows)]
    return verdict_on(X, shares, [body.mean(axis=0), rows.mean(axis=0)], covariances)


def test_a_tight_group_on_no_more_rows_than_a_line_needs_plus_one_is_spurious_wherever_it_lies(rng):
    verdict = verdict_on_streak(rng.normal(size=(60, 2)), streak(rng, 3, 0.01, [50.0, 50.0]))
    assert (verdict.kind, verdict.component, verdict.rows) == ("spurious", 1, (60, 61, 62))
    assert np.linalg.norm(verdict.direction) == pytest.approx(1.0)
    text = sentence(verdict, COLUMNS)
    assert "through 3 different rows (rows 61, 62 and 63)" in text


def test_of_several_groups_that_can_not_win_all_are_accused_and_the_first_is_told(rng):
    body, streaks = rng.normal(size=(60, 2)), [streak(rng, 3, 0.01, [at, at]) for at in (50.0, 90.0)]
    covariances = [np.eye(2), *(np.cov(rows.T, bias=True) for rows in streaks)]
    means = [[0.0, 0.0], *(rows.mean(axis=0) for rows in streaks)]
    verdict = verdict_on(np.concatenate([body, *streaks]), np.array([60, 3, 3]) / 66, means, covariances)
    assert (verdict.kind, verdict.component, verdict.accused) == ("spurious", 1, (1, 2))


def test_a_streak_of_few_rows_in_the_body_is_chance_and_far_outside_it_is_a_group(rng):
    body, rows = rng.normal(size=(200, 2)), streak(rng, 6, 0.02, [0.0, 0.0])
    assert verdict_on_streak(body, rows).kind == "spurious"
    assert verdict_on_streak(body, rows + 8.0) is SOUND


@pytest.mark.parametrize("tighter", [10.0, 1e3, 1e4])
def test_a_tight_group_of_many_distinct_rows_is_sound_even_in_the_body(tighter, rng):
    assert verdict_on_streak(rng.normal(size=(300, 2)), rng.normal(size=(20, 2)) / tighter) is SOUND


def test_many_rows_on_few_distinct_places_are_no_group(rng):
    tied = np.repeat([[9.0, 9.0], [9.01, 9.0], [9.0, 9.02]], 40, axis=0)
    verdict = verdict_on_streak(rng.normal(size=(60, 2)), tied)
    assert (verdict.kind, verdict.n_rows) == ("spurious", 3)


def test_with_a_shared_shape_a_lone_row_is_a_group_only_where_chance_puts_none(X):
    assert verdict_on(X, [60 / 61, 1 / 61], [MIDDLE, [9.0, 9.0]], [WIDE, WIDE], "tied") is SOUND
    X[-1] = [2.4, 0.0]
    verdict = verdict_on(X, [60 / 61, 1 / 61], [MIDDLE, X[-1]], [WIDE, WIDE], "tied")
    assert (verdict.kind, verdict.rows) == ("spurious", (60,))
    assert "rests on row 61 alone" in sentence(verdict, COLUMNS)


def test_groups_as_wide_as_each_other_are_sound_on_three_rows_each():
    left, right = SIX_POINTS[[0, 1, 4]], SIX_POINTS[[2, 3, 5]]
    assert verdict_on_streak(left, right) is SOUND


def test_a_sentence_names_few_columns_and_never_none(rng):
    X = np.concatenate([rng.normal(size=(200, 8)), 9 + rng.normal(size=(1, 8))])
    means, covariances = [np.zeros(8), X[-1]], [np.eye(8), FLOOR * np.eye(8)]
    verdict = verdict_on(X, [200 / 201, 1 / 201], means, covariances)
    assert 1 <= len(verdict.columns) <= NAMED_COLUMNS


@pytest.mark.parametrize("family", FAMILIES)
def test_no_family_lets_a_group_of_one_row_win_by_a_spike(family):
    X = np.array([[0.0, 0.3], [1.0, 1.4], [2.0, 1.5], [3.0, 3.6], [4.0, 4.1], [5.0, 5.2], [40.0, 40.0]])
    with suppress(NoSoundSolutionError):
        fit = fit_mixture(X, FitSettings(3, family, n_init=6), suggest=False, rescue=False)
        assert np.linalg.eigvalsh(fit.mixture.covariances).min() > 1e-3


def test_rows_are_named_as_a_person_counts_them():
    assert name_rows((2,)) == "row 3"
    assert name_rows((0, 2)) == "rows 1 and 3"
    assert name_rows((0, 2, 4)) == "rows 1, 3 and 5"
    assert name_rows(tuple(range(40))) == "rows 1, 2, 3, 4, 5, 6 ... (40 in all)"


def test_a_verdict_on_a_sample_names_the_rows_of_the_table():
    verdict = Verdict("collapsed", 0, (0, 2), (0,), 2, 3).in_table(np.array([5, 8, 13]))
    assert verdict.rows == (5, 13)
    assert Verdict("empty", 1).in_table(np.array([5, 8, 13])).rows == ()
