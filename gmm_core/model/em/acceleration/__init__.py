"""Ways to reach the limit of EM in fewer passes over the data; settings, docs and tests walk ``ACCELERATIONS``.

To add one, subclass ``Accelerator`` in a module of its own and enter it here.
"""

from collections.abc import Callable

from gmm_core.errors import SettingsError
from gmm_core.model.em.acceleration.base import Accelerator, Plain, State
from gmm_core.model.em.acceleration.quasi_newton import QuasiNewton

ACCELERATIONS: dict[str | None, Callable[[], Accelerator]] = {"quasi-newton": QuasiNewton, None: Plain}
"""By name; None is EM as it is."""


def get_acceleration(name: object) -> Callable[[], Accelerator]:
    """The acceleration called ``name``, which makes an ``Accelerator`` for each run.

    Raises
    ------
    SettingsError
        Where there is no such acceleration.
    """
    if not isinstance(name, str | None) or name not in ACCELERATIONS:
        known = ", ".join(repr(each) for each in ACCELERATIONS)
        raise SettingsError(f"There is no acceleration {name!r}.", f"Choose one of {known}.", value=name)
    return ACCELERATIONS[name]


__all__ = ["ACCELERATIONS", "Accelerator", "State", "get_acceleration"]
