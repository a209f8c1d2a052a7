"""The shipped CSV files hold the published numbers."""

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_iris

from gmm_core.examples import load_example
from gmm_core.examples.files import from_file, read_file

CHECKLIST = {
    "wait-times": [[1.8], [2.1], [2.3], [1.9], [7.8], [8.2], [8.1], [7.9]],
    "test-scores": [[75], [78], [80], [82], [81], [92], [94], [95]],
    "customers": [[150, 2], [30, 10], [160, 3], [25, 12], [140, 1], [35, 8]],
    "six-points": [[1.0, 1.1], [1.5, 1.4], [5.0, 4.8], [5.5, 5.2], [1.2, 0.9], [5.1, 5.0]],
}


@pytest.mark.parametrize("name", CHECKLIST)
def test_worked_examples_are_those_of_the_checklist(name):
    np.testing.assert_array_equal(load_example(name).to_numpy(), CHECKLIST[name])


def test_old_faithful_has_the_published_means_and_deviations():
    table = load_example("old-faithful")
    assert table.shape == (272, 2)
    assert list(table.columns) == ["eruptions", "waiting"]
    assert table.iloc[0].tolist() == [3.6, 79]
    np.testing.assert_allclose(table.mean(), [3.487783, 70.897059], rtol=1e-6)
    np.testing.assert_allclose(table.std(), [1.141371, 13.594974], rtol=1e-6)


def test_iris_equals_the_copy_in_scikit_learn():
    table, other = load_example("iris"), load_iris()
    assert list(table.columns) == ["sepal_length", "sepal_width", "petal_length", "petal_width", "species"]
    np.testing.assert_array_equal(table.iloc[:, :4].to_numpy(), other.data)
    assert table["species"].tolist() == [str(other.target_names[kind]) for kind in other.target]


def test_penguins_have_their_species_and_their_gaps():
    table = load_example("penguins")
    assert table.shape == (344, 8)
    assert table["species"].value_counts().to_dict() == {"Adelie": 152, "Gentoo": 124, "Chinstrap": 68}
    gaps = table.isna().sum()
    assert gaps[gaps > 0].to_dict() == {
        "bill_length_mm": 2,
        "bill_depth_mm": 2,
        "flipper_length_mm": 2,
        "body_mass_g": 2,
        "sex": 11,
    }
    sizes = table[["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]]
    np.testing.assert_allclose(sizes.mean(), [43.92193, 17.15117, 200.91520, 4201.75439], rtol=1e-6)


def test_galaxies_are_the_82_velocities_with_their_known_slip():
    velocity = load_example("galaxies")["velocity_1000_km_s"]
    assert len(velocity) == 82
    assert (velocity.min(), velocity.max()) == (9.172, 34.279)
    assert velocity.mean() == pytest.approx(20.82817, rel=1e-6)
    assert velocity.iloc[77] == 26.69


def test_a_loader_reads_only_when_it_is_called():
    loader = from_file("no-such-file.csv")
    with pytest.raises(FileNotFoundError):
        loader()


def test_gaps_are_read_as_missing_numbers():
    assert pd.isna(read_file("penguins.csv").loc[3, "bill_length_mm"])
