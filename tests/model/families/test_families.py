"""The registry of covariance families."""

import numpy as np
import pytest

from gmm_core.errors import SettingsError
from gmm_core.model.families import COMMON, FAMILIES, distinct_families, get_family
from gmm_core.model.families.rotations import rotate
from gmm_core.model.layout import LAYOUTS
from tests.model.drawing import spd
from tests.model.family_oracle import M_STEPS, SEARCHED, misfit_of, obeys, tolerance
from tests.model.oracle import packed_sums

every_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)

COVARIANCE_PARAMETERS = {
    "EII": lambda k, d: 1,
    "VII": lambda k, d: k,
    "EEI": lambda k, d: d,
    "VEI": lambda k, d: k + d - 1,
    "EVI": lambda k, d: 1 + k * (d - 1),
    "VVI": lambda k, d: k * d,
    "EEE": lambda k, d: d * (d + 1) // 2,
    "VEE": lambda k, d: d * (d + 1) // 2 + k - 1,
    "EVE": lambda k, d: 1 + k * (d - 1) + d * (d - 1) // 2,
    "VVE": lambda k, d: k * d + d * (d - 1) // 2,
    "EEV": lambda k, d: d + k * d * (d - 1) // 2,
    "VEV": lambda k, d: k + d - 1 + k * d * (d - 1) // 2,
    "EVV": lambda k, d: k * d * (d + 1) // 2 - (k - 1),
    "VVV": lambda k, d: k * d * (d + 1) // 2,
}
"""Celeux and Govaert (1995), table 1."""

MENU = {
    "EII": ("equal", "spherical", "none"),
    "VEI": ("variable", "equal", "axis-aligned"),
    "EVE": ("equal", "variable", "equal"),
    "VVV": ("variable", "variable", "variable"),
}


@pytest.fixture(name="scatter")
def three_scatters(rng):
    """Scatter matrices of three components in three dimensions, none like another."""
    return np.array([size * spd(rng, 3) for size in (20.0, 5.0, 60.0)])


COUNTS = np.array([12.0, 7.0, 30.0])


def m_step(family, scatter, counts=COUNTS):
    """The family's covariances as (K, D, D)."""
    n_components, n_features = scatter.shape[:2]
    packed = family.covariances(packed_sums(family.form, scatter), counts, n_features)
    return np.array(family.form.to_dense(packed, n_components, n_features))


def test_the_registry_holds_mclusts_fourteen_families_from_the_plainest_to_the_richest():
    assert [family.code for family in FAMILIES.values()] == list(COVARIANCE_PARAMETERS)
    assert set(COMMON) == set(LAYOUTS)


def test_no_two_families_have_the_same_words_or_sentence():
    for told in ("words", "sentence", "code", "name"):
        assert len({getattr(family, told) for family in FAMILIES.values()}) == 14


@pytest.mark.parametrize("code", MENU)
def test_a_family_tells_its_volume_shape_and_orientation(code):
    family = get_family(code)
    assert (family.volume, family.shape, family.orientation) == MENU[code]


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
def test_covariances_from_scatter_are_those_of_the_textbook(family, scatter):
    expected = M_STEPS[family.code](scatter, COUNTS)
    rtol = tolerance(family.code, 1e-11)
    np.testing.assert_allclose(m_step(family, scatter), expected, rtol=rtol, atol=rtol * np.abs(expected).max())


@every_family
def test_covariances_obey_the_letters_of_the_code_and_no_stricter_family(family, scatter):
    found = m_step(family, scatter)
    obeyed = {other.code for other in FAMILIES.values() if obeys(other.code, found)}
    wider = {other.code for other in FAMILIES.values() if _allows(other.code, family.code)}
    assert obeyed == wider


def _allows(wide, narrow):
    """Whether each letter of one code allows what the other's does; spheres have no axes to be restricted."""
    rank = "IEV"
    axes = ("V", "V") if narrow[1] == "I" else (wide[2], narrow[2])
    pairs = [*zip(wide[:2], narrow[:2], strict=True), axes]
    return all(rank.index(w) >= rank.index(n) for w, n in pairs)


@every_family
def test_families_that_fit_alike_in_any_units_are_those_that_rescaling_a_column_keeps(family, scatter):
    rescaled = m_step(family, scatter) * np.multiply.outer(*[np.array([1.0, 5.0, 1.0])] * 2)
    assert obeys(family.code, rescaled) == family.any_units


@every_family
def test_a_marginal_is_of_the_family_that_is_told_for_it_and_of_no_narrower_one(family, scatter):
    marginal = m_step(family, scatter)[:, :2, :2]
    obeyed = [name for name, other in FAMILIES.items() if obeys(other.code, marginal)]
    assert obeyed[0] == family.of_marginals


@pytest.mark.parametrize("n_features", [1, 2])
def test_families_that_differ_are_two_in_one_dimension_and_all_in_more(n_features):
    names = distinct_families(n_features)
    assert names == (("EII", "spherical") if n_features == 1 else tuple(FAMILIES))


