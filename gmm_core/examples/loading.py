"""Getting a built-in data set by its name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from gmm_core.errors import GmmError
from gmm_core.examples.catalogue import EXAMPLES

if TYPE_CHECKING:
    import pandas as pd


def load_example(name: str) -> pd.DataFrame:
    """Load a built-in data set.

    Parameters
    ----------
    name : str
        One of the names in ``EXAMPLES``, such as ``"old-faithful"``.

    Returns
    -------
    pandas.DataFrame
        A new table at each call: changing it changes nothing else.

    Raises
    ------
    GmmError
        If there is no example of that name; the message lists those there are.
    """
    if name not in EXAMPLES:
        raise _unknown(name)
    return EXAMPLES[name].load()


def _unknown(name: str) -> GmmError:
    close = get_close_matches(name.lower().replace("_", "-").replace(" ", "-"), EXAMPLES, n=1)
    hint = f" Did you mean '{close[0]}'?" if close else ""
    return GmmError(
        f"There is no example named '{name}'.{hint}", f"The examples are: {', '.join(EXAMPLES)}.", value=name
    )
