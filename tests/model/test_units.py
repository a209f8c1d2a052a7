"""The same answer in any unit, and for groups that no single column shows."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model.choice.criteria import bic
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import FAMILIES
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.settings import FitSettings
from tests.model.drawing import grouped_table

every_unit_family = pytest.mark.parametrize("family", [name for name, family in FAMILIES.items() if family.any_units])
scales = st.floats(-12, 12).map(lambda power: 10.0**power)
shifts = st.floats(-1e8, 1e8)


@st.composite
def moved_tables(draw):
    """A table in two groups (80, D), and the same with each column scaled and shifted, by up to 1e8 of its spreads."""
    n_features = draw(st.integers(1, 3))
    X = grouped_table(np.random.default_rng(draw(st.integers(0, 2**32 - 1))), 80, n_features, 2)
    scale = np.array(draw(st.lists(scales, min_size=n_features, max_size=n_features)))
    shift = np.array(draw(st.lists(shifts, min_size=n_features, max_size=n_features)))
    return X, scale * (X + shift * X.std(axis=0))


def sound_fit(X, n_components, family):
    """A fit; the example is dropped where there is no sound solution."""
    try:
        return fit_mixture(X, FitSettings(n_components, family, n_init=2), suggest=False)
    except NoSoundSolutionError:
        assume(False)


@every_unit_family
@settings(max_examples=6)
@given(tables=moved_tables())
def test_units_and_origins_change_no_label_and_no_difference_of_bic(family, tables):
    plain, moved = ([sound_fit(X, k, family) for k in (1, 2)] for X in tables)
    differences = [bic(two.evidence) - bic(one.evidence) for one, two in (plain, moved)]
    assert differences[1] == pytest.approx(differences[0], abs=1e-2)
    certain = plain[1].mixture.memberships(tables[0]).max(axis=1) > 0.51
    assert (plain[1].mixture.labels(tables[0]) == moved[1].mixture.labels(tables[1]))[certain].all()


@pytest.mark.parametrize("degrees", [0, 45])
@pytest.mark.parametrize("n_rows", [200, 1000])
def test_two_long_clusters_side_by_side_are_found_from_default_settings(n_rows, degrees):
    turn = np.deg2rad(degrees)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    labels = np.repeat([0, 1], n_rows)
    for seed in range(4):
        X = np.random.default_rng(seed).normal(size=(2 * n_rows, 2)) * [10.0, 0.1]
        X[:, 1] += labels
        agreement = (GaussianMixture(2, random_state=seed).fit_predict(X @ rotation.T) == labels).mean()
        assert max(agreement, 1 - agreement) > 0.99


@pytest.mark.parametrize("family", ["full", "diag"])
def test_one_code_far_out_does_not_make_the_groups_look_collapsed(family, rng):
    X = np.concatenate([rng.normal(size=(200, 2)) * 0.01, [[999_999.0, 0.0]]])
    X[100:200] += [0.2, 0.1]
    assert fit_mixture(X, FitSettings(2, family, n_init=10)).solutions[0].sound


def test_one_code_far_out_is_a_group_of_its_own_where_groups_share_a_shape(rng):
    X = np.concatenate([rng.normal(size=(200, 2)), [[999_999.0, 0.0]]])
    X[100:200] += [12.0, 0.0]
    model = GaussianMixture(3, covariance_type="tied", random_state=0).fit(X)
    assert np.bincount(model.predict(X)).tolist() == [100, 100, 1]


def test_states_a_thousand_times_tighter_than_the_range_are_sound(rng):
    X = np.concatenate([rng.normal(centre, 1e-3, size=100) for centre in (0.0, 0.3, 1.0)])[:, None]
    model = GaussianMixture(3, random_state=0).fit(X)
    np.testing.assert_allclose(model.means_[:, 0], [0.0, 0.3, 1.0], atol=1e-3)
