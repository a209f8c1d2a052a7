"""Where things stand beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def places(n: int, across: int) -> list[DeltaGenerator]:
    """Places for so many things, in rows of ``across``."""
    return [place for _ in range(0, n, across) for place in st.columns(across)][:n]


def in_rows(n: int) -> list[DeltaGenerator]:
    """Places for n cards or charts: two or three beside each other, in rows."""
    return places(n, 2 if n in (2, 4) else 3)
