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
    counts = [1, 0, 2, 1, 3, 2, 5, 8, 20, 230]
    return pd.DataFrame({"left": edges[:-1], "right": edges[1:], "count": counts, "not_drawn": "secret"})


def memberships(rows: int = 3, groups: int = 2) -> pd.DataFrame:
    share = [0.7, *[0.3 / (groups - 1)] * (groups - 1)] if groups > 1 else [1.0]
    return pd.DataFrame(
        [
            {"row": 10 * row, "component": LETTERS[k], "responsibility": share[k], "not_drawn": "secret"}
            for row in range(rows, 0, -1)
            for k in range(groups)
        ]
    )


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


def intervals(groups: int = 3) -> pd.DataFrame:
    place = 10.0 * np.arange(groups)
    wide = 1.0 + np.arange(groups)
    letters = list(LETTERS[:groups])
    return pd.DataFrame(
        {"component": letters, "estimate": place, "low": place - wide, "high": place + wide, "not_drawn": "secret"}
    )


def statistics(number: int = 10) -> pd.DataFrame:
    edges = np.linspace(0.0, 20.0, number + 1)
    return pd.DataFrame({"left": edges[:-1], "right": edges[1:], "count": range(number), "not_drawn": "secret"})


def entropies(groups: int = 4) -> pd.DataFrame:
    number = np.arange(1, groups + 1)
    clusters = [", ".join([*LETTERS[: n - 1], "+".join(LETTERS[n - 1 : groups])]) for n in number]
    bent = np.where(number < groups, 2.0 * (number - 1), 40.0)
    frame = pd.DataFrame({"n_clusters": number, "entropy": bent, "clusters": clusters, "not_drawn": "secret"})
    return frame.assign(suggested=number == groups - 1)


def joins(groups: int = 4) -> pd.DataFrame:
    """Each component in turn joins those before it."""
    rows = [
        {
            "cluster": "+".join(LETTERS[: n + 1]),
            "n_clusters": groups - n,
            "entropy_fall": 3.0 / n**3,
            "parts": f"{'+'.join(LETTERS[:n])} and {LETTERS[n]}",
            "left": n - 2 + 2.0 ** (1 - n) if n > 1 else 0.0,
            "right": float(n),
            "left_from": groups - n + 1,
            "right_from": groups,
            "not_drawn": "secret",
        }
        for n in range(1, groups)
    ]
    return pd.DataFrame(rows)


def leaves(groups: int = 4) -> pd.DataFrame:
    return pd.DataFrame({"component": list(LETTERS[:groups]), "place": np.arange(groups), "not_drawn": "secret"})


def crossed(groups: int = 3, labels: int = 4) -> pd.DataFrame:
    cells = [(k, j, 0 if j > k + 1 else 1_200 if j == k else 30) for k in range(groups) for j in range(labels)]
    frame = pd.DataFrame(
        {
            "group": [LETTERS[k] for k, _, _ in cells],
            "label": [f"label {j}" for _, j, _ in cells],
            "count": [count for _, _, count in cells],
            "matched": [j == k for k, j, _ in cells],
            "not_drawn": "secret",
        }
    )
    return frame.assign(share=frame["count"] / frame.groupby("group")["count"].transform("sum"))


def rarities(decades: int = 4) -> pd.DataFrame:
    edges = np.linspace(0.0, decades, 4 * decades + 1)
    expected = 1_000 * -np.diff(10.0**-edges)
    counts = np.round(expected).astype(int)
    counts[-2:] = (3, 5)
    known = np.where(np.arange(len(counts)) > len(counts) - 3, 2, 0)
    left, right = edges[:-1], edges[1:]
    return pd.DataFrame(
        {"left": left, "right": right, "count": counts, "expected": expected, "known": known, "not_drawn": "secret"}
    )


def odd_rows() -> pd.DataFrame:
    odd = points().tail(3)
    return odd.assign(label=["", "Ann", ""], p_value=["1e-09", "0.0002", "0.001"])


def two_shares(groups: int = 3) -> pd.DataFrame:
    then = intervals(groups).assign(rows="fitted")
    both = pd.concat([then, then.assign(rows="new", estimate=then["estimate"] + 2)], ignore_index=True)
    return both.assign(**{name: (both[name] + 5) / 50 for name in ("estimate", "low", "high")})


