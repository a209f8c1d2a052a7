"""Small frames of what is told of groups and of columns, with one column too many in each."""

import numpy as np
import pandas as pd

from tests.charts.frames import LETTERS


def memberships(rows: int = 3, groups: int = 2) -> pd.DataFrame:
    share = [0.7, *[0.3 / (groups - 1)] * (groups - 1)] if groups > 1 else [1.0]
    return pd.DataFrame(
        [
            {"row": 10 * row, "component": LETTERS[k], "responsibility": share[k], "not_drawn": "secret"}
            for row in range(rows, 0, -1)
            for k in range(groups)
        ]
    )


def intervals(groups: int = 3) -> pd.DataFrame:
    place = 10.0 * np.arange(groups)
    wide = 1.0 + np.arange(groups)
    letters = list(LETTERS[:groups])
    return pd.DataFrame(
        {"component": letters, "estimate": place, "low": place - wide, "high": place + wide, "not_drawn": "secret"}
    )


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
