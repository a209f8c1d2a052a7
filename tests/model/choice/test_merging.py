"""Merging of components: a slow oracle, invariants, Old Faithful and a banana."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import xlogy

from gmm_core.errors import DataError, SettingsError
from gmm_core.model.choice.merging import MergePath, merge_path
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.settings import FitSettings
from tests.model.reference_data import faithful


def entropy(resp, weights=1.0):
    return -float((xlogy(resp, resp).sum(axis=1) * weights).sum())


def slow_path(resp, weights):
    """Entropies by number of clusters, and the clusters after each merge, from the definition."""
    parts = {(k,): resp[:, k] for k in range(resp.shape[1])}
    entropies, steps = [entropy(resp, weights)], []
    while len(parts) > 1:
        pairs = [(a, b) for a in parts for b in parts if a < b]
        after = {(a, b): merged(parts, a, b) for a, b in pairs}
        a, b = min(pairs, key=lambda pair: entropy(np.column_stack(list(after[pair].values())), weights))
        parts = after[a, b]
        entropies.append(entropy(np.column_stack(list(parts.values())), weights))
        steps.append(tuple(sorted(parts)))
    return entropies[::-1], steps


def merged(parts, a, b):
    return {**{k: v for k, v in parts.items() if k not in (a, b)}, tuple(sorted(a + b)): parts[a] + parts[b]}


@st.composite
def memberships(draw):
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    resp = rng.dirichlet(np.full(draw(st.integers(1, 6)), draw(st.sampled_from([0.05, 1.0]))), draw(st.integers(1, 30)))
    weights = rng.integers(1, 4, len(resp)).astype(float)
    return resp, draw(st.sampled_from([None, weights]))


@settings(max_examples=40)
@given(memberships())
def test_the_path_is_that_of_the_definition(drawn):
    resp, weights = drawn
    path = merge_path(resp, weights)
    entropies, steps = slow_path(resp, 1.0 if weights is None else weights)
    np.testing.assert_allclose(path.entropies, entropies, atol=1e-9 * len(resp))
    for n, step in enumerate(steps, start=1):
        ours, theirs = (path.memberships(resp, len(groups)) for groups in (path.groups(path.n_components - n), step))
        assert ours.shape == theirs.shape
        assert entropy(ours, 1.0 if weights is None else weights) == pytest.approx(
            path.entropies[path.n_components - n - 1], abs=1e-9 * len(resp)
        )


@settings(max_examples=40)
@given(memberships())
def test_entropy_never_rises_and_every_row_keeps_its_whole_membership(drawn):
    resp, weights = drawn
    path = merge_path(resp, weights)
    assert (np.diff(path.entropies) >= 0).all()
    assert path.entropies[0] == pytest.approx(0.0, abs=1e-12)
    assert (np.diff(path.heights) >= 0).all()
    for n in range(1, path.n_components + 1):
        assert sorted(sum(path.groups(n), ())) == list(range(path.n_components))
        np.testing.assert_allclose(path.memberships(resp, n).sum(axis=1), 1.0)
        assert path.labels(resp, n).max() < n
    assert 1 <= path.suggested <= path.n_components


def test_one_more_cluster_splits_just_one():
    path = merge_path(np.random.default_rng(0).dirichlet(np.ones(6), 50))
    for n in range(2, 7):
        fewer, more = set(path.groups(n - 1)), set(path.groups(n))
        (whole,), parts = fewer - more, more - fewer
        assert sorted(sum(parts, ())) == list(whole)
        assert path.merges[6 - n].merged == whole


def test_old_faithfuls_three_components_are_two_clusters():
    found = fit_mixture(faithful(), FitSettings(n_components=3, covariance_type="EEE", n_init=5))
    resp = found.mixture.memberships(faithful())
    path = merge_path(resp)
    assert path.suggested == 2
    short = faithful()[:, 0] < 3.0  # minutes: between the two kinds of eruption
    np.testing.assert_array_equal(path.labels(resp, 2) == path.labels(resp, 2)[short.argmax()], short)


def test_the_components_of_a_banana_become_one_cluster(rng):
    turn = rng.uniform(0, np.pi, 600)
    banana = np.column_stack([np.cos(turn), np.sin(turn)]) * 5 + rng.normal(scale=0.3, size=(600, 2))
    ball = rng.normal([0.0, -4.0], 0.5, size=(300, 2))
    X = np.concatenate([banana, ball])
    resp = fit_mixture(X, FitSettings(n_components=5, n_init=3)).mixture.memberships(X)
    path = merge_path(resp)
    assert path.suggested == 2
    labels = path.labels(resp, 2)
    assert len(set(labels[:600])) == len(set(labels[600:])) == 1
    assert labels[0] != labels[-1]


@pytest.mark.parametrize(
    ("entropies", "suggested"),
    [
        ([0.0], 1),
        ([0.0, 30.0], 2),
        ([0.0, 1.0, 30.0], 2),
        ([0.0, 15.0, 30.0], 3),  # a straight line
        ([0.0, 0.1, 0.2, 40.0], 3),
        ([0.0, 0.1, 20.0, 40.0], 2),
        ([0.0, 0.0, 0.0, 0.01], 4),  # the components share no rows
    ],
)
def test_a_number_is_suggested_where_the_entropies_bend(entropies, suggested):
    assert MergePath(np.array(entropies), (), 100.0).suggested == suggested


def test_the_noise_keeps_its_column_and_its_label(rng):
    resp = rng.dirichlet(np.ones(4), 40)
    path = merge_path(resp[:, :3])
    merged_resp = path.memberships(resp, 2)
    np.testing.assert_array_equal(merged_resp[:, 2], resp[:, 3])
    np.testing.assert_allclose(merged_resp.sum(axis=1), 1.0)
    np.testing.assert_array_equal(path.labels(resp, 2) == -1, merged_resp.argmax(axis=1) == 2)


@pytest.mark.parametrize("resp", [[[0.5, 0.7]], [[-0.1, 1.1]], [[np.nan, 1.0]], [0.5, 0.5]], ids=str)
def test_what_are_no_memberships_is_refused(resp):
    with pytest.raises(DataError):
        merge_path(np.array(resp))


@pytest.mark.parametrize("n", [0, 4, 1.5])
def test_a_number_of_clusters_that_there_is_not_is_refused(n):
    path = merge_path(np.full((5, 3), 1 / 3))
    with pytest.raises(SettingsError, match="n_clusters"):
        path.groups(n)


def test_memberships_of_another_mixture_are_refused():
    with pytest.raises(SettingsError, match="don't fit 3 components"):
        merge_path(np.full((5, 3), 1 / 3)).memberships(np.full((5, 2), 0.5), 2)
