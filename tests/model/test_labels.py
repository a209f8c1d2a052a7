"""Labels from a column, as the memberships they stand for."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import SettingsError
from gmm_core.model.labels import memberships_of


def test_a_row_without_a_label_belongs_equally_to_all_groups():
    np.testing.assert_array_equal(memberships_of(["b", None, "a", np.nan], 2), [[0, 1], [0.5, 0.5], [1, 0], [0.5, 0.5]])


def test_labels_that_are_numbers_go_by_size_and_missing_ones_are_no_label():
    labels = [10, 2, 1, None, np.float32("nan"), pd.NA, pd.NaT]
    np.testing.assert_array_equal(memberships_of(labels, 3)[:3], np.eye(3)[[2, 1, 0]])
    np.testing.assert_allclose(memberships_of(labels, 3)[3:], 1 / 3)


@pytest.mark.parametrize("noise", [-1, -1.0, "-1", np.int8(-1)])
def test_minus_one_is_noise_where_there_is_noise_and_a_label_where_there_is_none(noise):
    labels = ["b", noise, None, "a"]
    np.testing.assert_allclose(memberships_of(labels, 2, noise=True), [[0, 1, 0], [0, 0, 1], [0.5, 0.5, 0], [1, 0, 0]])
    np.testing.assert_array_equal(memberships_of([noise, 1], 2), np.eye(2))
    assert memberships_of(["b", "a"], 2, noise=True).shape == (2, 2)


@pytest.mark.parametrize(
    ("noise", "sentence"),
    [
        (False, "labels are 3 different ones, for 4 group(s). Give 4 labels, or ask for 3 group(s). If -1 stands for"),
        (True, "labels are 2 different ones besides -1, which is noise, for 4 group(s). Give 4 labels, or ask for 2"),
    ],
)
def test_labels_that_are_not_one_for_each_group_are_refused(noise, sentence):
    with pytest.raises(SettingsError) as error:
        memberships_of([-1, 0, 1], 4, noise)
    assert sentence in str(error.value)


def test_what_is_no_list_of_labels_is_refused():
    with pytest.raises(SettingsError, match="not a list of labels"):
        memberships_of([np.zeros((2, 2)), np.zeros((2, 3))], 2)
