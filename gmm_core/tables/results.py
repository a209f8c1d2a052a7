"""A fit as tidy frames in the table's units: parameters, memberships of all rows, convergence."""

from collections.abc import Collection, Hashable, Sequence
from string import ascii_uppercase

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.model.fit import Fit
from gmm_core.model.mixture import Mixture
from gmm_core.model.principal import PrincipalAxes
from gmm_core.model.transforms import UNCHANGED
from gmm_core.model.transforms.base import Transform
from gmm_core.tables.naming import clear_name

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

NOISE = "noise"
"""Stands for a letter where rows belong to no group."""


def component_letters(k: int) -> tuple[str, ...]:
    """Letters of k components, in canonical order: A to Z, then AA, AB and so on."""
    return tuple(map(_letters, range(k)))


def group_letters(mixture: Mixture) -> tuple[str, ...]:
    """A letter for each column of the mixture's memberships: the components', and "noise" last where there is noise."""
    letters = component_letters(mixture.n_components)
    return letters if mixture.noise is None else (*letters, NOISE)


def parameters_frame(
    mixture: Mixture, columns: Sequence[str], transforms: Sequence[Transform] | None = None
) -> pd.DataFrame:
    """Parameters for people, in the table's units, a row a group.

    Parameters
    ----------
    mixture : Mixture
        In working units, which are the table's but for transformed columns.
    columns : sequence of str, (D,)
    transforms : sequence of Transform, (D,), optional
        What the columns went through; by default nothing.

    Returns
    -------
    pandas.DataFrame, (K, 2 + 2 or 3 a column)
        ``group`` (letter), ``share`` (0 to 1), and for each column ``mean x`` and ``sd x``; for a transformed one what
        the mean becomes (``median x`` or ``geometric mean x``), and the ends ``from x`` and ``to x`` of the range that
        holds the middle 68 % of the group. Noise comes last, with its share only; its other cells are empty.
    """
    frame: dict[str, object] = {"group": component_letters(mixture.n_components), "share": mixture.weights}
    for position, name in enumerate(columns):
        transform = UNCHANGED if transforms is None else transforms[position]
        centres, sds = mixture.means[:, position], mixture.standard_deviations[:, position]
        frame[f"{transform.centre} {name}"] = transform.inverse(centres)
        if transform == UNCHANGED:
            frame[f"sd {name}"] = sds
        else:
            frame[f"from {name}"] = transform.inverse(centres - sds)
            frame[f"to {name}"] = transform.inverse(centres + sds)
    groups = pd.DataFrame(frame)
    if mixture.noise is None:
        return groups
    return pd.concat([groups, pd.DataFrame({"group": [NOISE], "share": [mixture.noise.weight]})], ignore_index=True)


def covariances_frame(mixture: Mixture, columns: Sequence[str]) -> pd.DataFrame:
    """Covariance matrices, a row an entry.

    Parameters
    ----------
    mixture : Mixture
        In working units, which are the table's but for transformed columns.
    columns : sequence of str, (D,)
        What the columns are called in these units, ``FeatureMatrix.working_names``.

    Returns
    -------
    pandas.DataFrame, (K * D * D, 5)
        ``group``, ``row`` and ``column`` (names of columns), ``covariance``, ``correlation``.
    """
    k, d = mixture.n_components, mixture.n_features
    names = np.asarray(columns, dtype=object)
    return pd.DataFrame(
        {
            "group": np.repeat(np.asarray(component_letters(k), dtype=object), d * d),
            "row": np.tile(np.repeat(names, d), k),
            "column": np.tile(names, k * d),
            "covariance": mixture.covariances.ravel(),
            "correlation": mixture.correlations.ravel(),
        }
    )


def most_correlated(mixture: Mixture, most: int) -> list[int]:
    """Positions of at most so many columns, rising: those that go with another one most, in any of the groups."""
    sizes = np.abs(mixture.correlations) - np.eye(mixture.n_features)  # (K, D, D)
    strongest = np.argsort(-sizes.max(axis=(0, 2)), kind="stable")
    return sorted(strongest[:most].tolist())


