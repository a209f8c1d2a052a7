"""Published tables and results, kept beside the tests, and the worked examples of the checklist."""

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "reference"

WAIT_TIMES = np.array([[1.8], [2.1], [2.3], [1.9], [7.8], [8.2], [8.1], [7.9]])
TEST_SCORES = np.array([[75.0], [78.0], [80.0], [82.0], [81.0], [92.0], [94.0], [95.0]])
CUSTOMERS = np.array([[150.0, 2.0], [30.0, 10.0], [160.0, 3.0], [25.0, 12.0], [140.0, 1.0], [35.0, 8.0]])
SIX_POINTS = np.array([[1.0, 1.1], [1.5, 1.4], [5.0, 4.8], [5.5, 5.2], [1.2, 0.9], [5.1, 5.0]])


@cache
def numbers(name, n_columns):
    """The first columns of a CSV file as an array (N, D) that nobody can change; empty cells are NaN."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    table = np.array([[float(cell or "nan") for cell in row[:n_columns]] for row in rows])
    table.flags.writeable = False
    return table


def faithful():
    """Old Faithful: duration and waiting time in minutes, (272, 2)."""
    return numbers("faithful", 2)


def eruptions():
    """Old Faithful's durations in minutes, (272, 1)."""
    return faithful()[:, :1]


def galaxies():
    """Velocities of galaxies in 1000 km/s, (82, 1): Roeder (1990), as in R's MASS."""
    return numbers("galaxies", 1)


def iris():
    """Fisher's irises in cm, (150, 4), in R's order of the columns."""
    return numbers("iris", 4)


TABLES = {"faithful": faithful, "iris": iris}
R_COLUMNS = {
    "faithful": ["eruptions", "waiting"],
    "iris": ["Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"],
}
"""R's names of the columns, in the order in which the files here have them."""


@cache
def mclust_cases():
    """Each case of mclust's results: data set, columns, K, starting labels, and the values by family."""
    return json.loads((FOLDER / "mclust_fixed_start.json").read_text(encoding="utf-8"))["cases"]


def table_of(case):
    """The rows and columns to which a case of mclust's was fitted."""
    names = R_COLUMNS[case["dataset"]]
    return TABLES[case["dataset"]]()[:, [names.index(name) for name in case["columns"]]]
