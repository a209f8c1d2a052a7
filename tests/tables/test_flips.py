"""What would flip rows, told in the table's units: under transforms, scaling, components, merging, noise and gaps."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gmm_core import FeatureSpec, FitSettings, fit_mixture, load_example
from gmm_core.model.choice.merging import merge_path
from gmm_core.tables.flips import flips_frame
from gmm_core.tables.new_row import new_row

PENGUINS = load_example("penguins")
MEASURES = ("bill_length_mm", "bill_depth_mm", "body_mass_g")
NAMES = ("A", "B", "C", "D")

WAYS = {
    "as they are": (FeatureSpec(MEASURES), {}),
    "transformed": (FeatureSpec(MEASURES, "standard", transforms={"body_mass_g": "log"}), {}),
    "components": (FeatureSpec(MEASURES, "standard", components=2), {}),
    "noise": (FeatureSpec(MEASURES, "standard"), {"noise": True}),
    "gaps": (FeatureSpec(MEASURES, gaps="em"), {"missing_values": "em"}),
}


def told(way):
    """The features, the fit's mixture, memberships and the frame of the forty least certain rows, on ``way``."""
    spec, settings = WAYS[way]
    features = spec.apply(PENGUINS)
    mixture = fit_mixture(features.values, FitSettings(n_components=3, n_init=2, **settings)).mixture
    memberships = mixture.memberships(features.values)
    at = np.argsort(memberships.max(axis=1))[:40]
    some = replace(features, values=features.values[at], table_values=features.table_values[at], rows=features.rows[at])
    names = [*NAMES[:3], *["noise"] * (mixture.noise is not None)]
    frame = flips_frame(some, mixture, features.working_range, memberships[at], names)
    return features, mixture, names, some, frame


