"""Small frames of the stage, of single columns and of pairs, with one column too many in each."""

import numpy as np
import pandas as pd

from tests.charts.frames import LETTERS, curves, outlines, points


def ticks() -> pd.DataFrame:
    return pd.DataFrame({"value": [-1.0, 2.0, 5.0], "text": ["1", "10", "100"], "not_drawn": "secret"})


def states(steps: int = 4, groups: int = 2) -> pd.DataFrame:
    """Groups that walk from 0 to their places."""
    step, k = (index.ravel() for index in np.mgrid[:steps, :groups])
    place = 3.0 * k * step / (steps - 1)
    return pd.DataFrame(
        {
            "step": step,
            "component": [LETTERS[i] for i in k],
            "weight": 1 / groups,
            "x": place,
            "sx": 1.0 + 0.1 * step,
            "y": 10 * place,
            "slant": 0.3 * step,
            "sy": 9.0,
        }
    )


def courses(rows: int = 20, steps: int = 4) -> pd.DataFrame:
    """Rows that are sure of their group from the first step on."""
    some = points(rows)
    return pd.DataFrame(
        {
            "row": some["row"],
            "x": some["x"],
            "y": some["y"],
            "likeliest": [[letter] * steps for letter in some["component"]],
            "certainty": [[0.5 + 0.1 * step for step in range(steps)] for _ in range(rows)],
            "not_drawn": "secret",
        }
    )


def way() -> pd.DataFrame:
    """A step of EM: a bound that touches the level at 0 and is highest at 1."""
    place = np.linspace(-0.2, 1.4, 9)
    bound = -10.0 - (place - 1) ** 2
    return pd.DataFrame(
        {"place": place, "log_likelihood": bound + place**2, "lower_bound": bound, "not_drawn": "secret"}
    )


def pair_points(columns: int = 3) -> pd.DataFrame:
    """Each pair has the same rows."""
    own = points().assign(x=np.linspace(0, 1, 60), y=np.linspace(1, 0, 60), chosen=True)
    return pd.concat([own.assign(across=i, up=j) for j in range(columns) for i in range(j)])


def pair_ellipses(columns: int = 3) -> pd.DataFrame:
    own = outlines().assign(x=lambda frame: frame["x"] / 10, y=lambda frame: frame["y"] / 100)
    return pd.concat([own.assign(across=i, up=j) for j in range(columns) for i in range(j)])


def pair_curves(columns: int = 3) -> pd.DataFrame:
    own = curves(low=0.0, high=1.0)
    return pd.concat([own.assign(at=at) for at in range(columns)])


def pair_overlaps(columns: int = 3) -> pd.DataFrame:
    pairs = [(i, j, 0.02 + 0.3 * i) for j in range(columns) for i in range(j)]
    return pd.DataFrame(pairs, columns=["across", "up", "overlap"]).assign(not_drawn="secret")


def ground() -> pd.DataFrame:
    """Two regions, which reach beyond the rows on one side."""
    return pd.DataFrame(
        {
            "x0": [-100.0, 1.5],
            "x1": [1.5, 4.0],
            "y0": [-10.0, -10.0],
            "y1": [60.0, 60.0],
            "component": ["A", "B"],
            "strength": [0.07, 0.28],
            "told": ["at least 50 % sure", "at least 95 % sure"],
            "not_drawn": "secret",
        }
    )


def ranks() -> pd.DataFrame:
    share = (np.arange(40) + 0.5) / 40
    x = 100.0 * share**2
    return pd.DataFrame({"x": x, "share": share, "expected": 0.9 * x, "not_drawn": "secret"})


def handovers() -> pd.DataFrame:
    return pd.DataFrame({"x": [1.4, 2.5], "below": ["A", "B"], "above": ["B", "C"], "not_drawn": "secret"})
