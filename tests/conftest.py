"""What every test may use."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

# Several workers share the cores, so no deadlines; where CI=true the examples are the same in every run.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


@pytest.fixture(scope="session")
def root() -> Path:
    """The clone's top folder."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture
def rng() -> np.random.Generator:
    """A generator of the same numbers in every test and every run."""
    return np.random.default_rng(20260101)
