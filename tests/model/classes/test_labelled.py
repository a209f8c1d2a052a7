"""Rows with classes: what is left out, what is refused, and how folds are dealt."""

import numpy as np
import pytest

from gmm_core.errors import DataError
from gmm_core.model.classes import labelled
from gmm_core.model.classes.labelled import Labelled
from tests.model.classes.tables import drawn, irises

X = np.arange(12.0).reshape(6, 2)


def test_rows_without_a_label_or_a_weight_are_left_out_and_classes_stand_in_order():
    data = Labelled.of(X, np.array(["b", "a", None, "a", "b", "c"], dtype=object), [1, 2, 1, 1, 3, 0])
    assert data.classes == ("a", "b")
    np.testing.assert_array_equal(data.x, X[[0, 1, 3, 4]])
    np.testing.assert_array_equal(data.counts, [3, 4])
    np.testing.assert_allclose(data.shares, [3 / 7, 4 / 7])


def test_labels_that_read_the_same_are_one_class_and_numbers_stand_by_size():
    data = Labelled.of(X, np.array([10, "1", 2, 1.0, "10", 2], dtype=object))
    assert data.classes == ("1", "2", "10")
    assert data.codes.tolist() == [2, 0, 1, 0, 2, 1]


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        (["a"] * 6, "All labelled rows are “a”"),
        (["a"] * 5 + ["rare"], "Class “rare” has a single row"),
        ([None] * 6, "No row has a label"),
        (["a", "b"], "6 rows and 2 labels"),
    ],
)
def test_labels_that_tell_nothing_get_a_sentence(labels, sentence):
    with pytest.raises(DataError, match=sentence) as caught:
        Labelled.of(X, labels)
    assert caught.value.remedy


def test_thousands_of_classes_are_refused():
    with pytest.raises(DataError, match=r"2,000 different labels among 4,000 rows.*at most 100"):
        Labelled.of(np.arange(8000.0).reshape(4000, 2), np.repeat(np.arange(2000), 2))


@pytest.mark.parametrize("n_folds", [2, 5, 10])
def test_folds_hold_each_row_once_and_each_class_evenly(n_folds):
    data = drawn(3, 57, 2, 3)
    folds = data.folds(n_folds, seed=1)
    np.testing.assert_array_equal(np.sort(np.concatenate(folds)), np.arange(len(data.codes)))
    held = np.array([np.bincount(data.codes[fold], minlength=3) for fold in folds])
    assert np.ptp(held, axis=0).max() <= 1
    assert np.ptp(held.sum(axis=1)) <= 1


def test_folds_follow_from_the_seed():
    first, again, other = (irises().folds(5, seed) for seed in (0, 0, 1))
    assert all(map(np.array_equal, first, again))
    assert not all(map(np.array_equal, first, other))


def test_new_rows_are_among_the_known_classes_or_left_out():
    labels = np.array(["2", np.nan, 1.0, 7, None, "1"], dtype=object)
    data, at = Labelled.among(("1", "2", "3"), X, labels, ("x", "y"))
    assert at.tolist() == [0, 2, 5]
    assert data.codes.tolist() == [1, 0, 0]
    assert data.counts.tolist() == [2, 1, 0]


@pytest.mark.parametrize("kind", [object, float])
def test_a_gap_is_no_label_even_where_a_class_is_called_nan(kind):
    data, at = Labelled.among(("1", "nan"), X[:3], np.array([1, np.nan, 2], dtype=kind), ("x", "y"))
    assert at.tolist() == [0]
    assert data.codes.tolist() == [0]


def test_where_no_row_has_a_label_there_are_none():
    data, at = Labelled.among(("1", "2"), X[:2], np.array([None, None], dtype=object), ("x", "y"))
    assert len(at) == len(data.codes) == 0


def test_each_distinct_label_is_read_once(monkeypatch):
    read = []
    monkeypatch.setattr(labelled, "class_text", lambda label: read.append(label) or str(label))
    Labelled.among(("a", "b"), np.zeros((400, 1)), np.array(["a", "b", "c", "b"] * 100, dtype=object), ("x",))
    assert sorted(read) == ["a", "b", "c"]