@pytest.mark.parametrize("way", WAYS)
def test_at_the_value_told_both_groups_are_equally_likely_in_the_models_own_words(way):
    features, mixture, names, some, frame = told(way)
    assert (frame["becomes"] != "").sum() > 40
    for place, line in enumerate(frame.to_dict("records")):
        if not line["becomes"]:
            assert np.isnan([line["flips at"], line["change"], line["spreads"]]).all()
            continue
        j, x = features.columns.index(line["column"]), some.table_values[place // len(MEASURES)].copy()
        assert x[j] == line["now"]
        x[j] = line["flips at"]
        parts = dict(zip(names, mixture.memberships(features.way.to_features(x[None]))[0], strict=True))
        assert parts[line["group"]] == pytest.approx(parts[line["becomes"]], rel=1e-5)
        assert max(parts.values()) == pytest.approx(parts[line["group"]], rel=1e-5)
        lowest, highest = np.nanmin(features.table_values[:, j]), np.nanmax(features.table_values[:, j])
        assert lowest - 1e-9 <= line["flips at"] <= highest + 1e-9
        assert line["change"] == pytest.approx(line["flips at"] - line["now"])


@pytest.mark.parametrize("merged", [None, ((0, 2), (1,))])
@pytest.mark.parametrize("way", ["as they are", "transformed", "noise", "gaps"])
def test_in_columns_of_whole_numbers_the_next_one_beyond_is_told_and_flips_the_row(way, merged):
    features, mixture, names, some, _ = told(way)
    called = names if merged is None else ["A+C", "B", *names[3:]]
    memberships = mixture.memberships(some.values)
    of_groups = [(0,), (1,), (2,)] if merged is None else list(merged)
    of_groups += [(3,)] * (mixture.noise is not None)

    def joined(parts):
        return np.column_stack([parts[:, list(each)].sum(axis=1) for each in of_groups])

    assert features.whole.tolist() == [False, False, True]
    given = (some, mixture, features.working_range, joined(memberships), called, merged)
    between, frame = flips_frame(*given), flips_frame(*given, whole=features.whole)
    n_told = 0
    for place, line in enumerate(frame.to_dict("records")):
        before = between[(between["row"] == line["row"]) & (between["column"] == line["column"])].iloc[0]
        if line["column"] != "body_mass_g" or not line["becomes"]:
            assert line["flips at"] == before["flips at"] or not line["becomes"]
            continue
        n_told += 1
        assert line["flips at"] == np.ceil(line["flips at"])
        assert 0 <= abs(line["flips at"] - line["now"]) - abs(before["flips at"] - line["now"]) < 1
        x = some.table_values[place // len(MEASURES)].copy()
        x[2] = line["flips at"]
        parts = joined(mixture.memberships(features.way.to_features(x[None])))[0]
        assert called[parts.argmax()] == line["becomes"] != line["group"]
    assert n_told > 10


def test_the_smallest_change_of_a_row_comes_first_and_gaps_come_last():
    _, _, _, some, frame = told("gaps")
    for _, lines in frame.groupby("row", sort=False):
        sizes = lines["spreads"].to_numpy()
        held = sizes[~np.isnan(sizes)]
        assert (np.diff(held) >= 0).all()
        assert np.isnan(sizes[len(held) :]).all()
    assert frame["row"].iloc[:: len(MEASURES)].tolist() == (some.rows + 1).tolist()


def test_spreads_are_standard_deviations_of_the_column_over_all_rows():
    features, _, _, _, frame = told("as they are")
    sd = dict(zip(MEASURES, features.table_values.std(axis=0), strict=True))
    lines = frame.dropna(subset=["spreads"])
    assert lines["spreads"].tolist() == pytest.approx(
        [abs(change) / sd[name] for change, name in zip(lines["change"], lines["column"], strict=True)], rel=0.01
    )


@pytest.mark.parametrize("way", ["as they are", "components"])
def test_a_row_of_the_table_typed_in_anew_gets_what_it_has(way):
    from gmm_core.model.oddness import oddness_of

    features, mixture, *_ = told(way)
    working = features.to_working(mixture)
    known = oddness_of(working, features.working_values)
    groups = merge_path(mixture.memberships(features.values)).groups(2)
    for n in (0, 100, 300):
        found = new_row(features, mixture, working, known, features.table_values[n])
        assert found.memberships[0].tolist() == pytest.approx(mixture.memberships(features.values)[n].tolist())
        assert found.p_value == pytest.approx(known.p_value[n], rel=1e-6)
        assert found.rank == pytest.approx(float((known.p_value <= known.p_value[n] * (1 + 1e-9)).mean()), abs=0.004)
        assert found.distance**2 == pytest.approx(known.distance[n], rel=1e-6, abs=1e-9)
        assert found.distances[0] == pytest.approx(0.0, abs=1e-6)
        merged = new_row(features, mixture, working, known, features.table_values[n], groups)
        assert merged.memberships[0].tolist() == pytest.approx(
            [found.memberships[0, list(each)].sum() for each in groups]
        )


def test_a_value_that_is_too_large_or_that_a_transform_does_not_take_is_refused_in_a_sentence():
    from gmm_core.errors import DataError
    from gmm_core.model.oddness import oddness_of

    features, mixture, *_ = told("transformed")
    working = features.to_working(mixture)
    known = oddness_of(working, features.working_values)
    with pytest.raises(DataError, match=r"body_mass_g.*logarithm.*-5 is not"):
        new_row(features, mixture, working, known, [40.0, 18.0, -5.0])
    with pytest.raises(DataError, match=r"body_mass_g.*too large"):
        new_row(features, mixture, working, known, [40.0, 18.0, 1e160])


def test_an_empty_choice_is_an_empty_frame():
    features, mixture, names, some, _ = told("as they are")
    none = replace(some, values=some.values[:0], table_values=some.table_values[:0], rows=some.rows[:0])
    frame = flips_frame(none, mixture, features.working_range, np.zeros((0, 3)), names)
    assert isinstance(frame, pd.DataFrame)
    assert frame.empty
