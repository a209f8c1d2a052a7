"""The sides from which a fit is seen: the most telling pair first, and the views that tell groups apart best."""

import numpy as np
import pytest

from pages.shared import pictures, sides
from pages.shared.results import Fitted
from pages.shared.workspace import example_workspace
from tests.pages.shared.test_results import fit_of


@pytest.fixture(scope="module")
def iris() -> Fitted:
    return fit_of(example_workspace("iris").with_settings(n_init=2, n_components=3))


VIEWS = ("best view 1", "best view 2")


def test_the_pairs_come_with_the_petals_first(iris):
    pairs = sides.telling_pairs(iris)
    assert len(pairs) == 6
    assert any("petal" in name for name in next(iter(pairs)))
    assert "petal" not in " ".join(list(pairs)[-1])


def test_the_views_of_the_one_fit_tell_groups_apart_better_than_any_pair(iris):
    from gmm_core.model.separation import overlap

    side = sides.side(iris, VIEWS)
    assert sides.axes(iris)[-2:] == VIEWS
    assert overlap(side.mixture) < min(sides.telling_pairs(iris).values())
    agreed = side.mixture.labels(side.values) == iris.fit.mixture.labels(iris.features.values)
    assert agreed.mean() > 0.95
    np.testing.assert_allclose(np.cov(side.values.T, bias=True), np.eye(2), atol=0.02)


def test_a_view_says_which_columns_it_goes_with(iris):
    side = sides.side(iris, VIEWS)
    assert "Best view 1 goes with petal" in side.note.replace("\\", "")
    assert side.note in pictures._caption(iris, side)


def test_two_columns_have_no_better_view():
    fitted = fit_of(example_workspace("old-faithful").with_settings(n_init=2))
    assert sides.axes(fitted) == fitted.features.columns
