"""The grid of K by family as a value: its cells, the best of them, and the way on to more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from numbers import Integral
from typing import Any, Self

from gmm_core.errors import NoSoundSolutionError, SettingsError
from gmm_core.model.checking import as_rows, feature_names
from gmm_core.model.choice.cell import Cell, Pair, lowest
from gmm_core.model.choice.cells import GridWatch, compare_cells, guide_of
from gmm_core.model.estimator import GaussianMixture
from gmm_core.model.families import COMMON
from gmm_core.model.given import RandomState, seed_of
from gmm_core.model.sample import check_weights
from gmm_core.model.settings import FitSettings

TO_TELL = 1e-6
TO_TELL_ALL = 0.1
"""Nats a row, and in all, that EM may have still to gain: criteria differ by ten times as much before that means
anything. With 100,000 rows and more groups than there are, all else is most of the work (measured)."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Cells of the grid, and all that they came from.

    Attributes
    ----------
    cells : list of Cell
        Those that are done: all, unless it was stopped; the small K first, families in the order given.
    settings : FitSettings
        Those of each cell, but for its K and family.
    data, weights : object
        The rows, and how often each counts.
    n_components : tuple of int
    covariance_types : tuple of str
        What was asked for.
    n_folds : int
        Folds of the cross-validation, 0 without.
    """

    cells: list[Cell]
    settings: FitSettings
    data: object
    weights: object = None
    n_components: tuple[int, ...] = ()
    covariance_types: tuple[str, ...] = ()
    n_folds: int = 0

    @property
    def complete(self) -> bool:
        """Whether all cells asked for are done."""
        return len(self.cells) == len(grid(self.n_components, self.covariance_types))

    def best_cell(self, criterion: str = "bic") -> Cell:
        """The sound cell with the lowest value of a criterion of ``COMPARED``; see ``cell.lowest``."""
        return lowest(self.cells, criterion)

    def best(self, criterion: str = "bic") -> GaussianMixture:
        """A fitted estimator that holds the solution of ``best_cell``."""
        return self.estimator(self.best_cell(criterion))

    def estimator(self, cell: Cell) -> GaussianMixture:
        """A fitted estimator that holds the solution of a cell.

        Raises
        ------
        NoSoundSolutionError
            Where the cell has none.
        """
        if cell.fit is None:
            raise NoSoundSolutionError(cell.reason, "Choose another cell.")
        chosen = replace(self.settings, n_components=cell.n_components, covariance_type=cell.covariance_type)
        settings = dict(vars(chosen))
        model = GaussianMixture(random_state=settings.pop("seed"), **settings)
        return model.holding(cell.fit, feature_names(self.data))

    def extended(
        self,
        n_components: int | Iterable[int] = (),
        covariance_types: str | Sequence[str] = (),
        watch: GridWatch | None = None,
        n_threads: int | None = None,
    ) -> Self:
        """The comparison with more K or families, or carried on where it was stopped.

        The result is that of the whole grid compared at once: what is done is kept, but for a cell whose guide (see
        ``compare_cells``) is new, as where K = 2 is added to 1 and 3.

        Raises
        ------
        SettingsError
            For a K below 1 or a family that is none.
        """
        counts = tuple(dict.fromkeys([*self.n_components, *_several("n_components", n_components, Integral)]))
        names = tuple(dict.fromkeys([*self.covariance_types, *_several("covariance_types", covariance_types, str)]))
        pairs = grid(counts, names)
        kept = _kept({cell.pair: cell for cell in self.cells}, pairs)
        missing = [pair for pair in pairs if pair not in kept]
        new = compare_cells(
            self.data, missing, self.settings, watch, self.weights, kept.values(), self.n_folds, n_threads
        )
        done = kept | {cell.pair: cell for cell in new}
        cells = [done[pair] for pair in pairs if pair in done]
        return replace(self, cells=cells, n_components=counts, covariance_types=names)


def compare_models(
    X: object,
    n_components: int | Iterable[int] = range(1, 10),
    covariance_types: str | Sequence[str] = COMMON,
    n_init: int = 5,
    random_state: RandomState = 0,
    missing_values: str = "raise",
    sample_weight: object = None,
    *,
    cross_validation: int = 0,
    watch: GridWatch | None = None,
    n_threads: int | None = None,
) -> Comparison:
    """Fit every K by every family to the rows of ``X`` (N, D); a single K or family may stand for itself.

    ``missing_values`` and ``sample_weight`` are those of ``GaussianMixture`` and its ``fit``. ``tol`` is what telling
    models apart takes: ``TO_TELL`` a row, or ``TO_TELL_ALL`` in all. ``cross_validation`` is a number of folds, 0 for
    none; each costs about as much as the cell itself. ``watch`` is called with the pair and its progress after each
    pass; False stops all, with the cells that are done. ``n_threads`` is the number of cells fitted at once, by default
    one a core, or fewer where they wait for each other; the result does not depend on it.

    A cell with more free parameters than the table has numbers is not fitted: it could follow any table.

    Raises
    ------
    SettingsError
        For a K below 1 or a family that is none.
    DataError
        For data that are no table of numbers, or weights that are none. What keeps a model from being fitted to a
        sound table is the reason of its cell.
    """
    tol = _enough(X, sample_weight)
    settings = FitSettings(n_init=n_init, seed=seed_of(random_state), missing_values=missing_values, tol=tol)
    empty = Comparison([], settings, X, sample_weight, n_folds=cross_validation)
    return empty.extended(n_components, covariance_types, watch, n_threads)


def _enough(x: object, weights: object) -> float:
    """The ``tol`` at which models can be compared."""
    n_rows = len(as_rows(x)[0])
    row_weights = check_weights(weights, n_rows)
    return min(TO_TELL, TO_TELL_ALL / (n_rows if row_weights is None else float(row_weights.sum())))


def grid(n_components: Iterable[int], covariance_types: Sequence[str]) -> list[Pair]:
    """Pairs of K and family, the small K first, so that what is quick comes first."""
    return [(k, name) for k in n_components for name in covariance_types]


def _kept(done: dict[Pair, Cell], pairs: list[Pair]) -> dict[Pair, Cell]:
    """The cells that are as they would be in the grid of these pairs: their guides are done, or not part of it."""
    kept: dict[Pair, Cell] = {}
    for pair in sorted(done):
        guide = guide_of(pair)
        if guide in kept or guide not in pairs:
            kept[pair] = done[pair]
    return kept


def _several(name: str, value: Any, single: type) -> list[Any]:
    """The values to try: those given, or one that stands for itself."""
    given = [value] if isinstance(value, single) or not isinstance(value, Iterable) else list(value)
    odd = [each for each in given if not isinstance(each, single)]
    if odd:
        raise SettingsError(f"{name} is {odd[0]!r}.", f"Give {_KINDS[single]}, or several.", value=odd[0])
    return given


_KINDS: dict[Any, str] = {Integral: "a whole number from 1 up", str: "the name of a family"}
