"""Frames of classes: the confusion matrix, what was learnt, all rows with probabilities, and a row that is typed."""

import numpy as np
import pandas as pd
import pytest

from gmm_core import load_example
from gmm_core.errors import DataError
from gmm_core.model.classes.judging import Validation, judge
from gmm_core.model.classes.labelled import Labelled
from gmm_core.model.classes.rules import RULES
from gmm_core.model.watching import Stopping
from gmm_core.tables import classes
from gmm_core.tables.features import FeatureSpec

COLUMNS = ("bill_length_mm", "bill_depth_mm")
RULE = RULES["free shapes"]


@pytest.fixture(scope="module")
def penguins():
    """The table with every tenth species unknown, its features, the labels, the classifier and how it was judged."""
    table = load_example("penguins").rename(columns={"island": "predicted class"})
    table.loc[::10, "species"] = None
    features = FeatureSpec(COLUMNS, transforms={COLUMNS[0]: "log"}).apply(table)
    labels = table["species"].iloc[features.rows].astype(object).to_numpy()
    data = Labelled.of(features.values, labels)
    classifier = RULE.taught(data, Validation().choice, Stopping(None))
    return table, features, labels, classifier, judge(RULE, data, Validation(5))


def test_the_confusion_matrix_counts_each_labelled_row_once(penguins):
    *_, judged = penguins
    frame = classes.confusion_frame(judged)
    assert frame["count"].sum() == len(judged.told)
    assert frame.loc[frame["matched"], "count"].sum() == (judged.told == judged.data.codes).sum()
    assert frame.groupby("group")["share"].sum().tolist() == pytest.approx([1.0] * 3)
    assert frame["sign"].unique().tolist() == ["A", "B", "C"]


def test_rules_and_classes_have_a_row_each(penguins):
    *_, classifier, judged = penguins
    rules = classes.rules_frame({RULE.words: judged})
    assert rules.loc[0, "error"] == judged.error
    frame = classes.classes_frame(classifier, judged)
    assert frame["class"].tolist() == ["Adelie", "Chinstrap", "Gentoo"]
    assert frame["prior"].sum() == pytest.approx(1.0)
    assert frame["groups"].tolist() == [1, 1, 1]
    weighted = (frame["predicted wrongly"] * frame["rows"]).sum() / frame["rows"].sum()
    assert weighted == pytest.approx(judged.error)


def test_the_commonest_class_has_learnt_no_groups(penguins):
    *_, judged = penguins
    blind = RULES["commonest"].taught(judged.data, Validation().choice, Stopping(None))
    assert "groups" not in classes.classes_frame(blind, judged)


def test_labelled_rows_are_told_as_held_out_and_the_others_by_all(penguins):
    table, features, labels, classifier, judged = penguins
    frame = classes.told_rows(table, features, labels, classifier, judged)
    assert len(frame) == len(table)
    told = frame.iloc[features.rows]
    by_all = told["learnt from"] == "labelled rows"
    assert (by_all.to_numpy() == pd.isna(labels)).all()
    probabilities = told[["p(Adelie)", "p(Chinstrap)", "p(Gentoo)"]].to_numpy()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0)
    np.testing.assert_allclose(probabilities[by_all], classifier.posteriors(features.values[by_all]))
    np.testing.assert_allclose(probabilities[~by_all], np.exp(judged.log_posteriors))
    assert frame["predicted class (2)"].isna().sum() == len(table) - len(features.rows)


def test_points_carry_the_class_told_and_whether_it_is_wrong(penguins):
    table, features, labels, _, judged = penguins
    points = classes.told_points(judged, features, labels, features.table_values[:, :2])
    assert len(points) == len(judged.told)
    assert points["differs"].sum() == (judged.told != judged.data.codes).sum()
    true = table["species"].iloc[points["row"] - 1].to_numpy()
    assert (points["x"].to_numpy() == table[COLUMNS[0]].iloc[points["row"] - 1]).all()
    told = points["component"].map(dict(zip("ABC", judged.data.classes, strict=True)))
    assert ((told != true) == points["differs"]).all()
    assert (points["label"] == np.where(told == true, true, true + " predicted as " + told)).all()


def test_of_many_rows_told_wrongly_the_surest_are_marked(penguins, monkeypatch):
    _, features, labels, _, judged = penguins
    monkeypatch.setattr(classes, "MOST_RINGS", 2)
    points = classes.told_points(judged, features, labels, features.table_values[:, :2])
    wrong = points[points["label"].str.contains(" predicted as ")]
    assert len(wrong) > 2
    assert points.loc[points["differs"], "certainty"].min() == wrong["certainty"].nlargest(2).min()
    assert points["differs"].sum() == 2


def test_rings_stay_few_among_the_rows_that_are_drawn():
    assert [classes.most_rings(n) for n in (4, 40, 200, 5_000)] == [10, 10, 30, 60]


def test_a_typed_row_is_prepared_as_the_table_was(penguins):
    _, features, *_ = penguins
    np.testing.assert_allclose(classes.typed_row(features, features.table_values[5]), features.values[5:6])
    assert np.isnan(classes.typed_row(features, [40.0, None])).tolist() == [[False, True]]
    middles, spreads = classes.typical_row(features)
    assert middles == pytest.approx(np.median(features.table_values, axis=0).tolist())
    assert spreads == pytest.approx(features.table_values.std(axis=0).tolist())


def test_a_typed_row_that_cannot_be_gets_a_sentence(penguins):
    _, features, *_ = penguins
    with pytest.raises(DataError, match="no value"):
        classes.typed_row(features, [None, None])
    with pytest.raises(DataError, match=r"bill_length_mm.*-1"):
        classes.typed_row(features, [-1.0, 18.0])
    with pytest.raises(DataError, match=r"bill_depth_mm.*too large"):
        classes.typed_row(features, [None, 1e200])
    with_axes = FeatureSpec(COLUMNS, components=1).apply(load_example("penguins"))
    with pytest.raises(DataError, match="Principal components need every value"):
        classes.typed_row(with_axes, [40.0, None])


def test_each_column_has_its_reason_why_it_is_no_label():
    profile = pd.DataFrame({"name": ["x", "id", "unit"], "distinct": [90, 300, 1]})
    frame = classes.no_labels_frame(profile, ["x"], 40)
    assert frame["why it is no label"].tolist() == ["used for the groups", "more than 40", "one value only"]
