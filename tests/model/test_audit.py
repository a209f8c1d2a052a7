"""The self-audit: what an exact M step keeps is found to hold, and what moves a fit off it is found and named."""

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model.audit import KEPT, audit
from gmm_core.model.audited import CAUSES, Subject
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.loop import Control, run_em
from gmm_core.model.em.maximisation import Maximisation
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.em.rows import Rows
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import FAMILIES
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.scaling import scaling_for
from gmm_core.model.settings import FitSettings
from gmm_core.model.starts import Seeds, seeded
from tests.model import family_oracle, oracle
from tests.model.drawing import grouped_table
from tests.model.reference_data import TABLES, faithful

every_family = pytest.mark.parametrize("family", FAMILIES)


def solution(family="full", floor=1e-8, ridge=None, max_iter=8, tol=0.0, n_components=3):
    """Where some iterations on Old Faithful end, in the scaled space, with all that the audit looks at."""
    chosen, table = FAMILIES[family], faithful()
    scaling = scaling_for(table, chosen.own_scales)
    chosen = chosen.measured_in(scaling.scale / scaling.scale.max())
    expect = Expectation(Rows.scaled(table, scaling))
    maximise = Maximisation(chosen, floor, ridge)
    first = seeded(table, scaling, chosen, Seeds("k-means++", n_components, floor), np.random.default_rng(3))
    run = run_em(expect, first, maximise, Control(tol, max_iter))
    return Subject(run, expect.rows, maximise, tol, expect.entropy(run.parameters))


def checks(of):
    """The checks of a solution by name."""
    return {check.name: check for check in audit(of).checks}


def broken(of):
    """Names and notes of the checks that do not hold."""
    return {name: check.note for name, check in checks(of).items() if not check.holds}


def with_parameters(of, **changed):
    """The same solution with other parameters than EM gave."""
    p = of.run.parameters
    values = {"weights": p.weights, "means": p.means, "covariances": p.covariances} | changed
    return replace(of, run=replace(of.run, parameters=Parameters.of(p.form, **values)))


# -- what an M step keeps ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", family_oracle.M_STEPS)
@settings(max_examples=15)
@given(seed=st.integers(0, 2**32 - 1), n_components=st.integers(1, 4), n_features=st.integers(1, 4))
def test_an_m_step_from_any_memberships_keeps_what_the_registry_says(code, seed, n_components, n_features):
    rng = np.random.default_rng(seed)
    X = grouped_table(rng, 40, n_features, 2)
    resp = rng.dirichlet(np.ones(n_components), size=40)
    weights, means, covariances = oracle.m_step(X, resp, code)
    mean = sum(w * m for w, m in zip(weights, means, strict=True))
    np.testing.assert_allclose(mean, X.mean(axis=0), atol=1e-12)
    between = sum(w * np.outer(m - mean, m - mean) for w, m in zip(weights, means, strict=True))
    within = sum(w * s for w, s in zip(weights, covariances, strict=True))
    if code in KEPT:
        part = KEPT[code].of_matrix
        np.testing.assert_allclose(part(within + between), part(np.atleast_2d(np.cov(X.T, bias=True))), rtol=1e-9)
    squared = sum(
        r * (x - m) @ np.linalg.solve(s, x - m)
        for x, shares in zip(X, resp, strict=True)
        for r, m, s in zip(shares, means, covariances, strict=True)
    )
    assert squared / 40 == pytest.approx(n_features, rel=1e-6)


def test_the_registry_speaks_of_codes_that_exist():
    assert {FAMILIES[name].code for name in FAMILIES} & set(KEPT)
    assert {"VVV", "EEE", "VVI", "VII"} <= set(KEPT)
    assert not set(KEPT) & {"VEI", "EVI", "VEE", "EVE", "VEV", "EVV"}


@pytest.mark.parametrize("code", KEPT)
@settings(max_examples=20)
@given(seed=st.integers(0, 2**32 - 1), n_features=st.integers(1, 40))
def test_a_part_of_the_rows_is_the_same_part_of_their_covariance_matrix(code, seed, n_features):
    d = np.random.default_rng(seed).normal(size=(n_features, 9))
    np.testing.assert_allclose(KEPT[code].of_rows(d), KEPT[code].of_matrix(d @ d.T), rtol=1e-12, atol=1e-12)


