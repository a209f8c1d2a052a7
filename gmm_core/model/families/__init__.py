"""The fourteen covariance families of Celeux and Govaert (1995), from the plainest to the richest, as mclust lists
them; menus, docs and tests walk ``FAMILIES``.

To add one, subclass ``Family`` in a module of its own or beside its kin, and enter it here.
"""

from gmm_core.errors import SettingsError
from gmm_core.model.families.aligned import AlignedEllipsoids, AlignedOfOneVolume
from gmm_core.model.families.base import Family
from gmm_core.model.families.diagonal import BoxesOfOneVolume, Diag, SameBox, ScaledBoxes
from gmm_core.model.families.full import Full, SameVolume
from gmm_core.model.families.spherical import Ball, Round
from gmm_core.model.families.tied import ScaledCopies, Tied
from gmm_core.model.families.turned import TurnedCopies, TurnedScaledCopies

_IN_ORDER: tuple[Family, ...] = (
    Ball(),
    Round(),
    SameBox(),
    ScaledBoxes(),
    BoxesOfOneVolume(),
    Diag(),
    Tied(),
    ScaledCopies(),
    AlignedOfOneVolume(),
    AlignedEllipsoids(),
    TurnedCopies(),
    TurnedScaledCopies(),
    SameVolume(),
    Full(),
)

FAMILIES: dict[str, Family] = {family.name: family for family in _IN_ORDER}
"""By scikit-learn's name where it has the family, else by mclust's code."""

COMMON = ("full", "tied", "diag", "spherical")
"""The names of the four that scikit-learn has, from the richest to the plainest."""

_BY_CODE = {family.code: family for family in FAMILIES.values()}


def get_family(name: str) -> Family:
    """The family called ``name``: one of scikit-learn's names or mclust's codes.

    Raises
    ------
    SettingsError
        Where there is no such family.
    """
    found = FAMILIES.get(name) or _BY_CODE.get(name)
    if found is None:
        known = ", ".join([*COMMON, *_BY_CODE])
        raise SettingsError(f"There is no covariance family {name!r}.", f"Choose one of {known}.", value=name)
    return found


def distinct_families(n_features: int) -> tuple[str, ...]:
    """Names of the families that differ in so many dimensions, the plainest of those that don't.

    In one dimension a group has a volume and nothing else, so that two are left: mclust's E and V.
    """
    if n_features > 1:
        return tuple(FAMILIES)
    plainest = {family.one_dimensional: family.name for family in reversed(FAMILIES.values())}
    return tuple(name for name in FAMILIES if name in plainest.values())


__all__ = ["COMMON", "FAMILIES", "Family", "distinct_families", "get_family"]
