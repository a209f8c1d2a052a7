"""Digits of what a fit works out, as a file for people has them; values of the table itself keep all of theirs."""

import re
from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

DECIMALS = 6
"""Of shares, memberships and what follows from these."""

DIGITS, FEWEST_DECIMALS = 6, 2
"""Significant digits of any other number, and how many decimals large ones keep all the same."""

MOST_EXACT = 22
"""Powers of ten up to this are exact in floating point, so that a rounded number is written short."""

_SHARES = re.compile(r"(p\(.*\)|certainty|uncertainty|lead|entropy|share)( \(\d+\))?")


def sensible(frame: pd.DataFrame, exact: Collection[str] = ()) -> pd.DataFrame:
    """The frame with computed numbers rounded: to six decimals where they are shares, else to six digits.

    Parameters
    ----------
    frame : pandas.DataFrame
    exact : collection of str
        Columns whose numbers were not computed, and stay as they are.
    """
    after = frame.copy(deep=False)
    for position, name in enumerate(frame.columns):
        if name not in exact and frame.dtypes.iloc[position] == np.float64:
            after.isetitem(position, _rounded(str(name), frame.iloc[:, position].to_numpy()))
    return after


def _rounded(name: str, x: NDArray[np.float64]) -> NDArray[np.float64]:
    return x.round(DECIMALS) + 0.0 if _SHARES.fullmatch(name) else significant(x)


def significant(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Numbers rounded to ``DIGITS`` significant digits, large ones to ``FEWEST_DECIMALS`` decimals."""
    found = x.copy()
    told = np.isfinite(x) & (x != 0)
    decimals = np.maximum(DIGITS - 1 - np.floor(np.log10(np.abs(x, where=told, out=np.ones_like(x)))), FEWEST_DECIMALS)
    plain = told & (decimals <= MOST_EXACT) & (np.abs(x) < 10.0 ** (15 - FEWEST_DECIMALS))
    scale = 10.0 ** decimals[plain]
    found[plain] = np.rint(x[plain] * scale) / scale
    tiny = told & (decimals > MOST_EXACT)
    found[tiny] = [float(f"{value:.{DIGITS - 1}e}") for value in x[tiny]]
    return found
