"""What a person clones, installs and hosts: the files that no import checks."""

import ast
import importlib.metadata
import re
import runpy
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import gmm_core
from gmm_core.charts.style.palette import PALETTE

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
AT_THE_TOP = {
    "pyproject.toml",
    "app.py",
    "gmm_core",
    "pages",
    "tests",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "requirements.txt",
    "Dockerfile",
}
WITHOUT_WHICH_IT_DOES = {"gmm_core/model/scikit_learn.py": ("test",)}
"""Files that serve a library where it is installed, and the extra that brings it."""
# Written in two parts, so that this file does not name what it forbids.
HOSTS_AND_PATHS = {
    "a package registry": ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org"],
    "an option that names a registry": ["index" + "-url", "find" + "-links", "trusted" + "-host"],
    "a path of one machine": ["/wo" + "rk/", "/ro" + "ot/", "/tmp/" + "venv"],
}
HOST = {"extra": "", "os_name": "posix", "platform_system": "Linux", "sys_platform": "linux"}
FACING_INWARD = {
    "server.address": "127.0.0.1",
    "server.showEmailPrompt": False,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "type",
    "client.showErrorLinks": False,
    "client.toolbarMode": "viewer",
}


@cache
def files_of_the_project() -> tuple[str, ...]:
    """Return the paths of all files that git has, or would take, relative to the root; in a bare copy, skip."""
    if not (ROOT / ".git").exists():
        pytest.skip("This is a copy without git's folder, so nothing says which files belong to it; run in a clone.")
    command = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    return tuple(path for path in answer.stdout.split("\0") if path and (ROOT / path).is_file())


def requirements(*extras: str) -> dict[str, Requirement]:
    """Return what pyproject.toml asks for, by canonical name, with these extras."""
    optional = PROJECT["project"]["optional-dependencies"]
    lines = [*PROJECT["project"]["dependencies"], *(line for extra in extras for line in optional[extra])]
    return {canonicalize_name(asked.name): asked for asked in map(Requirement, lines)}


def pins(file: str) -> dict[str, str]:
    """Return the versions of a file of ``name==version`` lines, by canonical name; fail on any other line."""
    lines = (line.strip() for line in (ROOT / file).read_text(encoding="utf-8").splitlines())
    named = [re.fullmatch(r"([\w.-]+)==([\w.]+)", line) or line for line in lines if line and not line.startswith("#")]
    assert not (others := [line for line in named if isinstance(line, str)]), f"{file} holds more than pins: {others}"
    return {canonicalize_name(match[1]): match[2] for match in named}


def readme_line(heading: str) -> str:
    """Return the command under a heading of the README, read as .ci/run reads it."""
    read = runpy.run_path(str(ROOT / ".ci" / "readme_line.py"))["readme_line"]
    return read(heading, (ROOT / "README.md").read_text(encoding="utf-8"))


def test_the_version_is_the_same_everywhere():
    version = PROJECT["project"]["version"]
    assert gmm_core.__version__ == version
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_pinned_versions_satisfy_the_bounds():
    pinned = pins("requirements.txt")
    for name, asked in requirements().items():
        assert asked.specifier.contains(pinned[name]), f"requirements.txt pins {name} {pinned[name]}, not {asked}"


def test_the_pinned_file_needs_nothing_that_it_does_not_pin():
    """Read from the installed packages, so only where the pinned version is the one installed."""
    pinned = pins("requirements.txt")
    for name, asked in _needed_on_a_host(pinned):
        version = pinned.get(canonicalize_name(asked.name))
        assert version, f"{name} needs {asked}, which requirements.txt does not pin"
        assert asked.specifier.contains(version), f"{name} needs {asked}, but {version} is pinned"


def _needed_on_a_host(pinned: dict[str, str]) -> list[tuple[str, Requirement]]:
    installed = {canonicalize_name(found.name): found for found in importlib.metadata.distributions()}
    as_pinned = [installed[name] for name in pinned if name in installed and installed[name].version == pinned[name]]
    needed = [(found.name, Requirement(line)) for found in as_pinned for line in found.requires or ()]
    return [(name, asked) for name, asked in needed if asked.marker is None or asked.marker.evaluate(HOST)]


def test_the_lowest_versions_tried_are_the_bounds_claimed():
    lowest = {
        name: next(bound.version for bound in asked.specifier if bound.operator == ">=")
        for name, asked in requirements("test").items()
    }
    assert {name: Version(version) for name, version in pins("tests/constraints-lowest.txt").items()} == {
        name: Version(version) for name, version in lowest.items()
    }


def test_every_library_that_the_app_imports_is_a_dependency():
    providers = importlib.metadata.packages_distributions()
    for path in files_of_the_project():
        if path.endswith(".py") and path.startswith(("gmm_core/", "pages/", "app.py")):
            asked = requirements(*WITHOUT_WHICH_IT_DOES.get(path, ()))
            for module in _libraries_imported(path):
                names = {canonicalize_name(name) for name in providers.get(module, [module])}
                assert names & asked.keys(), f"{path} imports {module}, which pyproject.toml does not ask for"


def _libraries_imported(path: str) -> set[str]:
    nodes = list(ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"), path)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    within = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in plain | within} - sys.stdlib_module_names - {"gmm_core", "pages"}


def test_every_file_of_the_package_is_installed_with_it():
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    for path in files_of_the_project():
        if path.startswith("gmm_core/") and not path.endswith(".py"):
            assert any(fnmatch(Path(path).name, pattern) for pattern in patterns), f"{path} is left out of the wheel"


@pytest.mark.parametrize("heading", ["Run", "Test"])
def test_a_command_of_the_readme_makes_its_own_environment_in_the_clone(heading):
    line = readme_line(heading)
    assert line.startswith("python3 -m venv .venv && .venv/bin/")
    assert all(step.startswith(".venv/bin/") for step in line.split(" && ")[1:])


@pytest.mark.parametrize(
    "readme",
    [
        "# Title\n",
        "## Test\nwords\n\n## Later\n```sh\nline\n```\n",
        "## Test\n```sh\none\ntwo\n```\n",
        "## Test\n```sh\n```\n",
    ],
)
def test_a_readme_without_exactly_one_line_stops_the_ci_run(readme):
    read = runpy.run_path(str(ROOT / ".ci" / "readme_line.py"))["readme_line"]
    with pytest.raises(SystemExit, match=r"README\.md"):
        read("Test", readme)


def test_pictures_in_the_readme_exist():
    named = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert [picture for picture in named if not (ROOT / picture).is_file()] == []


def test_the_top_level_holds_only_what_belongs_there():
    top = {path.split("/")[0] for path in files_of_the_project()}
    assert {name for name in top if not name.startswith(".")} - AT_THE_TOP == set()


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    found = [
        f"{path}:{number} names {kind}: {line.strip()[:100]}"
        for path in files_of_the_project()
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        for kind, words in HOSTS_AND_PATHS.items()
        if any(word in line for word in words)
    ]
    assert not found, "\n".join(found)


def test_streamlit_faces_inward_and_knows_every_setting():
    from streamlit import config

    settings = dict(_flat(tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))))
    assert settings.keys() - config.get_config_options().keys() == set()
    assert {name: settings.get(name) for name in FACING_INWARD} == FACING_INWARD
    assert settings["theme.chartCategoricalColors"] == list(PALETTE)


def _flat(tables: dict, prefix: str = ""):
    for key, value in tables.items():
        yield from _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(f"{prefix}{key}", value)]
