"""Bootstrap replicates of a fit: intervals, and the stability of the clusters."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_core.errors import DataError, NoSoundSolutionError, SettingsError
from gmm_core.model.choice.intervals import bootstrap
from gmm_core.model.choice.reweighing import KINDS
from gmm_core.model.choice.uncertainty import Bootstrap
from gmm_core.model.families import FAMILIES
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.settings import FitSettings
from tests.model.drawing import with_gaps
from tests.model.reference_data import CUSTOMERS, WAIT_TIMES, faithful

TWO = FitSettings(n_init=1)
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def old_faithful():
    """Two groups of Old Faithful, and replicates."""
    return bootstrap(fit_mixture(faithful(), TWO), faithful(), TWO, n_replicates=60, n_fresh=6)


@every_kind
def test_of_one_gaussian_the_spread_is_that_of_theory(kind):
    n = 200
    X = np.random.default_rng(1).normal(5.0, 2.0, size=(n, 1))
    one = FitSettings(n_components=1)
    found = bootstrap(fit_mixture(X, one), X, one, kind, n_replicates=200, n_fresh=0)
    sd = X.std()
    assert found.means.std() == pytest.approx(sd / np.sqrt(n), rel=0.15)
    fourth = np.mean((X - X.mean()) ** 4)  # the delta method, with the table's own kurtosis
    assert np.sqrt(found.covariances).std() == pytest.approx(np.sqrt((fourth / sd**2 - sd**2) / (4 * n)), rel=0.15)
    interval = found.interval(0.95)
    assert interval.means.ravel() == pytest.approx(X.mean() + np.array([-1.96, 1.96]) * sd / np.sqrt(n), abs=0.06)
    assert interval.weights.tolist() == [[1.0], [1.0]]


@every_kind
def test_of_groups_far_apart_the_share_spreads_like_a_coin_and_the_means_like_means(kind):
    X = np.concatenate([np.random.default_rng(k).normal(100.0 * k, 1.0, size=(n, 1)) for k, n in ((0, 60), (1, 140))])
    found = bootstrap(fit_mixture(X, TWO), X, TWO, kind, n_replicates=150, n_fresh=2)
    assert found.weights[:, 0].std() == pytest.approx(np.sqrt(0.3 * 0.7 / 200), rel=0.15)
    spreads = [X[:60].std() / np.sqrt(60), X[60:].std() / np.sqrt(140)]
    assert found.means[..., 0].std(axis=0) == pytest.approx(spreads, rel=0.2)
    assert found.jaccard.tolist() == [1.0, 1.0]
    assert found.rand == (1.0, 1.0)


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    rng, one, held = np.random.default_rng(5), FitSettings(n_components=1, covariance_type="diag"), []
    for _ in range(30):
        X = rng.normal(size=(80, 5))
        low, high = bootstrap(fit_mixture(X, one), X, one, n_replicates=40, n_fresh=0).interval(0.8).means[:, 0]
        held.extend((low <= 0) & (high >= 0))
    assert 0.7 < np.mean(held) < 0.87


def test_replicates_lie_around_the_fit_in_its_order(old_faithful):
    mixture, interval = old_faithful.mixture, old_faithful.interval()
    assert (len(old_faithful.replicates), old_faithful.n_failed) == (60, 0)
    assert (interval.means[0] < mixture.means).all()
    assert (mixture.means < interval.means[1]).all()
    assert (interval.standard_deviations[0] < mixture.standard_deviations).all()
    assert interval.correlations.shape == interval.covariances.shape == (2, 2, 2, 2)
    assert interval.correlations[:, 0, 0, 0].tolist() == pytest.approx([1.0, 1.0])
    assert (
        np.abs(old_faithful.means[:, 0] - mixture.means[0]) < 10 * np.abs(mixture.means[1] - mixture.means[0])
    ).all()
    np.testing.assert_allclose(old_faithful.weights.sum(axis=1), 1.0)


def test_clusters_far_apart_are_stable(old_faithful):
    assert (old_faithful.jaccard > 0.95).all()
    assert min(old_faithful.rand) > 0.95
    assert old_faithful.share_done == 1.0


def test_a_wider_level_gives_a_wider_interval(old_faithful):
    narrow, wide = (old_faithful.interval(level).means for level in (0.5, 0.99))
    assert (wide[0] < narrow[0]).all()
    assert (narrow[1] < wide[1]).all()


def test_units_change_nothing_but_units(old_faithful):
    scale = np.array([60.0, 1e-3])
    other = bootstrap(fit_mixture(faithful() * scale, TWO), faithful() * scale, TWO, n_replicates=60, n_fresh=0)
    rescaled = old_faithful.rescaled(np.zeros(2), scale)
    np.testing.assert_allclose(other.interval().means, rescaled.interval().means, rtol=1e-3)
    np.testing.assert_allclose(other.mixture.means, rescaled.mixture.means, rtol=1e-6)


def test_the_same_seed_gives_the_same_replicates_however_many_are_made(old_faithful):
    fit = fit_mixture(faithful(), TWO)
    again = bootstrap(fit, faithful(), TWO, n_replicates=3, n_fresh=2)
    np.testing.assert_array_equal(again.means, old_faithful.means[:3])
    assert again.rand == old_faithful.rand[:2]
    other = bootstrap(fit, faithful(), replace(TWO, seed=9), n_replicates=1, n_fresh=0)
    assert not np.isin(other.means, old_faithful.means).any()


@every_kind
@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_replicates_of_its_own_kind(family, kind):
    settings = FitSettings(2, family, n_init=1)
    found = bootstrap(fit_mixture(faithful(), settings), faithful(), settings, kind, n_replicates=2, n_fresh=1)
    assert len(found.replicates) + found.n_failed == 2
    assert {mixture.family for mixture in found.replicates} == {found.mixture.family}
    assert (found.jaccard > 0.7).all()


@pytest.mark.parametrize("changed", [{"noise": True}, {"equal_weights": True}, {"prior": None}], ids=str)
def test_it_takes_what_settings_may_say_of_the_model(changed):
    settings = replace(TWO, **changed)
    found = bootstrap(fit_mixture(faithful(), settings), faithful(), settings, n_replicates=3, n_fresh=1)
    assert found.share_done == 1.0
    np.testing.assert_allclose(found.weights.sum(axis=1), 1.0)
    assert found.interval().weights.shape == (2, 3 if settings.noise else 2)


def test_rows_with_gaps_and_weights_take_part():
    X, settings = with_gaps(np.random.default_rng(0), faithful()), replace(TWO, missing_values="em")
    counts = np.arange(len(X)) % 3.0
    fit = fit_mixture(X, settings, weights=counts)
    found = bootstrap(fit, X, settings, "rows", 5, weights=counts, n_fresh=1)
    assert len(found.replicates) == 5
    assert np.abs(found.means - fit.mixture.means).max() < 8


def test_replicates_that_collapse_are_counted():
    fit = fit_mixture(CUSTOMERS, FitSettings(2, "diag"))
    found = bootstrap(fit, CUSTOMERS, FitSettings(2, "diag"), "rows", 30, n_fresh=5)
    assert found.n_failed > 0
    assert found.n_failed + len(found.replicates) == 30
    assert found.n_unstable + len(found.rand) == 5


def test_a_watch_sees_the_replicates_come_and_stops_with_what_there_is():
    fit, seen = fit_mixture(WAIT_TIMES, TWO), []

    def watch(found):
        seen.append(found.share_done)
        return len(found.replicates) < 4

    found = bootstrap(fit, WAIT_TIMES, TWO, n_replicates=20, watch=watch, n_fresh=5)
    assert len(found.replicates) == 4
    assert found.rand == ()
    assert found.jaccard.size == 0
    assert seen == sorted(seen)


def test_without_replicates_there_is_no_interval(old_faithful):
    with pytest.raises(NoSoundSolutionError, match="No replicate has a sound solution"):
        Bootstrap(old_faithful.mixture, "rows", 5, 0).interval()


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"kind": "jackknife"}, "There is no bootstrap 'jackknife'"),
        ({"n_replicates": 0}, "n_replicates"),
        ({"settings": FitSettings(3)}, "the settings ask for others"),
        ({"settings": FitSettings(2, "tied")}, "the settings ask for others"),
    ],
)
def test_what_has_no_meaning_is_refused(given, problem):
    fit = fit_mixture(WAIT_TIMES, TWO)
    with pytest.raises(SettingsError, match=problem):
        bootstrap(fit, WAIT_TIMES, **{"settings": TWO, "n_replicates": 5, **given})


def test_weights_that_count_no_rows_cannot_be_drawn_again():
    tiny = np.full(8, 1e-3)
    fit = fit_mixture(WAIT_TIMES, TWO, weights=tiny)
    with pytest.raises(DataError, match="rows cannot be drawn again"):
        bootstrap(fit, WAIT_TIMES, TWO, "rows", 5, weights=tiny)


@every_kind
def test_a_replicate_counts_as_many_rows_as_the_table(kind):
    counts = np.array([0.0, 1.0, 2.0, 5.0, 2.0])
    drawn = np.array([KINDS[kind](counts, np.random.default_rng(seed)) for seed in range(4000)])
    np.testing.assert_allclose(drawn.sum(axis=1), 10.0)
    np.testing.assert_allclose(drawn.mean(axis=0), counts, atol=0.1)
    shares = counts / 10
    np.testing.assert_allclose(
        drawn.var(axis=0), 10 * shares * (1 - shares) * (1 if kind == "rows" else 10 / 11), rtol=0.1
    )
