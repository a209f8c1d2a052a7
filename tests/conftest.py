"""What every test may use."""

import gc
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings

# Several workers share the cores, so no deadlines; where CI=true the examples are the same in every run.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")

HERE = Path(__file__).parent
FIRST = ("browser", "ui")
"""Folders whose files take longest: begun last, one of them would run on alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run first what takes longest."""
    items.sort(key=lambda item: _turn(item.path.relative_to(HERE).parts[0]))


def _turn(folder: str) -> int:
    return FIRST.index(folder) if folder in FIRST else len(FIRST)


def pytest_collection_finish() -> None:
    """Leave what was collected to itself: Streamlit looks through all there is after each run of a page."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Under ``--dist loadgroup``, hand out whole files in order, and to one process all that share a browser.

    One by one, thousands of tests keep the process that hands them out as busy as those that run them.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Files(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.split("::", maxsplit=1)[0]
            return "browser" if file.startswith("tests/browser/") else file

    config.option.loadscopereorder = False  # by the number of tests, which says little of their time
    return Files(config, log) if config.getoption("dist") == "loadgroup" else None


@pytest.fixture(scope="session")
def root() -> Path:
    """The clone's top folder."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture
def rng() -> np.random.Generator:
    """A generator of the same numbers in every test and every run."""
    return np.random.default_rng(20260101)
