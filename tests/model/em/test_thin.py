"""Many patterns of gaps at once, against one by one."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_core.model.em import gaps
from gmm_core.model.em.gaps import expectation_over, patterns
from gmm_core.model.em.noise import Noise, data_region
from tests.model.drawing import FORMS, form_name, random_parameters
from tests.model.em.test_gaps import plain_scaling

every_form = pytest.mark.parametrize("form", FORMS, ids=form_name)


@every_form
@pytest.mark.parametrize("n_gaps", [1, 3, 4])
def test_patterns_are_worked_out_at_once_as_one_by_one_with_noise_and_narrow_groups(form, n_gaps, rng, monkeypatch):
    X = 2 * rng.normal(size=(80, 5))
    noise = Noise(0.1, data_region(X))
    X[np.arange(80)[:, None], np.argsort(rng.random((80, 5)), axis=1)[:, :n_gaps]] = np.nan
    parameters, _ = random_parameters(rng, form, 3, 5)
    narrow = form.from_dense(parameters.dense + 1e6)  # a thousand times wider along the diagonal than across
    parameters = parameters.of(form, 0.9 * parameters.weights, parameters.means, narrow)
    parameters, found = replace(parameters, noise=noise), []
    for few in (0, 10**6):
        monkeypatch.setattr(gaps, "FEW_ROWS", few)
        expect = expectation_over(X, plain_scaling(5))
        assert len(expect.parts) == (0 if few else len(list(patterns(X))))
        found.append((expect(parameters), np.concatenate(list(expect.memberships(parameters)), axis=1)))
    (one_by_one, resp), (at_once, resp_at_once) = found
    assert at_once.log_likelihood == pytest.approx(one_by_one.log_likelihood, rel=1e-9)
    assert at_once.noise == pytest.approx(one_by_one.noise, rel=1e-8)
    np.testing.assert_allclose(resp_at_once, resp, rtol=1e-7, atol=1e-12)
    for name in ("counts", "first", "second"):
        size = np.abs(getattr(one_by_one, name)).max()
        np.testing.assert_allclose(getattr(at_once, name), getattr(one_by_one, name), rtol=1e-8, atol=1e-9 * size)
