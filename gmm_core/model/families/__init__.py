"""The covariance families, from the richest to the plainest; menus, docs and tests walk ``FAMILIES``.

To add one, subclass ``Family`` in a module of its own and enter it here.
"""

from gmm_core.errors import SettingsError
from gmm_core.model.families.base import Family
from gmm_core.model.families.diagonal import Diag
from gmm_core.model.families.full import Full
from gmm_core.model.families.spherical import Round
from gmm_core.model.families.tied import Tied

FAMILIES: dict[str, Family] = {family.name: family for family in (Full(), Tied(), Diag(), Round())}
"""By scikit-learn's name."""

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
        known = ", ".join([*FAMILIES, *_BY_CODE])
        raise SettingsError(f"There is no covariance family {name!r}.", f"Choose one of {known}.", value=name)
    return found


__all__ = ["FAMILIES", "Family", "get_family"]
