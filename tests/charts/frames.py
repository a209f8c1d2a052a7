"""Small tidy frames with the columns that charts take, and one column too many in each."""

import numpy as np
import pandas as pd

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ODD_TITLE = "income.total [k$]: <b>gross</b> 'n' \"net\""


def points(rows: int = 60, groups: int = 2, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    label = rng.integers(groups, size=rows)
    return pd.DataFrame(
        {
            "x": rng.normal(3.0 * label, 1.0),
            "y": rng.normal(50.0 * label, 10.0),
            "component": [LETTERS[k] for k in label],
            "certainty": rng.uniform(0.5, 1.0, rows),
            "row": np.arange(1, rows + 1),
            "label": "",
            "not_drawn": "secret",
        }
    )


def ellipses(groups: int = 2, vertices: int = 40) -> pd.DataFrame:
    turn = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    outlines = [(k, p) for k in range(groups) for p in (0.5, 0.8, 0.95)]
    frames = [
        pd.DataFrame(
            {
                "component": LETTERS[k],
                "probability": p,
                "outline": number,
                "order": range(vertices),
                "x": 3.0 * k + 2.0 * p * np.cos(turn),
                "y": 50.0 * k + 20.0 * p * np.sin(turn),
                "not_drawn": "secret",
            }
        )
        for number, (k, p) in enumerate(outlines)
    ]
    return pd.concat(frames)


def centres(groups: int = 2) -> pd.DataFrame:
    place = np.arange(groups)
    share = np.full(groups, 1 / groups)
    letters = list(LETTERS[:groups])
    return pd.DataFrame(
        {"component": letters, "x": 3.0 * place, "y": 50.0 * place, "weight": share, "not_drawn": "secret"}
    )


def tiles(side: int = 80) -> pd.DataFrame:
    column, row = (index.ravel() for index in np.meshgrid(np.arange(side), np.arange(side)))
    x, y = column / 7.0, row * 3_333.3
    return pd.DataFrame(
        {
            "x0": x,
            "x1": x + 1 / 7,
            "y0": y,
            "y1": y + 3_333.3,
            "component": np.where(column < side / 2, "A", "B"),
            "count": 1 + column * row,
            "not_drawn": "secret",
        }
    )


def boxes(side: int) -> pd.DataFrame:
    squares = tiles(side)
    return squares.assign(x_share=squares["count"] / squares["count"].sum(), y_share=1 / len(squares))


def curves(groups: int = 2, low: float = -4.0, high: float = 8.0) -> pd.DataFrame:
    x = np.linspace(low, high, 121)
    shares = [np.exp(-0.5 * (x - 3.0 * k) ** 2) / np.sqrt(2 * np.pi) / groups for k in range(groups)]
    named = [*zip(LETTERS, shares, strict=False), ("mixture", np.sum(shares, axis=0))]
    frames = [pd.DataFrame({"x": x, "density": d, "component": name, "not_drawn": "secret"}) for name, d in named]
    return pd.concat(frames)


def bins(low: float = -2.0, high: float = 6.0, number: int = 16) -> pd.DataFrame:
    edges = np.linspace(low, high, number + 1)
    density = 0.05 + 0.3 * np.sin(np.linspace(0, np.pi, number))
    return pd.DataFrame({"left": edges[:-1], "right": edges[1:], "density": density, "not_drawn": "secret"})


def cells() -> pd.DataFrame:
    rows = [
        (k, family, 1000.0 - 40 * k + 9 * k * k + shift, True, "")
        for family, shift in (("free shape", 0.0), ("same shape", 30.0), ("round", 200.0))
        for k in range(1, 7)
    ]
    cells = pd.DataFrame(rows, columns=["n_components", "family", "value", "sound", "reason"])
    return cells.assign(best=cells.index == cells["value"].idxmin(), not_drawn="secret")


def certainty_bins() -> pd.DataFrame:
    edges = np.linspace(0.5, 1.0, 11)
    counts = {"A": [1, 0, 0, 1, 2, 1, 5, 3, 10, 100], "B": [0, 0, 2, 0, 1, 1, 0, 5, 10, 130]}
    parts = [
        pd.DataFrame({"left": edges[:-1], "right": edges[1:], "component": name, "count": each, "not_drawn": "secret"})
        for name, each in counts.items()
    ]
    return pd.concat(parts, ignore_index=True)


def trace(iterations: int = 12) -> pd.DataFrame:
    step = np.arange(1, iterations + 1)
    return pd.DataFrame({"iteration": step, "log_likelihood": -1130.264 - 100.0 / step**2, "not_drawn": "secret"})


def solutions() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "solution": ["-1,130.3", "-1,135.9", "-1,101.2"],
            "starts": [7, 2, 1],
            "sound": [True, True, False],
            "note": ["the fit", "", "collapsed"],
            "not_drawn": "secret",
        }
    )


def outlines(groups: int = 2, replicates: int = 3, vertices: int = 20) -> pd.DataFrame:
    turn = np.linspace(0, 2 * np.pi, vertices)
    frames = [
        pd.DataFrame(
            {
                "component": LETTERS[k],
                "outline": groups * b + k,
                "order": range(vertices),
                "x": 3.0 * k + 0.1 * b + 2.0 * np.cos(turn),
                "y": 50.0 * k + 20.0 * np.sin(turn),
                "not_drawn": "secret",
            }
        )
        for b in range(replicates)
        for k in range(groups)
    ]
    return pd.concat(frames)


def statistics(number: int = 10) -> pd.DataFrame:
    edges = np.linspace(0.0, 20.0, number + 1)
    return pd.DataFrame({"left": edges[:-1], "right": edges[1:], "count": range(number), "not_drawn": "secret"})


def rarities(decades: int = 4) -> pd.DataFrame:
    edges = np.linspace(0.0, decades, 4 * decades + 1)
    expected = 1_000 * -np.diff(10.0**-edges)
    counts = np.round(expected).astype(int)
    counts[-2:] = (3, 5)
    known = np.where(np.arange(len(counts)) > len(counts) - 3, 2, 0)
    told = {"count": counts, "expected": expected, "known": known, "chosen": counts}
    return pd.DataFrame({"left": edges[:-1], "right": edges[1:], **told, "not_drawn": "secret"})


def odd_rows() -> pd.DataFrame:
    odd = points().tail(3)
    return odd.assign(label=["", "Ann", ""], p_value=["1e-09", "0.0002", "0.001"])
