"""One row a column: what it holds, whether it can be clustered and why not, and a first choice of columns."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from gmm_core.tables.column_facts import ColumnFacts, Floats, gather_facts, numbers_of
from gmm_core.tables.column_kinds import can_be_clustered, kind_of
from gmm_core.tables.column_relations import say_nothing_new

PROFILE_COLUMNS = (
    *("name", "kind", "usable", "possible", "why", "gaps", "distinct"),
    *("min", "max", "mean", "sd", "skew", "kurtosis"),
)

FEW_DISTINCT = 10
MANY_GAPS = 0.2
STRONG_SKEW = 3.0
ALIKE = 0.98
"""Correlation, in size, from which two columns say much the same; narrow groups far apart reach it too."""

SAME = 1 - 1e-9
"""Correlation of a column with its copy in another unit, allowing for rounding."""

MANY_ZEROS = 0.2
"""Share of a column's values."""

COMPARED_ROWS = 5_000


def profile_columns(table: pd.DataFrame) -> pd.DataFrame:
    """Profile of a table, in time linear in its cells.

    Parameters
    ----------
    table : pandas.DataFrame, (N, D)

    Returns
    -------
    pandas.DataFrame, (D, 13)
        ``name``; ``kind``: number, category, identifier, date, constant, empty, text or yes/no; ``usable`` for
        clustering (bool): a numeric column of at least two distinct values, all of them finite, that doesn't just
        number the rows, has few gaps enough, and neither repeats another column nor is the sum of others;
        ``possible`` (bool) where it can be clustered at all, though it may not be wise; ``why`` it isn't usable, as
        what follows the name in a sentence, ``""`` where it is; ``gaps``, ``distinct`` (counts); ``min``,
        ``max``, ``mean``, ``sd``, ``skew``, ``kurtosis`` of the finite values (population figures, NaN where the
        column isn't numeric; the kurtosis of a normal distribution is 3).
    """
    rows = [_row(gather_facts(table.iloc[:, i], str(name))) for i, name in enumerate(table.columns)]
    profile = pd.DataFrame(rows, columns=list(PROFILE_COLUMNS))
    for position, why in say_nothing_new(table, np.flatnonzero(profile["usable"]).tolist()).items():
        profile.loc[position, "usable"] = False
        profile.loc[position, "why"] = why
    return profile


def suggest_columns(
    table_or_profile: pd.DataFrame, limit: int = 2, profile: pd.DataFrame | None = None
) -> tuple[str, ...]:
    """A good first choice of columns for clustering.

    Columns come first whose distribution hints at several groups: those with a large Sarle coefficient,
    (skew^2 + 1) / kurtosis, which is 1 for two points, 0.55 for a flat and 0.33 for a normal distribution (Pfister et
    al. 2013, Frontiers in Psychology 4:700). Few distinct values, many gaps, strong skew and yes/no count against a
    column, and so do many zeros. One that nearly repeats another is taken last, and its copy in another unit never. The
    last two as far as the table is there to tell.

    Parameters
    ----------
    table_or_profile : pandas.DataFrame
        A table, or what ``profile_columns`` gave for it.
    limit : int
        Most columns to choose.
    profile : pandas.DataFrame, optional
        The table's profile, where it is known already.

    Returns
    -------
    tuple of str
        In the order of the table; empty where no column is usable.
    """
    is_profile = tuple(table_or_profile.columns) == PROFILE_COLUMNS
    if profile is None:
        profile = table_or_profile if is_profile else profile_columns(table_or_profile)
    chosen: list[int] = []
    order = (
        ranking(profile) if is_profile else sorted(ranking(profile), key=lambda at: _many_zeros(table_or_profile, at))
    )
    for limit_of_likeness in (ALIKE, SAME):  # the second round takes near repeats where nothing else is left
        for position in order:
            if len(chosen) == limit:
                break
            fresh = is_profile or not _repeats(table_or_profile, position, chosen, limit_of_likeness)
            if position not in chosen and fresh:
                chosen.append(position)
    return tuple(str(profile["name"].iloc[position]) for position in sorted(chosen))


def ranking(profile: pd.DataFrame) -> list[int]:
    """Positions in a profile of the usable columns, the most promising first (see ``suggest_columns``)."""
    n_values = profile["gaps"] + profile["distinct"]  # a lower bound of the rows, all that a profile tells
    objections = (
        2 * (profile["kind"] == "yes/no")
        + (profile["distinct"] < FEW_DISTINCT)
        + (profile["gaps"] > MANY_GAPS * n_values.max())
        + (profile["skew"].abs() > STRONG_SKEW)
    )
    hint = (profile["skew"] ** 2 + 1) / profile["kurtosis"]
    order = np.lexsort((-hint.fillna(0.0), objections))
    usable = profile["usable"].to_numpy(dtype=bool)
    return [int(position) for position in order if usable[position]]


def _row(facts: ColumnFacts) -> tuple[object, ...]:
    kind = kind_of(facts)
    why = kind.why_not(facts)
    moments = (facts.minimum, facts.maximum, facts.mean, facts.sd, facts.skew, facts.kurtosis)
    return (facts.name, kind.name, not why, can_be_clustered(facts), why, facts.gaps, facts.distinct, *moments)


def _many_zeros(table: pd.DataFrame, position: int) -> bool:
    """Whether a column heaps at zero, as counts of what most never do; judged on some of the rows."""
    values = numbers_of(table.iloc[_some(table), position])
    finite = values[np.isfinite(values)]
    return len(finite) > 0 and float((finite == 0).mean()) >= MANY_ZEROS


def _some(table: pd.DataFrame) -> slice:
    return slice(None, None, max(len(table) // COMPARED_ROWS, 1))


def _repeats(table: pd.DataFrame, position: int, chosen: Sequence[int], limit: float) -> bool:
    """Whether a column says nearly the same as one of the chosen, judged on some of the rows."""
    columns = np.array([numbers_of(table.iloc[_some(table), i]) for i in (position, *chosen)])
    kept = columns[:, np.isfinite(columns).all(axis=0)]
    return any(_likeness(kept[0], other) > limit for other in kept[1:])


def _likeness(one: Floats, other: Floats) -> float:
    """Correlation, in size; 0 where there is none to speak of."""
    if len(one) < 3 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(abs(np.corrcoef(one, other)[0, 1]))
