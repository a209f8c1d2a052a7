"""What a family's code says of volumes, shapes and orientations is seen in the matrices alone."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_core.model.interchange.structure import SHAPES, obeys

CODES = ["EII", "VII", "EEI", "VEI", "EVI", "VVI", "EEE", "VEE", "EVE", "VVE", "EEV", "VEV", "EVV", "VVV"]
WIDER = {"E": "EV", "I": "IEV", "V": "V"}
"""What allows all that a letter allows."""

seeds = st.integers(0, 2**32 - 1)


def matrices(code, rng, n_components=3, n_features=3):
    """Random covariances S = v Q A Q' built letter by letter, so that nothing is equal that need not be."""

    def pick(letter, draw, identity):
        same = identity if letter == "I" else draw()
        return [draw() if letter == "V" else same for _ in range(n_components)]

    def shape():
        lengths = np.exp(rng.normal(size=n_features))
        return np.diag(lengths / np.prod(lengths) ** (1 / n_features))

    eye = np.eye(n_features)
    volumes = pick(code[0], lambda: 10.0 ** rng.uniform(-6, 6), 1.0)
    turns = pick(code[2], lambda: np.linalg.qr(rng.normal(size=(n_features, n_features)))[0], eye)
    parts = zip(volumes, turns, pick(code[1], shape, eye), strict=True)
    return np.array([v * q @ a @ q.T for v, q, a in parts])


@pytest.mark.parametrize("code", CODES)
@given(seed=seeds, n_components=st.integers(1, 5), n_features=st.integers(1, 6))
def test_matrices_built_for_a_code_obey_it_and_every_wider_one(code, seed, n_components, n_features):
    covariances = matrices(code, np.random.default_rng(seed), n_components, n_features)
    for wider in set(map("".join, product(*(WIDER[letter] for letter in code)))) & set(CODES):
        assert obeys(wider, covariances), wider


@pytest.mark.parametrize(("code", "other"), [pair for pair in product(CODES, CODES) if pair[0] != pair[1]])
def test_matrices_built_for_a_code_do_not_obey_one_that_asks_for_more(code, other):
    allowed = all(there in WIDER[here] for here, there in zip(code, other, strict=True))
    assert obeys(other, matrices(code, np.random.default_rng(7))) == allowed


def test_there_is_a_check_for_each_code():
    assert {code[1:] for code in CODES} == set(SHAPES)


def test_in_one_dimension_only_the_volume_counts():
    for code in CODES:
        assert obeys(code, np.array([[[2.0]], [[2.0]]]))
        assert obeys(code, np.array([[[2.0]], [[3.0]]])) == (code[0] == "V")


def test_numbers_at_the_ends_of_the_doubles_give_an_answer():
    covariances = np.array([np.diag([1e200, 1e-200]), np.eye(2)])
    assert obeys("VVI", covariances)
    assert not obeys("EEE", covariances)
    for code in CODES:
        obeys(code, covariances)


@pytest.mark.parametrize("code", CODES)
def test_a_ridge_is_taken_off_before_the_matrices_are_looked_at(code):
    covariances = matrices(code, np.random.default_rng(7))
    ridge = np.diagonal(covariances, axis1=1, axis2=2).mean() * np.array([0.1, 1.0, 10.0])
    raised = covariances + np.diag(ridge)
    assert obeys(code, raised, ridge)
    assert obeys(code, raised) == (code in ("EEE", "VVV", "EEI", "VVI"))


@pytest.mark.parametrize("code", CODES)
def test_rounding_of_matrices_that_are_nearly_flat_is_allowed_for_and_no_more(code):
    rng = np.random.default_rng(7)
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0] if code[2] in "EV" else np.eye(3)
    flat = np.array([turn @ np.diag([1.0, 1.0 if code[1] == "I" else 1e-11, 1.0]) @ turn.T] * 2)
    rounded = flat * (1 + 1e-15 * rng.normal(size=flat.shape))
    assert obeys(code, (rounded + rounded.transpose(0, 2, 1)) / 2)
    rounded[0, 0, 0] *= 1.1
    assert obeys(code, rounded) == (code in ("VVI", "VVV"))
