"""What replicates tell, as tidy frames."""

import numpy as np
import pytest

from gmm_core.model.choice.bootstrap import BootstrapTest
from gmm_core.model.choice.uncertainty import Bootstrap
from gmm_core.model.em.noise import Noise, Region
from gmm_core.model.geometry import inside_ellipse
from gmm_core.model.mixture import Mixture
from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.simple import Log
from gmm_core.tables.uncertainty import bundle_frame, intervals_frame, stability_frame, statistics_frame

COLUMNS = ["a", "b", "c"]


def drawn(rng, noise=None):
    """A mixture of two groups in three columns."""
    factors = rng.normal(size=(2, 3, 3)) * 0.1 + np.eye(3)
    weights = np.array([0.4, 0.6]) if noise is None else np.array([0.3, 0.5])
    return Mixture(weights, rng.normal(size=(2, 3)), factors @ factors.transpose(0, 2, 1), "full", noise)


@pytest.fixture
def found():
    rng = np.random.default_rng(0)
    similarities = tuple(rng.uniform(size=(6, 2)))
    return Bootstrap(drawn(rng), "rows", 100, 6, tuple(drawn(rng) for _ in range(100)), 0, similarities, (0.5,) * 6)


def test_each_parameter_has_its_estimate_and_interval(found):
    frame = intervals_frame(found, COLUMNS, level=0.9)
    counts = frame.groupby("quantity").size().to_dict()
    assert counts == {"share": 2, "mean": 6, "sd": 6, "covariance": 6, "correlation": 6}
    assert not frame.duplicated(["component", "quantity", "column", "other"]).any()
    assert (frame["low"] <= frame["high"]).all()
    interval = found.interval(0.9)
    by = frame.set_index(["component", "quantity", "column", "other"])
    for k, letter in enumerate("AB"):
        assert by.loc[(letter, "share", "", "")].tolist() == [found.mixture.weights[k], *interval.weights[:, k]]
        for i, name in enumerate(COLUMNS):
            assert by.loc[(letter, "mean", name, "")].tolist() == [found.mixture.means[k, i], *interval.means[:, k, i]]
        pair = by.loc[(letter, "correlation", "a", "c")]
        assert pair.iloc[1:].tolist() == interval.correlations[:, k, 0, 2].tolist()
        covariance = found.mixture.covariances[k, 1, 2]
        assert by.loc[(letter, "covariance", "b", "c"), "estimate"] == covariance


def test_of_a_transformed_column_the_centre_is_carried_and_the_rest_named_as_transformed(found):
    plain = intervals_frame(found, COLUMNS)
    frame = intervals_frame(found, COLUMNS, transforms=(UNCHANGED, Log(), UNCHANGED))
    ends = ["estimate", "low", "high"]
    means = plain[(plain["quantity"] == "mean") & (plain["column"] == "b")]
    carried = frame[frame["quantity"] == "geometric mean"]
    assert carried["column"].tolist() == ["b", "b"]
    np.testing.assert_allclose(carried[ends], np.exp(means[ends]))
    np.testing.assert_array_equal(
        frame.loc[frame["quantity"] == "sd", ends], plain.loc[plain["quantity"] == "sd", ends]
    )
    assert set(frame.loc[frame["quantity"] == "sd", "column"]) == {"a", "b (logarithm)", "c"}


def test_a_bundle_of_a_transformed_plane_is_carried_like_the_outlines(found):
    plain, carried = bundle_frame(found, (1, 2)), bundle_frame(found, (1, 2), carry=np.exp)
    np.testing.assert_allclose(carried[["x", "y"]], np.exp(plain[["x", "y"]]))


def test_noise_has_the_interval_of_its_share():
    rng, noise = np.random.default_rng(0), Noise(0.2, Region(np.zeros(3), np.eye(3)))
    frame = intervals_frame(Bootstrap(drawn(rng, noise), "rows", 1, 0, (drawn(rng, noise),)), COLUMNS)
    assert frame[frame["component"] == "noise"][["quantity", "estimate", "low"]].to_numpy().tolist() == [
        ["share", 0.2, 0.2]
    ]


def test_stability_is_the_mean_similarity_of_a_cluster(found):
    frame = stability_frame(found)
    assert frame["component"].tolist() == ["A", "B"]
    assert frame["jaccard"].tolist() == found.jaccard.tolist()
    assert frame["low"].between(0, frame["jaccard"]).all()
    assert frame["high"].between(frame["jaccard"], 1).all()
    assert stability_frame(Bootstrap(found.mixture, "rows", 5, 5)).empty


def test_a_bundle_holds_a_bounded_number_of_closed_outlines(found):
    frame = bundle_frame(found, plane=(2, 0), probability=0.8)
    assert frame["outline"].nunique() == 90
    ends = frame.groupby("outline")[["x", "y"]].agg(["first", "last"])
    np.testing.assert_allclose(ends.xs("first", level=1, axis=1), ends.xs("last", level=1, axis=1))
    second = frame[frame["outline"] == 3]
    assert set(second["component"]) == {"B"}
    mixture = found.replicates[1].marginal([2, 0])
    inside = [
        inside_ellipse(second[["x", "y"]].to_numpy(), mixture.means[1], mixture.covariances[1], probability)
        for probability in (0.799, 0.801)
    ]
    assert (inside[0].max(), inside[1].min()) == (0.0, 1.0)


def test_a_bundle_of_nothing_has_no_rows(found):
    assert bundle_frame(Bootstrap(found.mixture, "rows", 5, 5)).empty


def test_the_statistics_of_a_test_are_counted_in_bars():
    frame = statistics_frame(BootstrapTest(9.0, 50, replicates=np.arange(50.0)))
    assert frame["count"].sum() == 50
    assert (frame["left"].iloc[0], frame["right"].iloc[-1]) == (0.0, 49.0)
    assert statistics_frame(BootstrapTest(9.0, 50)).empty