def loadings_frame(axes: PrincipalAxes, columns: Sequence[str]) -> pd.DataFrame:
    """What principal components are made of, a row a column and component.

    Returns
    -------
    pandas.DataFrame, (D * Q, 4)
        ``column``, ``component`` (from 1), ``loading`` (of the scaled column; squares sum to 1 over the columns), and
        ``share`` of the variance that the component holds.
    """
    d, q = axes.loadings.shape
    return pd.DataFrame(
        {
            "column": np.tile(np.asarray(columns, dtype=object), q),
            "component": np.repeat(np.arange(1, q + 1), d),
            "loading": axes.loadings.ravel(order="F"),
            "share": np.repeat(axes.shares[:q], d),
        }
    )


def memberships_frame(table: pd.DataFrame, rows: Rows, memberships: Floats, names: Sequence[str]) -> pd.DataFrame:
    """The table, every row in its order, with memberships of some of its rows.

    Parameters
    ----------
    table : pandas.DataFrame, (N, ...)
    rows : (M,) array of int
        Positions in the table of the rows that have memberships; the other rows get no group.
    memberships : (M, K) array
        Of components, or of clusters merged from them.
    names : sequence of str, (K,)
        Of the groups: letters, joined ones such as "A+C", and "noise" last where there is noise.

    Returns
    -------
    pandas.DataFrame, (N, ... + 3 + K)
        The table's columns, then ``group`` (a categorical of the names), ``certainty`` (the largest membership),
        ``uncertainty`` (1 - certainty), and a membership a group, ``p(A)``, ``p(B)``, ... ``p(noise)``; a name that the
        table has already is followed by a number ("group (2)"). Missing where a row has no memberships.
    """
    labels = np.full(len(table), -1, dtype=np.intp)
    labels[rows] = memberships.argmax(axis=1)
    measures = (memberships.max(axis=1), _rest(memberships), *memberships.T)
    added = (
        pd.Categorical.from_codes(labels, categories=pd.Index(names)),
        *(in_all_rows(each, rows, len(table)) for each in measures),
    )
    named = dict(zip(clear_names(membership_columns(names), table.columns), added, strict=True))
    return pd.concat([table, pd.DataFrame(named, index=table.index, copy=False)], axis=1)


def membership_columns(names: Sequence[str]) -> tuple[str, ...]:
    """What ``memberships_frame`` calls the columns that it adds, where the table has no column of that name."""
    return ("group", "certainty", "uncertainty", *(f"p({name})" for name in names))


def clear_names(names: Collection[str], taken: Collection[Hashable]) -> tuple[str, ...]:
    """Each name, or where the table has it already the next free "name (2)"."""
    used = {str(name) for name in taken}
    clear = []
    for name in names:
        clear.append(clear_name(name, used))
        used.add(clear[-1])
    return tuple(clear)


def trace_frame(fit: Fit, log_jacobian: float = 0.0) -> pd.DataFrame:
    """Log-likelihood by iteration.

    Parameters
    ----------
    fit : Fit
    log_jacobian : float
        ``FeatureMatrix.log_jacobian``, where the fit was to scaled features.

    Returns
    -------
    pandas.DataFrame, (T, 2)
        ``iteration`` (0 is the start) and ``log_likelihood`` (nats, summed over rows).
    """
    return pd.DataFrame({"iteration": np.arange(len(fit.trace)), "log_likelihood": fit.trace + log_jacobian})


def _letters(number: int) -> str:
    higher, last = divmod(number, len(ascii_uppercase))
    return (_letters(higher - 1) if higher else "") + ascii_uppercase[last]


def _rest(memberships: Floats) -> Floats:
    """1 - the largest membership, summed from the others so that a tiny uncertainty keeps its digits."""
    others = memberships.copy()
    np.put_along_axis(others, memberships.argmax(axis=1)[:, None], 0.0, axis=1)
    return np.asarray(others.sum(axis=1))


def in_all_rows(values: Floats, rows: Rows, n_rows: int) -> Floats:
    """Values of the rows fitted, in a column for all rows; NaN elsewhere."""
    column = np.full(n_rows, np.nan)
    column[rows] = values
    return column