@every_family
def test_in_one_dimension_a_family_is_mclusts_e_or_v(family, scatter):
    column = scatter[:, :1, :1]
    twin = get_family({"E": "EII", "V": "VII"}[family.one_dimensional])
    assert family.n_parameters(3, 1) == twin.n_parameters(3, 1)
    assert family.rows_needed(1) == twin.rows_needed(1)
    np.testing.assert_allclose(m_step(family, column), m_step(twin, column), rtol=1e-13)


@every_family
def test_with_one_component_a_family_has_the_sphere_the_axes_or_the_full_matrix(family, scatter):
    twin = get_family(
        {"I": "VII", "E": "VVI", "V": "VVV"}["I" if family.code[1] == "I" else "E" if family.code[2] == "I" else "V"]
    )
    assert family.n_parameters(1, 3) == twin.n_parameters(1, 3)
    np.testing.assert_allclose(
        m_step(family, scatter[:1], COUNTS[:1]), m_step(twin, scatter[:1], COUNTS[:1]), rtol=1e-9, atol=1e-9
    )


@every_family
def test_the_rows_that_one_component_needs_are_the_fewest_that_leave_it_some_spread(family, rng):
    n_features = 3
    for n_rows in range(1, 6):
        X = rng.normal(size=(n_rows, n_features))
        d = (X - X.mean(axis=0)).T[None]
        # beside it a wide component, which lends its spread only where the family shares it
        other = np.cov(rng.normal(size=(n_features, 9)))
        scatter = np.array([d[0] @ d[0].T, other])
        smallest = np.linalg.eigvalsh(m_step(family, scatter, np.array([n_rows, 9.0])))[0].min()
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


@pytest.mark.parametrize("previous", [None, np.repeat(np.eye(3)[None], 3, axis=0)], ids=["cold", "warm"])
@pytest.mark.parametrize("spoilt", ["a point", "a line", "a plane", "all in a plane", "no rows", "all points"])
@every_family
def test_scatter_without_spread_gives_finite_variances_that_are_not_negative(family, spoilt, previous, scatter):
    counts = COUNTS.copy()
    flat = {"a line": np.diag([1.0, 0.0, 0.0]), "a plane": np.ones((3, 3)) + np.diag([1.0, 0.0, 0.0])}
    scatter[0] = flat.get(spoilt, np.zeros((3, 3)))
    if spoilt == "all in a plane":
        scatter[:] = flat["a plane"] * np.array([1.0, 4.0, 9.0])[:, None, None]
    if spoilt == "no rows":
        counts[0] = np.finfo(float).tiny
    if spoilt == "all points":
        scatter[:] = 0.0
    packed = None if previous is None else family.form.from_dense(previous)
    found = family.covariances(packed_sums(family.form, scatter), counts, 3, packed)
    values = np.linalg.eigvalsh(family.form.to_dense(found, 3, 3))
    assert np.isfinite(values).all()
    assert values.min() >= -1e-12 * values.max()


@every_family
def test_a_rule_in_a_space_with_a_scale_for_each_column_is_the_rule_in_their_common_units(family, scatter):
    if not family.own_scales:
        assert family.form.n_quadratic(3) == 1  # spheres are only spheres in common units
        return
    scale = np.array([1.0, 20.0, 0.3])
    squares = np.multiply.outer(scale, scale)
    found = m_step(family.measured_in(scale), scatter / squares) * squares
    near = tolerance(family.code, 1e-9)
    np.testing.assert_allclose(found, m_step(family, scatter), rtol=near, atol=near * scatter.max())
    assert family.measured_in(scale).code == family.code


# -- rules that work their way down ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(2, 2), (3, 4), (5, 6)], ids=str)
@every_family
def test_an_m_step_from_covariances_of_the_family_never_lowers_the_expected_log_likelihood(family, size, rng):
    n_components, n_features = size
    before = m_step(family, *_scatter_and_counts(rng, *size))
    for _ in range(5):
        scatter, counts = _scatter_and_counts(rng, *size)
        packed = family.covariances(
            packed_sums(family.form, scatter), counts, n_features, family.form.from_dense(before)
        )
        after = np.array(family.form.to_dense(packed, n_components, n_features))
        assert misfit_of(after, scatter, counts) <= misfit_of(before, scatter, counts) * (1 + 1e-12)
        before = after


@pytest.mark.parametrize("code", SEARCHED)
def test_sweeps_from_many_random_axes_end_lower_than_the_rules_own_axes_for_few_tables_if_any(code, rng):
    family, n_lower = get_family(code), 0
    for _ in range(8):
        scatter, counts = _scatter_and_counts(rng, 3, 4)

        def level(axes, scatter=scatter, counts=counts):
            return family.misfit(np.einsum("ij,kil,lj->kj", axes, scatter, axes), counts)

        def slopes(along, counts=counts):
            return family.weights(along, counts) / along

        own = level(family.common_axes(scatter, counts, None))
        starts = [np.linalg.qr(rng.normal(size=(4, 4)))[0] for _ in range(6)]
        n_lower += min(level(rotate(scatter, start, slopes, 100)) for start in starts) < own - 1e-6 * abs(own)
    assert n_lower <= 1


def _scatter_and_counts(rng, n_components, n_features):
    """Scatter matrices that have nothing in common, and counts."""
    counts = rng.uniform(5, 50, n_components)
    return np.array([n * spd(rng, n_features, rng.uniform(0.1, 9.0)) for n in counts]), counts
