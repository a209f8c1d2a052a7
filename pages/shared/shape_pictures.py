"""A small picture of what each covariance family allows, as SVG made of our own numbers only."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gmm_core.charts.style import sign_of

if TYPE_CHECKING:
    import pandas as pd

PER_UNIT = 15.0
"""Pixels a unit of the drawing, on both axes."""

MARGIN = 3.0


@cache
def shape_picture(name: str) -> str:
    """Three groups under the family called ``name``: ellipses in the groups' colours."""
    from gmm_core.tables.family_pictures import family_frame

    frame = family_frame(name)
    left, top = float(frame["x"].min()), float(frame["y"].max())
    width = PER_UNIT * (float(frame["x"].max()) - left) + 2 * MARGIN
    height = PER_UNIT * (top - float(frame["y"].min())) + 2 * MARGIN
    drawn = "".join(_ellipse(str(letter), part, left, top) for letter, part in frame.groupby("component"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.1f} {height:.1f}">{drawn}</svg>'
    )


def _ellipse(letter: str, outline: pd.DataFrame, left: float, top: float) -> str:
    x, y = PER_UNIT * (outline["x"] - left) + MARGIN, PER_UNIT * (top - outline["y"]) + MARGIN
    path = " ".join(f"{across:.1f},{down:.1f}" for across, down in zip(x, y, strict=True))
    colour = sign_of(letter).colour
    return f'<polygon points="{path}" fill="{colour}" fill-opacity="0.12" stroke="{colour}" stroke-width="2"/>'