def unlike(groups: int = 3, columns: int = 2) -> pd.DataFrame:
    cells = [(f"column {j}", LETTERS[k], (k - 1.0) / max(groups, 2)) for j in range(columns) for k in range(groups)]
    frame = pd.DataFrame(cells, columns=["column", "group", "delta"])
    return frame.assign(text="1,234 ▲", note="above 87 % of the other rows", not_drawn="secret")


def group_bins(groups: int = 3, number: int = 5) -> pd.DataFrame:
    edges = np.linspace(0.0, 10.0, number + 1)
    part = np.arange(1.0, number + 1) / np.arange(1.0, number + 1).sum()
    frames = [
        pd.DataFrame(
            {
                "group": "noise" if k == groups - 1 else LETTERS[k],
                "left": edges[:-1],
                "right": edges[1:],
                "share": np.roll(part, k),
                "overall": 1.0 / number,
                "not_drawn": "secret",
            }
        )
        for k in range(groups)
    ]
    return pd.concat(frames)


def moved_bands() -> pd.DataFrame:
    """All of A stays, and B is split."""
    pairs = [("A", "A", 0.5, True), ("B", "B", 0.2, True), ("B", "C", 0.0, False)]
    rows = [
        {"band": i, "x": x, "low": end, "high": end + 0.2, "before": before, "after": after, "stayed": stayed}
        for i, (before, after, end, stayed) in enumerate(pairs)
        for x in (0.0, 1.0)
    ]
    return pd.DataFrame(rows).assign(rows=20, not_drawn="secret")


def moved_blocks() -> pd.DataFrame:
    sides = [("before", "A", 0.5, 0.7), ("before", "B", 0.0, 0.4)]
    sides += [("after", "A", 0.5, 0.7), ("after", "B", 0.2, 0.4), ("after", "C", 0.0, 0.2)]
    return pd.DataFrame(sides, columns=["side", "group", "low", "high"]).assign(rows=20, not_drawn="secret")


def loadings(components: int = 2, columns: int = 3) -> pd.DataFrame:
    cells = [(i, q) for q in range(components) for i in range(columns)]
    return pd.DataFrame(
        {
            "column": [f"column {i + 1}" for i, _ in cells],
            "component": [q + 1 for _, q in cells],
            "loading": [(-1) ** (i + q) * (i + 1) / columns for i, q in cells],
            "share": [0.7 / 2**q for _, q in cells],
            "not_drawn": "secret",
        }
    )


def correlated(columns: int = 3) -> pd.DataFrame:
    """Two that rise together are followed by two of which one falls."""
    pairs = [(i, j) for i in range(columns) for j in range(columns)]
    return pd.DataFrame(
        {
            "row": [f"column {i + 1}" for i, _ in pairs],
            "column": [f"column {j + 1}" for _, j in pairs],
            "covariance": [4.0 * (i + 1) ** 2 if i == j else (-1.0) ** (i + j) / 2 for i, j in pairs],
            "correlation": [1.0 if i == j else (-1.0) ** (i + j) / (1 + i + j) for i, j in pairs],
            "not_drawn": "secret",
        }
    )


def centre_lines(groups: int = 2, columns: int = 3) -> pd.DataFrame:
    """The groups lie farthest apart in the first column; the last group's interval is not known."""
    rows = [(j, k) for j in range(columns) for k in range(groups)]
    x = np.array([(k - (groups - 1) / 2) / (1 + j) for j, k in rows])
    known = np.array([k < groups - 1 for _, k in rows])
    return pd.DataFrame(
        {
            "column": [f"column {j + 1}" for j, _ in rows],
            "component": [LETTERS[k] for _, k in rows],
            "x": x,
            "x_from": x - 0.5,
            "x_to": x + 0.5,
            "x_low": np.where(known, x - 0.1, np.nan),
            "x_high": np.where(known, x + 0.1, np.nan),
            "centre": "12.3",
            "rows": "10.1 to 14.5",
            "interval": "11.9 to 12.7",
            "not_drawn": "secret",
        }
    )


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
    own = points().assign(x=np.linspace(0, 1, 60), y=np.linspace(1, 0, 60))
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
