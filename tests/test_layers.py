"""Dependencies form rings: the folder says what may be imported. The imports prove it.

The rings, from the inside out: errors; model; tables and charts; examples; the package's front; pages/shared; pages;
app.py. Imports inside functions and under TYPE_CHECKING count as well: they are knowledge too.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import pytest

from tests.imported import ROOT, imports, lies_in

SCIPY_FOR_MODEL = ("scipy.special", "scipy.linalg", "scipy.optimize", "scipy.cluster", "scipy.spatial")
STATE_AND_CACHES = ("session_state", "cache_data", "cache_resource")
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "misc"}


@dataclass(frozen=True)
class Ring:
    """A part of the tree and what it may import beside the standard library; the first that matches a file holds.

    ``only_inside_functions`` are libraries too slow to import for everyone; ``keeps_state`` says whether Streamlit's
    session state and caches may be named.
    """

    name: str
    place: str
    may_import: tuple[str, ...]
    only_inside_functions: tuple[str, ...] = ()
    keeps_state: bool = False

    def holds(self, path: str) -> bool:
        """Whether the file at this path, relative to the root, belongs to this ring."""
        return path == self.place or path.startswith(f"{self.place}/")


RINGS = (
    Ring("errors", "gmm_core/errors.py", ()),
    Ring(
        "scikit-learn's face",
        "gmm_core/model/scikit_learn.py",
        ("numpy", "sklearn", "gmm_core.errors", "gmm_core.model"),
        only_inside_functions=("sklearn",),
    ),
    Ring(
        "model",
        "gmm_core/model",
        ("numpy", "threadpoolctl", *SCIPY_FOR_MODEL, "gmm_core.errors", "gmm_core.model"),
        only_inside_functions=("scipy",),
    ),
    Ring(
        "tables",
        "gmm_core/tables",
        ("pandas", "numpy", "pyarrow", "python_calamine", "gmm_core.model", "gmm_core.errors", "gmm_core.tables"),
    ),
    Ring("charts.style", "gmm_core/charts/style", ("altair", "pandas", "numpy", "gmm_core.charts.style")),
    Ring("charts front", "gmm_core/charts/__init__.py", ("gmm_core.charts",)),
    Ring(
        "pictures of charts",
        "gmm_core/charts/files.py",
        ("pandas", "vl_convert"),
        only_inside_functions=("vl_convert",),
    ),
    Ring("charts", "gmm_core/charts", ("altair", "pandas", "numpy", "gmm_core.charts.style")),
    Ring(
        "examples", "gmm_core/examples", ("pandas", "numpy", "gmm_core.errors", "gmm_core.tables", "gmm_core.examples")
    ),
    Ring("package front", "gmm_core/__init__.py", ("gmm_core",)),
    Ring("pages/shared", "pages/shared", ("streamlit", "pandas", "gmm_core", "pages.shared"), keeps_state=True),
    Ring("page", "pages", ("streamlit", "gmm_core", "pages.shared")),
    Ring("app.py", "app.py", ("streamlit", "pages.shared")),
)


def violations(path: str, source: str) -> list[str]:
    """Return a sentence, with file and line, for every rule that this file breaks."""
    ring = next((ring for ring in RINGS if ring.holds(path)), None)
    if ring is None:
        return [f"{path}:1 lies in no ring; put it where the design has a place for it."]
    tree = ast.parse(source, path)
    return [
        *_import_violations(ring, path, tree),
        *(() if ring.keeps_state else _state_violations(ring, path, tree)),
        *_name_violations(path),
    ]


def _import_violations(ring: Ring, path: str, tree: ast.Module) -> Iterator[str]:
    allowed = ", ".join(ring.may_import) or "nothing"
    for found in imports(path, tree):
        if found.module.split(".")[0] in sys.stdlib_module_names:
            continue
        if not lies_in(found.module, ring.may_import):
            yield (
                f"{path}:{found.line} imports {found.module}; {ring.name} may import only {allowed} "
                "beside the standard library."
            )
        elif lies_in(found.module, ring.only_inside_functions) and not found.inside_function:
            yield f"{path}:{found.line} imports {found.module} at its top; import it inside the function that needs it."


def _state_violations(ring: Ring, path: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        named = {node.attr} if isinstance(node, ast.Attribute) else _names_imported(node)
        for name in sorted(named & set(STATE_AND_CACHES)):
            yield f"{path}:{node.lineno} touches {name}; in {ring.name} only pages.shared may: call a function there."


def _names_imported(node: ast.AST) -> set[str]:
    return {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()


def _name_violations(path: str) -> Iterator[str]:
    for part in PurePosixPath(path).parts:
        if part.removesuffix(".py") in NAMES_THAT_SAY_NOTHING:
            yield f"{path}:1 is named {part}; name it after the one idea in it."


def python_files() -> list[str]:
    """Return the paths of all files that the rings speak of, relative to the root."""
    files = [ROOT / "app.py", *(ROOT / "gmm_core").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    return sorted(file.relative_to(ROOT).as_posix() for file in files if file.exists())


@pytest.mark.parametrize("path", python_files())
def test_a_file_imports_only_what_its_ring_may(path):
    found = violations(path, (ROOT / path).read_text(encoding="utf-8"))
    assert not found, "\n".join(["The rings do not allow this:", *found])


@pytest.mark.parametrize("ring", RINGS, ids=lambda ring: ring.name)
def test_every_ring_has_files_to_check(ring):
    held = [path for path in python_files() if next(first for first in RINGS if first.holds(path)) is ring]
    assert held, f"No file lies in {ring.place}: either the tree has changed or this table is out of date."


def test_no_page_lies_at_the_top_of_the_pages_folder():
    loose = [path.name for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py"]
    assert not loose, f"pages/{loose} can be opened past app.py; put them in the menu's sub-folders."


def test_no_test_module_has_a_name_that_says_nothing():
    tests = (path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py"))
    found = [sentence for path in tests for sentence in _name_violations(path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("path", "source", "sentence"),
    [
        ("gmm_core/errors.py", "import numpy", "errors may import only nothing beside"),
        (
            "gmm_core/model/mixture.py",
            "import pandas as pd",
            "mixture.py:1 imports pandas; model may import only numpy",
        ),
        ("gmm_core/model/a.py", "def f():\n    from scipy import stats", "a.py:2 imports scipy.stats"),
        ("gmm_core/model/a.py", "def f():\n    import scipy.stats", "a.py:2 imports scipy.stats"),
        ("gmm_core/model/a.py", "def f():\n    from scipy.stats import chi2", "a.py:2 imports scipy.stats"),
        ("gmm_core/model/a.py", "def f():\n    import scipy", "a.py:2 imports scipy;"),
        ("gmm_core/model/a.py", "from scipy.special import gammaln", "imports scipy.special at its top"),
        ("gmm_core/model/a.py", "import sklearn.mixture", "imports sklearn.mixture"),
        ("gmm_core/model/em/a.py", "from ...tables import reading", "imports gmm_core.tables.reading"),
        ("gmm_core/model/em/a.py", "from ... import tables", "imports gmm_core.tables"),
        ("gmm_core/model/a.py", "def f():\n    from sklearn.mixture import GaussianMixture", "imports sklearn.mixture"),
        ("gmm_core/model/scikit_learn.py", "from sklearn.utils import Tags", "imports sklearn.utils at its top"),
        ("gmm_core/model/a.py", "from gmm_core import GaussianMixture", "imports gmm_core.GaussianMixture"),
        ("gmm_core/model/a.py", "import importlib\nimportlib.import_module('pandas')", "a.py:2 imports pandas"),
        ("gmm_core/tables/a.py", "import altair", "imports altair"),
        ("gmm_core/tables/a.py", "from gmm_core.charts import scatter", "imports gmm_core.charts"),
        ("gmm_core/charts/a.py", "from gmm_core.model.mixture import Mixture", "imports gmm_core.model.mixture"),
        ("gmm_core/charts/a.py", "from gmm_core.tables import reading", "imports gmm_core.tables"),
        ("gmm_core/charts/a.py", "from gmm_core.charts.scatter import scatter", "imports gmm_core.charts.scatter"),
        ("gmm_core/charts/style/a.py", "from gmm_core.charts import scatter", "imports gmm_core.charts.scatter"),
        ("gmm_core/examples/a.py", "import streamlit", "imports streamlit"),
        ("pages/shared/a.py", "import altair", "imports altair"),
        ("pages/shared/a.py", "from pages.clusters import fit", "imports pages.clusters"),
        ("pages/clusters/fit.py", "from pages.clusters import how_many", "imports pages.clusters"),
        ("pages/clusters/fit.py", "from . import how_many", "imports pages.clusters"),
        ("pages/clusters/fit.py", "import pandas", "fit.py:1 imports pandas; page may import only streamlit"),
        (
            "pages/clusters/fit.py",
            "import streamlit as st\nst.session_state['k'] = 2",
            "fit.py:2 touches session_state",
        ),
        ("pages/clusters/fit.py", "import streamlit as st\n@st.cache_data\ndef f(): ...", "touches cache_data"),
        ("pages/clusters/fit.py", "from streamlit import cache_resource", "touches cache_resource"),
        ("app.py", "import gmm_core", "app.py:1 imports gmm_core"),
        ("app.py", "import streamlit as st\nst.session_state", "app.py:2 touches session_state"),
        ("gmm_core/tables/utils.py", "", "is named utils.py"),
        ("gmm_core/common/reading.py", "", "lies in no ring"),
        ("pages/shared/helpers/a.py", "", "is named helpers"),
    ],
)
def test_the_check_catches_what_it_should(path, source, sentence):
    found = violations(path, source)
    assert any(sentence in line and line.startswith(f"{path}:") for line in found), found


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("gmm_core/errors.py", "from typing import Any"),
        ("gmm_core/model/em/a.py", "import numpy as np\nfrom ..families import registry\nfrom gmm_core import errors"),
        ("gmm_core/model/a.py", "def f():\n    from scipy.special import gammaln\n    from scipy import linalg"),
        ("gmm_core/model/scikit_learn.py", "def f():\n    from sklearn.utils import Tags"),
        ("gmm_core/tables/a.py", "import pandas as pd\nfrom gmm_core.model.mixture import Mixture"),
        ("gmm_core/charts/a.py", "import altair as alt\nfrom gmm_core.charts.style import palette"),
        ("gmm_core/__init__.py", "from gmm_core.errors import GmmError"),
        ("pages/shared/a.py", "import streamlit as st\nst.session_state['k'] = 2\n@st.cache_data\ndef f(): ..."),
        (
            "pages/clusters/fit.py",
            "import streamlit as st\nfrom pages.shared import session\nfrom gmm_core import charts",
        ),
        ("app.py", "import streamlit as st\nfrom pages.shared import menu"),
    ],
)
def test_the_check_lets_pass_what_it_should(path, source):
    assert violations(path, source) == []
