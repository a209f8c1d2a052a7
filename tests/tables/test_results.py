"""A fit as frames: parameters, memberships of every row, convergence."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from gmm_core.model.principal import principal_axes
from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.simple import Log
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.results import (
    component_letters,
    covariances_frame,
    group_letters,
    loadings_frame,
    memberships_frame,
    parameters_frame,
    trace_frame,
)


def test_letters_go_on_after_z():
    assert component_letters(3) == ("A", "B", "C")
    assert component_letters(704)[24:28] == ("Y", "Z", "AA", "AB")
    assert component_letters(704)[-3:] == ("ZZ", "AAA", "AAB")
    assert len(set(component_letters(2_000))) == 2_000


def test_parameters_stand_in_a_row_a_group(plane):
    frame = parameters_frame(plane, ["a.b", "[c]"])
    assert list(frame) == ["group", "share", "mean a.b", "sd a.b", "mean [c]", "sd [c]"]
    assert frame["group"].tolist() == ["A", "B", "C"]
    assert frame["share"].tolist() == [0.5, 0.3, 0.2]
    assert frame["mean [c]"].tolist() == [0.0, 5.0, -5.0]
    np.testing.assert_allclose(frame["sd a.b"], np.sqrt([1.0, 0.5, 4.0]))


def test_covariances_stand_in_a_row_an_entry(plane):
    frame = covariances_frame(plane, ["x", "y"])
    assert len(frame) == 12
    for entry in frame.itertuples():
        k, i, j = "ABC".index(entry.group), "xy".index(entry.row), "xy".index(entry.column)
        sd = np.sqrt(np.diag(plane.covariances[k]))
        assert entry.covariance == plane.covariances[k, i, j]
        assert entry.correlation == pytest.approx(plane.covariances[k, i, j] / sd[i] / sd[j])
    assert not frame.duplicated(["group", "row", "column"]).any()


def test_memberships_stand_beside_every_row_of_the_table(plane):
    table = pd.DataFrame({"name": list("abcd"), "x": [0.0, 5.0, np.nan, 10.0], "y": [0.0, 5.0, 1.0, -5.0]})
    features = FeatureSpec(("x", "y")).apply(table)
    frame = memberships_frame(table, features.rows, plane.memberships(features.values), group_letters(plane))
    assert list(frame) == ["name", "x", "y", "group", "certainty", "uncertainty", "p(A)", "p(B)", "p(C)"]
    pd.testing.assert_frame_equal(frame[["name", "x", "y"]], table)
    assert frame["group"].tolist()[:2] == ["A", "B"]
    assert frame["group"].tolist()[3] == "C"
    assert frame.loc[2, "group":].isna().all()
    fitted = frame.drop(index=2)
    np.testing.assert_allclose(fitted[["p(A)", "p(B)", "p(C)"]], plane.memberships(features.values))
    np.testing.assert_allclose(fitted["certainty"] + fitted["uncertainty"], 1)


def test_rows_whose_gaps_were_left_open_have_memberships_too(plane):
    table = pd.DataFrame({"x": [0.0, np.nan, np.nan], "y": [np.nan, 5.0, np.nan]})
    features = FeatureSpec(("x", "y"), gaps="em").apply(pd.concat([table, pd.DataFrame({"x": [1.0], "y": [2.0]})]))
    frame = memberships_frame(table, features.rows[:2], plane.memberships(features.values[:2]), group_letters(plane))
    expected = plane.marginal([0]).memberships(np.zeros((1, 1)))[0]
    assert frame.loc[0, ["p(A)", "p(B)"]].tolist() == pytest.approx(expected[:2].tolist(), rel=1e-12)
    assert frame["certainty"].isna().tolist() == [False, False, True]


def test_noise_has_its_share_its_label_and_its_membership(noisy):
    table = pd.DataFrame({"x": [0.0, 5.0, -9.0], "y": [0.0, 5.0, 19.0]})
    frame = memberships_frame(table, np.arange(3), noisy.memberships(table.to_numpy()), group_letters(noisy))
    assert list(frame)[-4:] == ["p(A)", "p(B)", "p(C)", "p(noise)"]
    assert frame["group"].tolist() == ["A", "B", "noise"]
    assert frame["group"].cat.categories.tolist() == ["A", "B", "C", "noise"]
    np.testing.assert_allclose(frame[["p(A)", "p(B)", "p(C)", "p(noise)"]].sum(axis=1), 1)
    parameters = parameters_frame(noisy, ["x", "y"])
    assert parameters["group"].tolist() == ["A", "B", "C", "noise"]
    assert parameters["share"].sum() == pytest.approx(1)
    assert parameters.loc[3, "mean x":].isna().all()
    assert group_letters(noisy) == ("A", "B", "C", "noise")


def test_a_tiny_uncertainty_keeps_its_digits(plane):
    frame = memberships_frame(
        pd.DataFrame({"x": [0.0]}), np.array([0]), plane.memberships(np.array([[5.0, 5.0]])), group_letters(plane)
    )
    assert frame["certainty"].item() == pytest.approx(1)
    assert 0 < frame["uncertainty"].item() < 1e-3
    assert frame["uncertainty"].item() == frame["p(A)"].item() + frame["p(C)"].item()


def test_names_of_the_table_are_kept_clear_of(plane):
    table = pd.DataFrame({"group": [1], "group (2)": [2], "p(A)": [3], "certainty": [4]})
    frame = memberships_frame(table, np.array([0]), plane.memberships(np.zeros((1, 2))), group_letters(plane))
    added = list(frame)[4:]
    assert added == ["group (3)", "certainty (2)", "uncertainty", "p(A) (2)", "p(B)", "p(C)"]
    assert frame["group"].tolist() == [1]


def test_the_index_of_the_table_is_kept(plane):
    table = pd.DataFrame({"x": [1.0, 2.0]}, index=[7, 7])
    frame = memberships_frame(table, np.array([1]), plane.memberships(np.zeros((1, 2))), group_letters(plane))
    assert frame.index.tolist() == [7, 7]
    assert frame["group"].isna().tolist() == [True, False]


def test_the_trace_begins_at_the_start_and_is_in_the_units_of_the_table():
    fit = SimpleNamespace(trace=np.array([-30.0, -20.0, -19.5]))
    frame = trace_frame(fit, log_jacobian=-2.0)
    assert frame["iteration"].tolist() == [0, 1, 2]
    assert frame["log_likelihood"].tolist() == [-32.0, -22.0, -21.5]


def test_parameters_of_transformed_columns_are_centres_and_ranges_in_the_tables_units(plane):
    frame = parameters_frame(plane, ["a", "b"], [Log(), UNCHANGED])
    assert list(frame.columns) == ["group", "share", "geometric mean a", "from a", "to a", "mean b", "sd b"]
    sd = plane.standard_deviations[:, 0]
    wanted = np.exp(plane.means[:, [0, 0, 0]] + sd[:, None] * [0, -1, 1])
    np.testing.assert_allclose(frame.iloc[:, 2:5].to_numpy(), wanted)


def test_loadings_are_told_by_column_and_component(rng):
    axes = principal_axes(rng.normal(size=(30, 3)), 2)
    frame = loadings_frame(axes, ["a", "b", "c"])
    assert frame["component"].tolist() == [1, 1, 1, 2, 2, 2]
    first = frame[frame["component"] == 1]
    assert first["loading"].tolist() == axes.loadings[:, 0].tolist()
    assert (first["loading"] ** 2).sum() == pytest.approx(1)
