"""The registry of covariance families."""

import numpy as np
import pytest

from gmm_core.errors import SettingsError
from gmm_core.model.families import FAMILIES, get_family
from gmm_core.model.layout import LAYOUTS
from tests.model.drawing import spd
from tests.model.oracle import M_STEPS

every_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)

COVARIANCE_PARAMETERS = {"VVV": lambda k, d: k * d * (d + 1) // 2, "EEE": lambda k, d: d * (d + 1) // 2}
COVARIANCE_PARAMETERS |= {"VVI": lambda k, d: k * d, "VII": lambda k, d: k}


@every_family
def test_a_family_has_words_a_sentence_and_is_known_by_name_and_code(family):
    assert family.words
    assert family.words == family.words.lower()
    assert family.sentence.endswith(".")
    assert get_family(family.name) is get_family(family.code) is family


@pytest.mark.parametrize("shape", [(1, 1), (2, 1), (1, 3), (4, 3), (3, 10)], ids=str)
@every_family
def test_free_parameters_are_counted_as_in_the_textbook(family, shape):
    k, d = shape
    expected = k - 1 + k * d + COVARIANCE_PARAMETERS[family.code](k, d)
    assert family.n_parameters(k, d) == expected


@every_family
def test_covariances_from_scatter_are_those_of_the_textbook(family, rng):
    scatter = np.array([10 * spd(rng, 3) for _ in range(2)])
    counts = np.array([12.0, 7.0])
    packed = family.form.outer(np.zeros((2, 3)), np.zeros((2, 3))) + _packed(family, scatter)
    found = family.form.to_dense(family.covariances(packed, counts, 3), 2, 3)
    np.testing.assert_allclose(found, M_STEPS[family.code](scatter, counts), rtol=1e-12)


def _packed(family, scatter):
    """Scatter matrices as the family's form sums them up."""
    factors = np.linalg.cholesky(scatter)  # each matrix is the sum of the outer products of its factor's columns
    return family.form.scatter(factors.copy(), np.ones((2, 3)))


@every_family
def test_the_rows_that_one_component_needs_are_the_fewest_that_leave_it_some_spread(family, rng):
    n_features = 3
    for n_rows in range(1, 6):
        X = rng.normal(size=(n_rows, n_features))
        d = (X - X.mean(axis=0)).T[None]
        # beside it a wide component, which lends its spread only where the family shares it
        other = rng.normal(size=(1, n_features, n_rows))
        scatter = family.form.scatter(np.concatenate([d, other]), np.ones((2, n_rows)))
        found = family.covariances(scatter, np.array([n_rows, n_rows], dtype=float), n_features)
        smallest = np.linalg.eigvalsh(family.form.to_dense(found, 2, n_features))[0].min()
        if family.rows_needed(n_features) > 1:
            assert (smallest > 1e-10) == (n_rows >= family.rows_needed(n_features))


@pytest.mark.parametrize("name", ["Full", "round", "", "vvv", None])
def test_an_unknown_family_is_refused_with_those_there_are(name):
    with pytest.raises(SettingsError, match=r"There is no covariance family .* Choose one of full, tied") as error:
        get_family(name)
    assert error.value.value == name


def test_scikit_learns_four_names_are_families_with_a_layout_of_their_own():
    assert set(LAYOUTS) <= set(FAMILIES)
    assert {name: FAMILIES[name].code for name in LAYOUTS} == {
        "full": "VVV",
        "tied": "EEE",
        "diag": "VVI",
        "spherical": "VII",
    }


def test_only_the_families_that_can_promise_it_claim_to_fit_alike_in_any_units():
    assert {name for name, family in FAMILIES.items() if not family.any_units} == {"spherical"}
