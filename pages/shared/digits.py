"""Number formats for tables on screen; downloads keep every digit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    import pandas as pd


def decimals_for(spread: float) -> int:
    """Decimals that show three significant digits of a spread, between 0 and 8."""
    if not (math.isfinite(spread) and spread > 0):
        return 2
    return min(max(2 - math.floor(math.log10(spread)), 0), 8)


def rounded(frame: pd.DataFrame, decimals: Mapping[str, int]) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The frame with these columns rounded, and column settings that show them with thousands separated."""
    settings = {name: st.column_config.NumberColumn(format="localized") for name in decimals}
    return frame.round(dict(decimals)), settings
