"""Who is in each group, as frames."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtr

from gmm_core.model.profiles import SoftGroups, profile_column
from gmm_core.model.transforms.simple import Log
from gmm_core.tables.segments import categories_frame, histograms_frame, profile_frame, sizes_frame, typical_frame

LABELS = np.array([0, 0, 1, 1, 1, 1])
GROUPS = SoftGroups.of(np.eye(2)[LABELS])
NAMES = ("A", "noise")


def test_sizes_are_sums_of_memberships_and_rows_assigned():
    memberships = np.array([[0.6, 0.4], [0.2, 0.8], [0.9, 0.1]])
    frame = sizes_frame(memberships, ("A", "B"), np.array([1.0, 2.0, 1.0]))
    assert frame["expected"].tolist() == pytest.approx([1.9, 2.1])
    assert frame["assigned"].tolist() == [2, 2]
    assert frame["share"].sum() == pytest.approx(1)


def test_a_profile_has_a_row_a_column_and_group_in_the_tables_units():
    x = np.array([1.0, 3, 10, 10, 10, 10])
    frame = profile_frame({"x": profile_column(x, GROUPS), "y": profile_column(-x, GROUPS)}, NAMES)
    assert frame[["column", "group"]].to_numpy().tolist() == [[c, g] for c in "xy" for g in NAMES]
    first = frame.iloc[0]
    assert first[["centre", "from", "to", "all", "difference"]].tolist() == pytest.approx([2, 1, 3, 22 / 3, 2 - 22 / 3])
    assert frame["delta"].tolist() == [-1, 1, 1, -1]


def test_transformed_columns_are_carried_back():
    x = np.array([1.0, 100, 10, 10, 10, 1000])
    frame = profile_frame({"x": profile_column(np.log(x), GROUPS)}, NAMES, {"x": Log()})
    assert frame["centre"].tolist() == pytest.approx([10, 10**1.5])
    assert frame["all"].tolist() == pytest.approx([10, 10])  # the median of the rows
    assert frame["difference"].tolist() == pytest.approx([0, 10**1.5 - 10])
    assert frame["from"][0] == pytest.approx(1)
    assert frame["to"][0] == pytest.approx(100)


def test_the_interval_of_a_difference_is_of_the_difference_also_under_a_transform():
    """That of the centre alone, moved by the median, holds its level for nothing: the median has an error, too."""
    rng, held, of_centre = np.random.default_rng(5), [], []
    groups = SoftGroups.of(np.eye(2)[np.repeat([0, 1], [60, 140])])
    centres = np.exp([0.0, 1.5])
    curve = np.linspace(-4.0, 6.0, 20_001)
    below = 0.3 * ndtr(curve) + 0.7 * ndtr(curve - 1.5)
    true = centres - np.exp(np.interp(0.5, below, curve))
    for _ in range(300):
        z = rng.normal(size=200) + np.repeat([0.0, 1.5], [60, 140])
        frame = profile_frame({"x": profile_column(z, groups)}, NAMES, {"x": Log()})
        low, high = (frame[f"difference {end}"].to_numpy() for end in ("from", "to"))
        assert ((low < frame["difference"]) & (frame["difference"] < high)).all()
        held.append((low <= true) & (true <= high))
        away = frame["difference"] - frame["centre"]
        of_centre.append(((frame["centre from"] + away <= true) & (true <= frame["centre to"] + away)).to_numpy())
    assert (np.mean(held, axis=0) > 0.94).all()
    assert np.mean(of_centre, axis=0).min() < 0.9


def test_no_column_gives_no_row():
    assert profile_frame({}, NAMES).empty


def test_a_histogram_counts_every_row_in_bars_of_its_group():
    rng = np.random.default_rng(0)
    x = np.concatenate([rng.normal(size=2_000), [1e6, np.nan]])
    labels = np.arange(len(x)) % 2
    frame = histograms_frame(x, SoftGroups.of(np.eye(2)[labels]), ("A", "B"))
    assert frame.groupby("group")["share"].sum().tolist() == pytest.approx([1, 1])
    assert frame["right"].max() < 10
    own = x[(labels == 0) & np.isfinite(x)]
    second = frame[frame["group"] == "A"].iloc[1]
    assert second["share"] == pytest.approx(((own >= second["left"]) & (own < second["right"])).mean())


@pytest.mark.parametrize(("x", "n"), [([5.0] * 6, 1), ([0.0, 1, 1, 2, 3, 3], 4), ([0.0] * 5 + [9.0], 10)])
def test_whole_numbers_get_bars_of_their_own(x, n):
    frame = histograms_frame(np.array(x), GROUPS, NAMES)
    assert len(frame) == 2 * n
    assert frame["overall"].sum() == pytest.approx(2)


def test_rare_categories_are_summed_up_and_gaps_left_out():
    values = pd.Series(["b", "a", "b", None, "others", "c"])
    frame = categories_frame(values, GROUPS, NAMES, most=1)
    assert frame["category"].unique().tolist() == ["b", "others"]
    assert frame["overall"].tolist() == pytest.approx([0.4, 0.4, 0.6, 0.6])
    assert frame["share"].tolist() == pytest.approx([0.5, 1 / 3, 0.5, 2 / 3])
    kept = categories_frame(values, GROUPS, NAMES, most=3)["category"].unique().tolist()
    assert kept == ["b", "a", "others", "c"]  # a fourth takes no more room than the sum would


def test_a_category_called_others_is_not_taken_for_the_rest():
    values = pd.Series(["others", "others", "others", "a", "b", "c"])
    frame = categories_frame(values, GROUPS, NAMES, most=1)
    assert frame["category"].unique().tolist() == ["others", "others (2)"]


def test_thousands_of_categories_stay_few():
    n = 5_000
    frame = categories_frame(pd.Series(np.arange(n)), SoftGroups.of(np.eye(2)[np.arange(n) % 2]), NAMES)
    assert len(frame) == 2 * 9
    assert categories_frame(pd.Series([None, None]), SoftGroups.of(np.eye(2)), NAMES).empty


def test_typical_rows_stand_side_by_side_under_their_names():
    table = pd.DataFrame({"who": ["Ann", "Bob", "Cy"], "x": [1.5, np.nan, 3.0], "y": ["<b>", "u", "v"]})
    frame = typical_frame(table, np.array([2, 1]), {"ratio": np.array([1 / 3, 2e6])}, "who")
    assert frame.columns.tolist() == ["column", "Cy, row 3", "Bob, row 2"]
    assert frame.to_numpy().tolist() == [["ratio", "0.333333", "2e+06"], ["x", "3.0", ""], ["y", "v", "u"]]
    alone = typical_frame(table, np.array([0]), {"x": np.array([1.5])})
    assert alone.columns.tolist() == ["column", "row 1"]
    assert alone["column"].tolist() == ["x", "who", "y"]
