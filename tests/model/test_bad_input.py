"""Whatever comes in, there is a finite result or an error with a sentence and a remedy: no crash, no NaN, no warning.

NumPy's warnings are errors in these tests.
"""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gmm_core.errors import DataError, GmmError, SettingsError
from gmm_core.model.choice.comparison import compare_models
from gmm_core.model.em.priors import Prior
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import FAMILIES
from tests.model.drawing import grouped_table
from tests.model.sweeping import sweep

RNG = np.random.default_rng(5)
GOOD = grouped_table(RNG, 40, 2, 2)
LAST = np.arange(40) == 39

TABLES = {
    "two distinct rows": np.repeat([[0.0, 0.0], [1.0, 2.0]], 5, axis=0),
    "two distinct numbers": np.repeat([[0.0], [1.0]], 5, axis=0),
    "three distinct rows": np.repeat([[0.0, 0.0], [1.0, 2.0], [3.0, 1.0]], 5, axis=0),
    "two rows": np.array([[0.0, 0.0], [1.0, 2.0]]),
    "one row": np.array([[1.0, 2.0]]),
    "a column twice": GOOD[:, [0, 1, 0]],
    "a column twice in other units": np.column_stack([GOOD, 3 + 1e-7 * GOOD[:, 0]]),
    "collinear columns": np.column_stack([GOOD, GOOD @ [1.0, 2.0]]),
    "a constant column": np.column_stack([GOOD, np.ones(40)]),
    "a column of rounding": np.column_stack([GOOD, 1 + 1e-15 * GOOD[:, 0]]),
    "a column with one other value": np.column_stack([GOOD, LAST]),
    "a column of two values": np.column_stack([GOOD, GOOD[:, 0] > 0]),
    "one other number": np.where(LAST, 1.0, 0.0)[:, None],
    "one tiny difference": np.where(LAST, 1e-90, 0.0)[:, None],
    "the next double": np.array([[1.0], [np.nextafter(1.0, 2.0)], [1.0]]),
    "a line": np.column_stack([np.arange(20.0), 2 * np.arange(20.0) + 1]),
    "a lattice": np.array(list(itertools.product(range(4), range(4))), dtype=float),
    "a spike": np.concatenate([GOOD, np.zeros((30, 2))]),
    "more columns than rows": RNG.normal(size=(5, 20)),
    "near the largest": GOOD * 1e98,
    "near the smallest": GOOD * 1e-98,
    "below the smallest": GOOD * 1e-150,
    "denormal": GOOD * 5e-324,
    "beyond the largest": np.array([[1.7e308], [-1.7e308], [0.0]]),
    "far from zero": GOOD + 1e15,
    "scales far apart": GOOD * [1e98, 1e-98],
    "one huge row": np.concatenate([GOOD, [[1e100, 0.0]]]),
    "every power of ten": 10.0 ** np.arange(-90, 90, 5)[:, None],
    "heavy tails": RNG.standard_cauchy(size=(40, 2)) ** 3,
    "Likert scales": RNG.integers(1, 4, size=(40, 3)),
    "truth values": GOOD > 0,
    "half precision": GOOD.astype(np.float16),
    "large whole numbers": np.array([[2**62], [2**62 + 2**20], [2**61]]),
    "a gap": np.where(LAST[:, None], np.nan, GOOD),
    "an infinite value": np.where(LAST[:, None], -np.inf, GOOD),
}


def outcome(action):
    """All numbers that an action gives, or the error with which it is refused; anything else fails the test."""
    try:
        return [np.asarray(value, dtype=float) for value in action()]
    except GmmError as error:
        return error


def is_fine(found):
    """Whether an outcome is finite throughout, or an error that says what is wrong and what to do."""
    if isinstance(found, GmmError):
        return found.problem.endswith(".") and found.remedy.endswith(".")
    return all(np.isfinite(value).all() for value in found)


def everything(X, **chosen):
    """All that a short fit gives."""
    model = GaussianMixture(**{"random_state": 0, "n_init": 1, "max_iter": 20} | chosen).fit(X)
    assert model.audit_.holds, model.audit_.sentence
    fitted = [model.weights_, model.means_, model.covariances_, model.precisions_, model.precisions_cholesky_]
    on_rows = [model.predict_proba(X), model.score_samples(X), model.bic(X), model.icl(X), model.sample(3)[0]]
    return [*fitted, *on_rows, model.lower_bounds_]


@pytest.mark.parametrize(("table", "family"), sweep(TABLES, FAMILIES))
def test_an_odd_table_gives_a_finite_fit_or_a_sentence(table, family):
    found = outcome(lambda: everything(TABLES[table], n_components=3, covariance_type=family))
    assert is_fine(found), found


@settings(max_examples=25)
@given(
    X=arrays.arrays(float, arrays.array_shapes(min_dims=2, max_dims=2, max_side=8), elements=st.floats()),
    n_components=st.integers(1, 4),
    family=st.sampled_from(list(FAMILIES)),
)
def test_any_array_of_doubles_gives_a_finite_fit_or_a_sentence(X, n_components, family):
    found = outcome(lambda: everything(X, n_components=n_components, covariance_type=family))
    assert is_fine(found), found


@settings(max_examples=25)
@given(
    X=arrays.arrays(float, st.tuples(st.integers(2, 12), st.integers(1, 3)), elements=st.integers(0, 3)),
    power=st.integers(-95, 95),
    n_components=st.integers(1, 4),
    family=st.sampled_from(list(FAMILIES)),
)
def test_tables_full_of_ties_give_a_finite_fit_or_a_sentence_in_any_unit(X, power, n_components, family):
    found = outcome(lambda: everything(X * 10.0**power, n_components=n_components, covariance_type=family))
    assert is_fine(found), found


