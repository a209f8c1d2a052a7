"""Two long groups in the plane, with odd rows."""

import numpy as np
import pytest

from gmm_core.errors import SettingsError
from gmm_core.examples import make_plane_sample, plane_truth


def test_a_large_sample_has_the_truths_shares_means_and_covariances():
    table = make_plane_sample(50_000, distance=4.0, length=3.0)
    for weight, mean, covariance, name in zip(*plane_truth(4.0, 3.0), ("first", "second"), strict=True):
        mine = table.loc[table["origin"] == name, ["across", "up"]]
        assert len(mine) / len(table) == pytest.approx(weight, abs=0.01)
        assert np.allclose(mine.mean(), mean, atol=0.05)
        assert np.allclose(mine.cov(), covariance, rtol=0.05)


def test_groups_lie_so_far_apart_across_their_length():
    _, means, covariances = plane_truth(4.0, 3.0)
    away = means[1] - means[0]
    assert np.linalg.norm(away) == pytest.approx(4.0)
    assert away @ covariances[0] @ away == pytest.approx(away @ away)


def test_odd_rows_come_last_and_the_seed_decides():
    table = make_plane_sample(30, seed=5, n_odd=4)
    assert table["origin"].tolist()[-4:] == ["odd"] * 4
    assert table.equals(make_plane_sample(30, seed=5, n_odd=4))
    assert not table.equals(make_plane_sample(30, seed=6, n_odd=4))


def test_samples_that_cannot_be_drawn_are_refused():
    with pytest.raises(SettingsError, match="length"):
        plane_truth(length=0.0)
    with pytest.raises(SettingsError):
        make_plane_sample(0)
