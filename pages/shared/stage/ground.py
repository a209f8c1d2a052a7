"""The rows on the stage, from whichever source, and what EM does on them; each worked out once and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gmm_core import EXAMPLES, Mixture, load_example
from gmm_core.examples import make_plane_sample, make_simulator_sample, plane_truth
from gmm_core.model.steps import Ending, Stepper, Walk, column_spreads, random_starts, start_at
from gmm_core.model.watching import Watch
from pages.shared import session
from pages.shared.stage.setup import LINE, LOADED, MOST_ROWS, PLANE, Stage
from pages.shared.stores import kept
from pages.shared.tables import frame_of, usable_columns

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.model.em.forms import Array

MOST_COLUMNS = 2
N_STARTS = 40
"""Random starts of the map."""

NARROW = 0.5
"""Their spread, in spreads of the columns."""

FIRST_GROUPS = 2


@dataclass(frozen=True, eq=False)
class Ground:
    """Rows of one column or two, without gaps.

    Attributes
    ----------
    key : str
    values : (N, D) array
    columns : tuple of str
        Of the values.
    choice : tuple of str
        Columns among which one may choose; empty for drawn rows.
    n_left_out : int
        Rows of the table that have a gap, or are too many.
    truth : Mixture or None
        What the rows were drawn from.
    origins : (N,) array or None
        The component of the truth that each row was drawn from.
    """

    key: str
    values: Array
    columns: tuple[str, ...]
    choice: tuple[str, ...] = ()
    n_left_out: int = 0
    truth: Mixture | None = None
    origins: Any = field(default=None)

    @property
    def n_columns(self) -> int:
        """D."""
        return len(self.columns)

    @property
    def spreads(self) -> tuple[float, ...]:
        """Standard deviation of each column, 1 where all values are the same."""
        return tuple(column_spreads(self.values).tolist())

    def ends(self, column: int) -> tuple[float, float]:
        """Smallest and largest value of a column."""
        values = self.values[:, column]
        return float(values.min()), float(values.max())


def ground_of(stage: Stage) -> Ground:
    """The rows of the stage.

    Raises
    ------
    GmmError
        Where a table's columns can't be used; it says why.
    """
    key = f"{stage.source}|{_rows_key(stage)}"
    make = _DRAWN.get(stage.source, _of_table)
    return kept("stage-rows", 16, key, lambda: make(stage, key))


def walk_of(stage: Stage) -> Walk:
    """EM from the stage's start, step by step."""
    ground = ground_of(stage)
    return kept(
        "stage-walks",
        32,
        f"{ground.key}|{stage.key}",
        lambda: _stepper(stage, ground).walk(stage.start, stage.most_steps, stage.least_gain),
    )


def last_position(stage: Stage) -> int:
    """How many half steps the walk has: it ends with an E step."""
    return 2 * len(walk_of(stage).steps) - 1


def end_of(stage: Stage) -> Ending:
    """Where EM would end from the stage's start if nothing stopped it."""
    ground = ground_of(stage)
    return kept(
        "stage-ends", 64, f"{ground.key}|{stage.key}", lambda: _stepper(stage, ground).endings([stage.start])[0]
    )


def scattered_starts(stage: Stage) -> tuple[Stage, ...]:
    """The random starts of the map: means at random rows, and narrow spreads, unless the stage's are to be kept."""
    found = ground_of(stage)
    spreads = stage.spreads if stage.hold else tuple(NARROW * spread for spread in found.spreads)
    starts = random_starts(found.values, stage.n_components, spreads, N_STARTS, seed=0)
    return tuple(stage.having(spreads=spreads).starting(start) for start in starts)


def map_key(stage: Stage) -> str:
    """Identifies the map of starts, to which the stage's own start and its stopping rule mean nothing."""
    anywhere = scattered_starts(stage)[0].having(most_steps=1, least_gain=0.0)
    return f"{ground_of(stage).key}|{anywhere.key}"


def map_of(stage: Stage) -> Callable[[Watch | None], tuple[Ending, ...]]:
    """Finds where EM ends from random starts; the rows are taken now, for the thread that runs it has no session."""
    stepper, starts = _stepper(stage, ground_of(stage)), [each.start for each in scattered_starts(stage)]
    return lambda watch: stepper.endings(starts, watch)


def scattered(stage: Stage, n_components: int, seed: int) -> Stage:
    """The stage with components at random rows, with the spread of the columns where theirs don't fit."""
    ground = ground_of(stage)
    spreads = stage.spreads if len(stage.spreads) == ground.n_columns else ground.spreads
    start = random_starts(ground.values, n_components, spreads, 1, seed)[0]
    return stage.having(spreads=spreads).starting(start)


def on_source(stage: Stage, source: str, columns: tuple[str, ...] = ()) -> Stage:
    """The stage with other rows, two components at random ones of them and the columns' own spreads."""
    moved = stage.having(source=source, columns=columns, spreads=())
    return scattered(moved, FIRST_GROUPS, seed=0)


def _stepper(stage: Stage, ground: Ground) -> Stepper:
    return Stepper.over(ground.values, stage.settings, ground.columns, stage.hold)


def _rows_key(stage: Stage) -> str:
    """All of the stage that decides its rows."""
    if stage.source == LOADED:
        workspace = session.workspace()
        return f"{workspace.table.digest}|{workspace.spec.derived!r}|{workspace.spec.label!r}|{stage.columns}"
    drawn = (stage.n, stage.seed, stage.truth_means, stage.truth_spreads, stage.truth_share)
    return f"{stage.columns}|{drawn}|{(stage.distance, stage.length, stage.n_odd)}"


def _line(stage: Stage, key: str) -> Ground:
    shares = (stage.truth_share, 1.0 - stage.truth_share)
    table = make_simulator_sample(stage.n, stage.seed, stage.truth_means, stage.truth_spreads, shares)
    means, spreads = ([[value] for value in values] for values in (stage.truth_means, stage.truth_spreads))
    return _drawn(key, table, ("value",), start_at(means, spreads, shares))


def _plane(stage: Stage, key: str) -> Ground:
    table = make_plane_sample(stage.n, stage.seed, stage.distance, stage.length, stage.n_odd)
    return _drawn(key, table, ("across", "up"), Mixture(*plane_truth(stage.distance, stage.length), "full"))


def _drawn(key: str, table: pd.DataFrame, columns: tuple[str, ...], truth: Mixture) -> Ground:
    values = table[list(columns)].to_numpy(dtype=float)
    return Ground(key, values, columns, truth=truth, origins=table["origin"].to_numpy())


def _of_table(stage: Stage, key: str) -> Ground:
    from gmm_core.tables.features import FeatureSpec

    loaded = stage.source == LOADED
    table = frame_of(session.workspace()) if loaded else load_example(stage.source)
    choice = tuple(usable_columns(session.workspace()) if loaded else EXAMPLES[stage.source].columns)
    columns = stage.columns or choice[:MOST_COLUMNS]
    features = FeatureSpec(columns, gaps="drop").apply(table)
    step = 1 + (len(features.table_values) - 1) // MOST_ROWS
    values = features.table_values[::step]
    return Ground(key, values, columns, choice, len(table) - len(values))


_DRAWN: Mapping[str, Callable[[Stage, str], Ground]] = {LINE: _line, PLANE: _plane}
