"""Where things stand beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def places(n: int, across: int) -> list[DeltaGenerator]:
    """Places for so many things, in rows of ``across``."""
    return [place for _ in range(0, n, across) for place in st.columns(across)][:n]
