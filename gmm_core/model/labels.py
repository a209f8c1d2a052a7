"""Starting labels, from a column of a table or another program, as memberships."""

import math

import numpy as np
from numpy.typing import NDArray

from gmm_core.errors import SettingsError
from gmm_core.model.conversion import is_gap
from gmm_core.model.em.forms import Array

NOISE = -1.0
"""What scikit-learn calls the rows of no group, as number or text."""


def listed(labels: object) -> NDArray[np.object_]:
    """Labels as an array (N,), whatever they come as.

    Raises
    ------
    SettingsError
        For what is no list of labels.
    """
    try:
        return np.asarray(labels, dtype=object)
    except ValueError:
        raise SettingsError("The starting labels are not a list of labels.", "Give each row one.") from None


def memberships_of(labels: object, n_components: int, noise: bool = False) -> Array:
    """Labels, one a row, as memberships (N, K); a row without one (None or nan) belongs equally to all groups.

    With ``noise``, a row labelled -1 belongs to it: then memberships are (N, K + 1), the noise's last.

    Raises
    ------
    SettingsError
        Where there are not K different labels.
    """
    names = [None if is_gap(label) else str(label) for label in listed(labels)]
    known = sorted({name for name in names if name is not None}, key=_by_value)
    outside = [name for name in known if noise and _is_noise(name)]
    groups = [name for name in known if name not in outside]
    if len(groups) != n_components:
        raise _wrong_number(groups, bool(outside), n_components)
    rows = np.eye(n_components, n_components + bool(outside))
    own = dict(zip(groups, rows, strict=True)) | {None: rows.mean(axis=0)}
    own |= dict.fromkeys(outside, np.arange(rows.shape[1]) == n_components)
    return np.array([own[name] for name in names], dtype=float)


def _wrong_number(groups: list[str], noise: bool, n_components: int) -> SettingsError:
    besides = " besides -1, which is noise" if noise else ""
    remedy = f"Give {n_components} labels, or ask for {len(groups)} group(s)."
    if any(map(_is_noise, groups)):
        remedy += " If -1 stands for noise, ask for noise=True."
    return SettingsError(
        f"The starting labels are {len(groups)} different ones{besides}, for {n_components} group(s).", remedy
    )


def _is_noise(label: str) -> bool:
    return _by_value(label)[0] == NOISE


def _by_value(label: str) -> tuple[float, str]:
    """Numbers by size, before other labels in the order of the alphabet."""
    try:
        return float(label), label
    except ValueError:
        return math.inf, label