SPD = np.array([[2.0, 0.5], [0.5, 1.0]])
HALVES = np.full((40, 2), 0.5)
FAR = (1e-320, 1e-90, 1e90, 1e300, 10**400)
PRIORS = [
    *(Prior(**{name: value}) for value in FAR for name in ("shrinkage", "degrees_of_freedom", "scale")),
    *(Prior(mean=[value, 0]) for value in FAR),
    *(Prior(scale=[value, 1.0]) for value in FAR),
]
STARTS = [
    *({"weights_init": w} for w in ([0, 0], [1, 0], [0.5, 0.6], [-1, 2], [np.nan, 1], ["a", "b"], [0.5], 0.5, [1j, 1])),
    {"weights_init": [1e-320, 1.0]},
    {"weights_init": ["0.5", "0.5"]},
    *({"means_init": [[at, 0.0], [0.0, 1.0]]} for at in (1e4, 1e10, 1e100, 1e300, np.inf, np.nan, 1e-300)),
    *({"means_init": m} for m in ([[0, 0], [0, 0]], [[0, 0]], [0, 0], [[0, 0], [1]], [["a", 0], [1, 1]], "x")),
    *({"precisions_init": [SPD * size, SPD]} for size in (0.0, -1.0, 1e12, 1e-12, 1e300, 1e-300, np.nan, np.inf)),
    *({"precisions_init": p} for p in ([SPD], SPD, 1, "x", [SPD, [[1, 2], [2, 1]]], [SPD, [[1, 2], [0, 1]]])),
    *({"responsibilities_init": r} for r in (HALVES, HALVES[:9], HALVES * 2, HALVES * 0, HALVES * np.nan, HALVES[0])),
    {"responsibilities_init": np.tile([1.0, 0.0], (40, 1))},
    {"responsibilities_init": np.tile([2.0, -1.0], (40, 1))},
]


@pytest.mark.parametrize("family", FAMILIES)
def test_an_odd_start_gives_a_finite_fit_or_a_sentence(family):
    for start in STARTS:
        found = outcome(lambda given=start: everything(GOOD, n_components=2, covariance_type=family, **given))
        assert is_fine(found), (start, found)


@pytest.mark.parametrize("family", ["full", "tied", "VEI", "EII"])
@pytest.mark.parametrize("unit", [1e-90, 1.0, 1e90])
def test_an_odd_prior_gives_a_finite_fit_or_a_sentence(family, unit):
    for prior in PRIORS:
        found = outcome(lambda given=prior: everything(GOOD * unit, covariance_type=family, max_iter=3, prior=given))
        assert is_fine(found), (prior, found)


ODD = [None, True, -1, 1.5, "2", "x", np.nan, np.inf, 2**70, 1j, [2], (), {}, np.array(2), np.array([2, 3]), object()]
ODD += ["", [], [["means"]], -(10**400), pd.NA, np.zeros((3, 3)), [np.zeros((2, 2)), np.zeros((2, 3))]]


@pytest.mark.parametrize("name", GaussianMixture().get_params())
def test_an_odd_parameter_gives_a_finite_fit_or_a_sentence(name, capsys):
    for value in ODD:
        found = outcome(lambda given=value: everything(GOOD, **{"max_iter": 5, name: given}))
        assert is_fine(found), (value, found)


@pytest.mark.parametrize("scale", [1.0, 1e98, 1e-98])
def test_rows_at_any_distance_get_finite_answers_or_a_sentence(scale):
    model = GaussianMixture(2, random_state=0).fit(GOOD * scale)
    for value in (0.0, 5e-324, 1.0, 1e12, -1e99, 1e100, 1e101, np.inf, np.nan):
        for name in ("predict_proba", "score_samples", "score", "bic", "icl"):
            found = outcome(lambda x=value, method=name: [getattr(model, method)([[x, -x], [0.0, x]])])
            assert is_fine(found), (value, name, found)


def test_a_row_too_far_to_compute_with_is_told_by_row_and_column():
    model = GaussianMixture().fit(pd.DataFrame(GOOD * 1e-90, columns=["a", "b"]))
    with pytest.raises(DataError, match=r"Row 2, b: the value 1e\+50 lies too far from all groups\. Give the rows in"):
        model.predict(pd.DataFrame({"a": [0.0, 0.0], "b": [0.0, 1e50]}))


@pytest.mark.parametrize("X", [GOOD, GOOD[:, 0], [[1, 2], [3]], None, "x", GOOD * np.nan, GOOD[:1]], ids=str)
@pytest.mark.parametrize("counts", [2, np.int64(2), np.array([1, 2]), (), 2.0, "2", None, 0, [1, 2.5], 100], ids=repr)
def test_a_grid_of_odd_numbers_on_odd_data_gives_cells_or_a_sentence(X, counts):
    def numbers():
        cells = compare_models(X, counts, ("full", "spherical"), n_init=1).cells
        return [(c.log_likelihood, c.bic, c.aic, c.icl) if c.sound else len(c.reason) for c in cells]

    assert is_fine(outcome(numbers))


def test_one_whole_number_of_any_kind_may_stand_for_a_grid():
    for one in (2, np.int64(2), np.uint8(2)):
        assert [cell.n_components for cell in compare_models(GOOD, one, "tied", n_init=1).cells] == [2]


@pytest.mark.parametrize(("counts", "families"), [(2.0, "full"), (None, "full"), (2, None), (2, 5), ([True], "full")])
def test_a_grid_without_meaning_is_refused(counts, families):
    with pytest.raises(SettingsError):
        compare_models(GOOD, counts, families)
