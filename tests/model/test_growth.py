"""Solutions grown from those with a group fewer."""

import numpy as np
import pytest

from gmm_core.model.growth import ENOUGH, LEAST_ROWS, Growth, cut
from gmm_core.model.reserve import reserve
from gmm_core.model.search import Search
from gmm_core.model.settings import FitSettings
from gmm_core.model.watching import Stopping, Watcher
from tests.model.reference_data import faithful
from tests.model.test_rescues import likert

SHARPEST = 500.0


def searching(n_components, table=None, **settings):
    table = likert() if table is None else table
    names = tuple("abcd"[: table.shape[1]])
    return Search.over(table, names, FitSettings(n_components, n_init=1, **settings), None)


def whole(search):
    """One group of all rows, in the scaled space of ``search``."""
    one = searching(1, search.table, noise=search.settings.noise, missing_values=search.settings.missing_values)
    return next(one.starts(None)).run.parameters


def growth(search, most_passes=10_000, watch=None):
    return Growth(search, Stopping(watch), most_passes, SHARPEST)


@pytest.fixture(scope="module")
def pairs():
    """Two groups grown from one."""
    search = searching(2)
    grown = growth(search)
    return grown, list(grown.ends([whole(search)]))


def test_cuts_are_tried_until_enough_end_soundly(pairs):
    grown, ends = pairs
    assert [end.verdict.sound for end in ends].count(True) == ENOUGH
    assert ends[-1].verdict.sound
    assert grown.n_passes < grown.most_passes


def test_a_cut_shares_a_group_out_between_two_and_leaves_the_others(pairs):
    parent = next(end.run.parameters for end in pairs[1] if end.verdict.sound)
    start = cut(searching(3), parent, np.random.default_rng(0))
    resp = np.exp(parent.log_densities(searching(3).rows.expect.rows.shards[0].blocks[0]))
    left = (resp / resp.sum(axis=0)).sum(axis=1) / 300
    kept = np.abs(start.weights[0] - left).argmin()
    assert start.weights[0] == pytest.approx(left[kept])
    assert start.weights[1:].sum() == pytest.approx(left[1 - kept])
    assert start.weights[1:].min() > 0


def test_a_cut_is_the_same_in_any_unit(pairs):
    parent = next(end.run.parameters for end in pairs[1] if end.verdict.sound)
    here, there = (
        cut(searching(3, likert() * unit + 7 * unit), parent, np.random.default_rng(3))
        for unit in (1.0, np.array([1e-6, 1e3, 1.0, 1e9]))
    )
    np.testing.assert_allclose(there.means, here.means, atol=1e-9)
    np.testing.assert_allclose(there.dense, here.dense, atol=1e-9)


@pytest.mark.parametrize("case", ["noise", "gaps"])
def test_noise_and_gaps_are_no_hindrance(case):
    table = faithful().copy()
    if case == "gaps":
        table[np.random.default_rng(1).random(table.shape) < 0.05] = np.nan
    search = searching(2, table, noise=case == "noise", missing_values="em")
    ends = list(growth(search, 300).ends([whole(search)]))
    assert any(end.verdict.sound for end in ends)
    assert all((end.run.parameters.noise is None) == (case == "gaps") for end in ends)


def test_rows_that_count_several_times_are_grown_as_if_they_stood_there_so_often():
    table, counts = np.array([[0.0], [1.0], [2.0], [3.0], [9.0], [10.0], [11.0]]), np.repeat([60, 4], [4, 3])
    names, settings = ("a",), FitSettings(2, n_init=1)
    together = Search.over(table, names, settings, None, counts.astype(float))
    apart = Search.over(np.repeat(table, counts, axis=0), names, settings, None)
    parent, left = whole(apart), []
    for search in (together, apart):
        grown = Growth(search, Stopping(None), 100, np.inf)
        watcher = Watcher(grown.watch, 0, 1, 0.0)
        starts = (cut(search, parent, np.random.default_rng(seed)) for seed in range(20))
        left.append([None if end is None else end.weights for end in (grown._alive(each, watcher) for each in starts)])
    assert [end is None for end in left[0]] == [end is None for end in left[1]]
    shares = [np.array([end for end in ends if end is not None]) for ends in left]
    np.testing.assert_allclose(*shares, rtol=1e-6)
    assert shares[1].min() < LEAST_ROWS / len(table)  # groups of many rows, though of few that differ


def test_growing_ends_with_its_passes_or_where_it_is_asked_to_stop():
    search = searching(2)
    parents = [whole(search)]
    short = growth(search, 20)
    list(short.ends(parents))
    assert 20 <= short.n_passes < 200
    seen = []
    stopped = growth(search, watch=lambda progress: seen.append(progress) or len(seen) < 5)
    assert not list(stopped.ends(parents))
    assert len(seen) == 5


def test_what_no_start_from_scratch_finds_is_grown():
    rng = np.random.default_rng(102)
    centres = rng.integers(3, size=120), rng.uniform(1, 5, size=(3, 2))
    table = np.clip(np.round(centres[1][centres[0]] + rng.normal(size=(120, 2))), 1, 5)
    search = searching(5, table)
    sound = [end.run for end in reserve(search, [], Stopping(None)) if end.verdict.sound]  # of 72 rescues none was
    assert max(run.objective for run in sound) - search.jacobian(search.rows.expect) > -347.5
    assert min(np.linalg.eigvalsh(run.parameters.dense).min() for run in sound) > 0.01


def test_few_rows_have_few_cuts(monkeypatch):
    search, tried = searching(2, likert()[:5]), []
    monkeypatch.setattr(Growth, "_alive", lambda self, parameters, watcher: tried.append(parameters))
    assert not list(growth(search).ends([whole(search)]))
    assert len(tried) == 10
