"""Sweeps over two registries: some pairs in every run, each entry of both among them, and the rest as heavy."""

from collections.abc import Collection
from typing import Any

import pytest

LIGHT = 3
"""Entries of the second registry that each of the first is tried with in every run."""


def sweep(first: Collection[str], second: Collection[str], light: int = LIGHT) -> list[Any]:
    """All pairs, those beyond ``light`` for each of ``first`` marked heavy; which ones are light goes round."""
    n = len(second)
    return [
        pytest.param(a, b, marks=() if (j - i * light) % n < light else pytest.mark.heavy)
        for i, a in enumerate(first)
        for j, b in enumerate(second)
    ]
