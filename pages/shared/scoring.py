"""Rows held against the fitted model: those it was fitted to, those left out of the fit, or those of another file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gmm_core.errors import GmmError
from pages.shared import second
from pages.shared.results import Fitted
from pages.shared.stores import kept

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.model.em.forms import Array
    from gmm_core.model.oddness import Oddness
    from gmm_core.tables.feature_matrix import FeatureMatrix
    from gmm_core.tables.new_rows import NewRows
    from gmm_core.tables.outliers import Usual
    from gmm_core.tables.selecting import Rows
    from gmm_core.tables.unit_shifts import UnitShift


@dataclass(frozen=True, eq=False)
class Scored:
    """Rows of a table with what the fitted model says of each.

    ``frame`` is the whole table that they come from, and ``name`` what that is called. ``is_new`` says whether the
    model was fitted without them.
    """

    fitted: Fitted
    frame: pd.DataFrame
    name: str
    features: FeatureMatrix
    key: str
    is_new: bool
    remarks: tuple[str, ...] = ()
    shifts: tuple[UnitShift, ...] = ()

    @property
    def rows(self) -> Any:
        """Their positions in ``frame``, (N,)."""
        return self.features.rows

    @property
    def n_rows(self) -> int:
        """How many rows were scored."""
        return len(self.rows)

    @property
    def part(self) -> str:
        """Which rows of the fitted table these are; "" for all of them, and for those of another table."""
        if self.frame is not self.fitted.workspace.table.frame or self.n_rows == len(self.frame):
            return ""
        return "rows left out" if self.is_new else "fitted rows"

    @property
    def names(self) -> tuple[str, ...]:
        """A name for each column of the memberships."""
        return self.fitted.names

    @property
    def rows_key(self) -> str:
        """What results that follow from the clusters are kept under."""
        return f"{self.key}|{self.fitted.rows_key}"

    @property
    def labels(self) -> Rows:
        """Which of ``names`` each row belongs to, (N,)."""
        found: Rows = kept("scored-labels", 4, self.rows_key, lambda: self.memberships.argmax(axis=1))
        return found

    @property
    def as_fitted(self) -> Fitted:
        """The fit with these rows in place of its own, for a look at them from its sides."""
        return replace(self.fitted, features=self.features)

    @property
    def oddness(self) -> Oddness:
        """How odd each row is."""
        from gmm_core.model.oddness import oddness_of

        return kept("oddness", 4, self.key, lambda: oddness_of(self.fitted.mixture, self.features.working_values))

    @property
    def group_memberships(self) -> Array:
        """Responsibilities of the groups, (N, K); (N, K + 1) with noise."""
        if not self.is_new:
            return self.fitted.group_memberships
        mixture = self.fitted.fit.mixture
        return kept("new-memberships", 4, self.key, lambda: mixture.memberships(self.features.values))

    @property
    def memberships(self) -> Array:
        """Responsibilities of the clusters that groups are merged into, (N, C)."""
        n = self.fitted.workspace.n_clusters
        if n is None:
            return self.group_memberships
        return self.fitted.merging.memberships(self.group_memberships, n) if self.is_new else self.fitted.memberships

    def ranks(self, positions: Any = slice(None)) -> Array:
        """Share of the fitted rows that are as odd as some of these."""
        return fitted_rows(self.fitted).oddness.ranks(self.oddness.p_value[positions])

    def usual(self, positions: Any) -> Usual:
        """Which columns make some of the rows odd, each against its likeliest group, and what is usual there."""
        from gmm_core.model.odd_columns import odd_columns_by_group
        from gmm_core.tables.outliers import usual

        features = self.features
        labels = self.oddness.label[positions]
        found = odd_columns_by_group(self.fitted.mixture, features.working_values[positions], labels)
        return usual(found, features.table_values[positions], features.transforms)


@dataclass(frozen=True)
class Source:
    """Where rows to be scored may come from.

    ``offered`` says what it is called on screen, None where there are no such rows; ``find`` gets them.
    """

    name: str
    offered: Callable[[Fitted], str | None]
    find: Callable[[Fitted], Scored]


def fitted_rows(fitted: Fitted) -> Scored:
    """The rows that the model was fitted to."""
    table, features = fitted.workspace.table, fitted.features
    return Scored(fitted, table.frame, table.name, features, fitted.key, is_new=False)


def rows_left_out(fitted: Fitted) -> Scored:
    """The rows of the table that filters, the sample or gaps kept out of the fit, as far as they have values.

    Raises
    ------
    GmmError
        Where there are none.
    """
    table, positions = fitted.workspace.table, _others(fitted)
    found = _made(fitted, f"{fitted.workspace.key}|left out", table.frame.iloc[positions], same_table=True)
    features = replace(found.features, rows=positions[found.features.rows])
    return Scored(fitted, table.frame, table.name, features, f"{fitted.key}|left out", True, found.remarks)


def second_rows(fitted: Fitted) -> Scored:
    """The rows of the second table.

    Raises
    ------
    GmmError
        Where they cannot be scored: the sentence says why.
    """
    table = second.table()
    assert table is not None, "offered only where there is one"
    found = _made(fitted, f"{fitted.workspace.key}|{table.digest}", table.frame, same_table=False)
    key = f"{fitted.key}|{table.digest}"
    return Scored(fitted, table.frame, table.name, found.features, key, True, found.remarks, found.shifts)


def _others(fitted: Fitted) -> Any:
    """Positions of the table's rows that were not fitted."""
    import pandas as pd

    everyone = pd.Series(range(len(fitted.workspace.table.frame)))
    return everyone.drop(fitted.features.rows).to_numpy()


def _made(fitted: Fitted, key: str, frame: pd.DataFrame, same_table: bool) -> NewRows:
    """New rows prepared as the fitted ones were; those of the same table whether or not they pass its filters."""
    from gmm_core.tables.new_rows import new_rows

    workspace = fitted.workspace
    table = workspace.table.frame
    preparation = kept("preparations", 8, workspace.key, lambda: workspace.spec.prepare(table))
    if same_table:
        preparation = replace(preparation, spec=replace(preparation.spec, filters=()))
    known = None if same_table else fitted.features
    found: NewRows = kept("new-rows", 4, key, lambda: new_rows(preparation, frame, table, known))
    return found


def _name_of_those_left_out(fitted: Fitted) -> str | None:
    if len(fitted.features.rows) == len(fitted.workspace.table.frame):
        return None
    try:
        return f"{rows_left_out(fitted).n_rows:,} rows left out"
    except GmmError:
        return None


def _name_of_second(fitted: Fitted) -> str | None:
    table = second.table()
    return None if table is None else table.name


SOURCES = {
    source.name: source
    for source in (
        Source("fitted", lambda fitted: "Fitted rows", fitted_rows),
        Source("left out", _name_of_those_left_out, rows_left_out),
        Source("second", _name_of_second, second_rows),
    )
}
