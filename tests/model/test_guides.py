"""Starts from the solutions of neighbouring models."""

import numpy as np
import pytest

from gmm_core.errors import NoSoundSolutionError
from gmm_core.model import guides
from gmm_core.model.em.stopping import STOPPED
from gmm_core.model.families import FAMILIES
from gmm_core.model.fitting import _leads, fit_mixture
from gmm_core.model.guides import _doubled, _starts
from gmm_core.model.search import Search
from gmm_core.model.settings import FitSettings
from tests.model.reference_data import faithful

COLUMNS = ("duration", "waiting")


def searching(k, name):
    return Search.over(faithful(), COLUMNS, FitSettings(k, name, n_init=1), None)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_group_written_as_two_halves_leaves_the_likelihood_as_it_is(name):
    fewer = fit_mixture(faithful(), FitSettings(2, name, n_init=1))
    over = searching(3, name)
    level, starts = _starts(over, fewer.mixture)
    assert level - over.jacobian(over.rows.expect) == pytest.approx(fewer.log_likelihood, rel=1e-12)
    assert len(starts) == 2
    assert all(start.n_components == 3 for start in starts)
    assert starts[0].weights.sum() == pytest.approx(1.0, rel=1e-12)
    double = _doubled(
        over, fewer.mixture.rescaled(-over.scaling.centre / over.scaling.scale, 1 / over.scaling.scale), 1
    )
    np.testing.assert_array_equal(double.means[1], double.means[2])


def test_guides_change_nothing_of_the_other_starts_and_never_make_the_fit_worse():
    settings = FitSettings(4, "full", n_init=2)
    alone = fit_mixture(faithful(), settings)
    fewer = fit_mixture(faithful(), FitSettings(3, "full", n_init=2))
    guided = fit_mixture(faithful(), settings, guides=[fewer.mixture])
    assert guided.starts[:2] == alone.starts
    assert len(guided.starts) == 3
    assert guided.log_likelihood >= max(alone.log_likelihood, fewer.log_likelihood)


def test_a_narrower_family_guides_a_wider_one_as_it_is():
    tied = fit_mixture(faithful(), FitSettings(3, "tied", n_init=1))
    full = fit_mixture(faithful(), FitSettings(3, "full", n_init=1), guides=[tied.mixture])
    assert len(full.starts) == 2
    assert full.starts[1].log_likelihood >= tied.log_likelihood


def test_the_next_group_is_parted_only_where_the_guide_is_still_likelier(monkeypatch):
    fewer = fit_mixture(faithful(), FitSettings(2, "tied", n_init=1)).mixture
    settings = FitSettings(3, "tied", n_init=1)
    assert len(fit_mixture(faithful(), settings, guides=[fewer]).starts) == 1 + 1
    monkeypatch.setattr(guides, "_starts", lambda *given: (np.inf, _starts(*given)[1]))
    assert len(fit_mixture(faithful(), settings, guides=[fewer]).starts) == 1 + 2


def test_a_search_that_was_stopped_tries_no_guide():
    fewer = fit_mixture(faithful(), FitSettings(1, "full", n_init=1)).mixture
    fit = fit_mixture(faithful(), FitSettings(2, n_init=1), watch=lambda progress: False, guides=[fewer])
    assert fit.stopped_by == STOPPED
    assert len(fit.starts) == 1


def hard_table():
    """Fifty rows in two groups: more than four groups are seldom found soundly."""
    rng = np.random.default_rng(8)
    return (3 * rng.normal(size=(2, 2)))[rng.integers(2, size=50)] + rng.normal(size=(50, 2))


def test_units_that_are_far_apart_don_t_keep_other_families_from_guiding():
    X, scale, settings = hard_table(), np.array([1e-12, 1e12]), FitSettings(6, seed=8, n_init=1)
    fits = [fit_mixture(x, settings, rescue=False) for x in (X, X * scale)]
    assert [len(fit.starts) for fit in fits] == [len(fits[0].starts)] * 2
    assert not fits[0].starts[0].sound
    assert fits[1].log_likelihood + len(X) * np.log(scale).sum() == pytest.approx(fits[0].log_likelihood, abs=1e-6)


def test_groups_that_would_be_others_in_other_units_guide_no_search_whose_own_would_not():
    fits = {name: fit_mixture(faithful(), FitSettings(2, name, n_init=1)).mixture for name in ("tied", "spherical")}
    assert _leads(fits["tied"], searching(2, "full"))
    assert not _leads(fits["spherical"], searching(2, "full"))
    assert _leads(fits["spherical"], searching(3, "spherical"))


def test_where_no_start_is_sound_narrower_families_guide_the_search_to_what_is():
    X = hard_table()
    settings = FitSettings(6, "full", seed=1)
    with pytest.raises(NoSoundSolutionError):
        fit_mixture(X, settings, rescue=False, suggest=False)
    guided, again = (fit_mixture(X, settings, rescue=False) for _ in range(2))
    assert not any(start.sound for start in guided.starts[: settings.n_init])
    assert any(start.sound for start in guided.starts[settings.n_init :])
    assert guided.trace.tobytes() == again.trace.tobytes()
