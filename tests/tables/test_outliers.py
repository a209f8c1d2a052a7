"""Frames of scored rows: every row once, in the table's units, with names that clash with none of the table's."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.model.drift import shares_of
from gmm_core.model.mixture import Mixture
from gmm_core.model.odd_columns import odd_columns
from gmm_core.model.oddness import oddness_of
from gmm_core.model.transforms import TRANSFORMS
from gmm_core.tables.outliers import rarity_frame, scores_frame, shares_frame, usual

MIXTURE = Mixture(np.ones(1), np.zeros((1, 2)), np.array([[[1.0, 0.5], [0.5, 1.0]]]), "full")


@pytest.fixture(scope="module")
def rows():
    x, _ = MIXTURE.sample(300, np.random.default_rng(0))
    x[:3] += [[8.0, 0.0], [0.0, 6.0], [30.0, 30.0]]
    return x


def test_every_row_of_the_table_has_its_scores_or_none(rows):
    table, positions = pd.DataFrame({"odd": range(310), "p-value": "mine"}), np.arange(5, 305)
    found = oddness_of(MIXTURE, rows)
    frame = scores_frame(table, positions, found, found.ranks(found.p_value), np.full(300, 2.0), 3)
    assert list(frame.columns[:4]) == ["odd", "p-value", "odd (2)", "p-value (2)"]
    assert frame["odd (2)"].value_counts().to_dict() == {"no": 297, "yes": 3}
    assert frame["odd (2)"].isna().sum() == frame["log density"].isna().sum() == 10
    assert frame.index[frame["odd (2)"] == "yes"].tolist() == [5, 6, 7]
    assert frame["log density"].iloc[5:305].to_numpy() == pytest.approx(found.log_density + 2.0)
    assert frame["rank among fitted rows"].max() == 1.0


def test_bars_count_every_row_once_and_expect_as_many(rows):
    found = oddness_of(MIXTURE, rows)
    bins = rarity_frame(found, np.arange(300) < 3)
    assert bins["count"].sum() == 300
    assert bins["expected"].sum() == pytest.approx(300)
    assert bins["known"].sum() == bins["known"].tail(12).sum() == 3
    within = (found.p_value <= 10.0 ** -bins["left"][2]) & (found.p_value > 10.0 ** -bins["right"][2])
    assert bins["count"][2] == within.sum()


def test_bars_count_the_chosen_rows_and_the_known_faults_among_them(rows):
    found, known, chosen = oddness_of(MIXTURE, rows), np.arange(300) < 3, np.arange(2, 50)
    bins, alone = rarity_frame(found, known, chosen), rarity_frame(found, known)
    assert (bins["chosen"].sum(), bins["known"].sum()) == (48, 1)
    assert (bins["chosen"] <= bins["count"]).all()
    assert bins["count"].equals(alone["count"])
    assert alone["chosen"].equals(alone["count"])


def test_usual_ranges_are_carried_to_the_tables_units(rows):
    log = TRANSFORMS["log"]()
    found = odd_columns(MIXTURE, rows[:2])
    plain = usual(found, rows[:2], [TRANSFORMS["none"]()] * 2)
    carried = usual(found, np.exp(rows[:2]), [log, log])
    named = found.columns >= 0
    for name in ("values", "low", "high"):
        assert getattr(carried, name)[named] == pytest.approx(np.exp(getattr(plain, name)[named]))
    assert plain.low[0, 0] < found.means[0, 0] < plain.high[0, 0] < plain.values[0, 0]


def test_shares_stand_beside_each_other_with_what_changed():
    then, now = (shares_of(np.repeat([[1.0, 0.0], [0.0, 1.0]], sizes, axis=0)) for sizes in ((50, 50), (90, 10)))
    frame = shares_frame(then, now, ("A", "B"))
    assert frame["estimate"].tolist() == [0.5, 0.5, 0.9, 0.1]
    assert frame["rows"].tolist() == ["fitted", "fitted", "new", "new"]
    assert frame["changed"].all()
    assert (frame["low"] < frame["estimate"]).all()
    assert (frame["estimate"] < frame["high"]).all()