@every_family
@settings(max_examples=10)
@given(seed=st.integers(0, 2**32 - 1), n_components=st.integers(1, 3), max_iter=st.integers(1, 40))
def test_every_fit_keeps_the_identities_after_any_number_of_iterations(family, seed, n_components, max_iter):
    far = 1e6 if FAMILIES[family].any_units else 30.0
    X = grouped_table(np.random.default_rng(seed), 60, 3, 2) * [1.0, 1 / far, far] + 1e3
    chosen = FitSettings(n_components, family, n_init=2, max_iter=max_iter, tol=0.0)
    with suppress(NoSoundSolutionError):
        done = fit_mixture(X, chosen, suggest=False).audit
        assert done.holds, done.sentence
        assert all(check.holds for check in done.checks if check.name != "distances"), done.sentence


@every_family
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("tol", [1e-3, 1e-6, 1e-10])
def test_a_fit_at_rest_passes_every_check_at_any_tolerance(family, table, tol):
    model = GaussianMixture(3, covariance_type=family, random_state=0, n_init=2, tol=tol).fit(TABLES[table]())
    assert all(check.holds for check in model.audit_.checks), model.audit_.sentence


@every_family
def test_the_deviations_are_rounding(family):
    done = checks(solution(family))
    assert max(check.deviation for name, check in done.items() if name != "distances") < 1e-12


def test_the_mean_squared_distance_is_what_the_textbook_gives():
    of = solution(max_iter=400)
    p, z = of.run.parameters, np.concatenate([b.T for shard in of.rows.shards for b in shard.blocks])
    resp = oracle.memberships(z, p.weights, p.means, p.covariances)
    d = z[:, None] - p.means
    squared = (resp * np.einsum("nki,kij,nkj->nk", d, np.linalg.inv(p.covariances), d)).sum() / len(z)
    assert checks(of)["distances"].deviation == pytest.approx(abs(squared - 2), abs=1e-4)


# -- what moves it -----------------------------------------------------------------------------------------------------


def test_a_wrong_mean_covariance_weight_or_trace_is_found_and_has_no_excuse():
    of = solution(max_iter=400, tol=1e-10)
    p = of.run.parameters
    assert set(broken(with_parameters(of, means=p.means + 1e-6))) >= {"mean"}
    assert set(broken(with_parameters(of, covariances=p.covariances * (1 + 1e-6)))) >= {"covariance"}
    assert set(broken(with_parameters(of, weights=p.weights * (1 + 1e-6)))) >= {"weights"}
    trace = of.run.trace.copy()
    trace[2] = trace[3] + 1e-6 * of.rows.n_rows
    assert set(broken(replace(of, run=replace(of.run, trace=trace)))) == {"likelihood"}
    spoilt = audit(with_parameters(of, means=p.means + 1e-6))
    assert not spoilt.holds
    assert "Not so that the mixture's mean is that of the data: off by 1e-06, as no cause is known" in spoilt.sentence


def test_a_ridge_is_named_and_moves_the_covariance_by_itself():
    of = solution(ridge=np.array([0.02, 0.02]), max_iter=20)
    note = "reg_covar was added to the variances"
    assert broken(of)["covariance"] == note
    assert checks(of)["covariance"].deviation == pytest.approx(0.02, rel=1e-9)
    assert checks(of)["mean"].holds
    assert audit(of).holds
    model = GaussianMixture(2, reg_covar=0.01, random_state=0, max_iter=30).fit(faithful())
    assert f"as {note}" in model.audit_.sentence


def test_a_floor_is_named_where_a_variance_lies_on_it():
    of = solution(floor=0.1, max_iter=60)
    assert "a variance was raised to the floor" in broken(of)["covariance"]
    assert checks(of)["likelihood"].holds
    assert audit(of).holds


def test_a_fit_stopped_before_it_came_to_rest_is_told_by_its_distances_alone():
    of = solution(max_iter=1)
    assert broken(of) == {"distances": "EM was stopped before it came to rest"}
    assert audit(of).holds


def test_a_fit_stopped_at_its_start_keeps_nothing_but_its_weights():
    of = solution(max_iter=0)
    assert set(broken(of)) >= {"covariance"}
    assert all("before its first step" in note for name, note in broken(of).items() if name != "distances")
    assert checks(of)["weights"].holds
    assert audit(of).holds


def test_every_cause_moves_checks_that_exist():
    names = set(checks(solution()))
    assert all(cause.moves <= names for cause in CAUSES)


# -- in words ----------------------------------------------------------------------------------------------------------


def test_the_audit_says_what_was_checked():
    model = GaussianMixture(2, random_state=0).fit(faithful())
    assert model.audit_.holds
    assert model.audit_.sentence == (
        "Checked: the groups' shares sum to 1; the mixture's mean is that of the data; within plus between the groups, "
        "the covariances are those of the data; the log-likelihood never fell; the rows' mean squared distance from "
        "their groups is the number of columns."
    )
