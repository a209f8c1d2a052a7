"""Labelled tables for these tests."""

import numpy as np

from gmm_core.model.classes.labelled import Labelled
from tests.model.drawing import grouped_table
from tests.model.reference_data import iris

SPECIES = np.repeat(["setosa", "versicolor", "virginica"], 50)


def irises():
    """Fisher's irises with their species."""
    return Labelled.of(iris(), SPECIES)


def two_bars(rng, n=60):
    """Class "in" lies between the two halves of class "out" on one column: no single Gaussian a class tells them."""
    x = np.concatenate([rng.normal(0, 0.5, n), rng.normal(-4, 0.5, n // 2), rng.normal(4, 0.5, n // 2)])
    return Labelled.of(x[:, None], np.repeat(["in", "out"], n))


def drawn(seed, n_rows, n_features, n_classes):
    """Rows of several Gaussians with classes at random, at least four rows each."""
    rng = np.random.default_rng(seed)
    codes = np.concatenate([np.repeat(np.arange(n_classes), 4), rng.integers(n_classes, size=n_rows)])
    table = grouped_table(rng, len(codes), n_features, 3)
    return Labelled.of(table[0] if isinstance(table, tuple) else table, codes.astype(str))
