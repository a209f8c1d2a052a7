"""Criteria as arithmetic."""

import math

import pytest

from gmm_core.model.choice.criteria import CRITERIA, Evidence

EVIDENCE = Evidence(log_likelihood=-100.0, n_parameters=7, n_rows=50, entropy=3.0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bic", 200 + 7 * math.log(50)),
        ("aic", 214.0),
        ("aicc", 214.0 + 2 * 7 * 8 / (50 - 7 - 1)),
        ("icl", 200 + 7 * math.log(50) + 6.0),
    ],
)
def test_a_criterion_is_its_formula(name, expected):
    assert CRITERIA[name](EVIDENCE) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA)
def test_lower_is_better_a_likelier_model_and_a_smaller_one_score_less(criterion):
    likelier = Evidence(-90.0, 7, 50, 3.0)
    smaller = Evidence(-100.0, 6, 50, 3.0)
    assert criterion(likelier) < criterion(EVIDENCE)
    assert criterion(smaller) < criterion(EVIDENCE)


def test_icl_is_bic_where_every_row_is_certain():
    certain = Evidence(-100.0, 7, 50, 0.0)
    assert CRITERIA["icl"](certain) == CRITERIA["bic"](certain)


def test_aicc_is_nan_where_there_are_no_more_rows_than_parameters_plus_one():
    assert math.isnan(CRITERIA["aicc"](Evidence(-100.0, 7, 8, 0.0)))
    assert CRITERIA["aicc"](Evidence(-100.0, 7, 9, 0.0)) == 214.0 + 2 * 7 * 8
