"""Which modules a Python file imports, read from its source, with the names of relative imports made absolute."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Import:
    """A module named by an import, with its line and whether that lies inside a function."""

    module: str
    line: int
    inside_function: bool


def lies_in(module: str, packages: tuple[str, ...]) -> bool:
    """Whether a module is one of the packages or belongs to one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def imports(path: str, tree: ast.Module) -> list[Import]:
    """Return every import of a file, relative ones made absolute, ``import_module("...")`` among them."""
    return [
        Import(module, node.lineno, inside)
        for node, inside in _walk_knowing_functions(tree, inside=False)
        for module in _modules_named(node, path)
    ]


def _walk_knowing_functions(node: ast.AST, *, inside: bool) -> Iterator[tuple[ast.AST, bool]]:
    yield node, inside
    inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for child in ast.iter_child_nodes(node):
        yield from _walk_knowing_functions(child, inside=inside)


def _modules_named(node: ast.AST, path: str) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=module, names=names, level=level):
            return _modules_imported_from(_absolute(module, level, path), [alias.name for alias in names])
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[ast.Constant(value=str(module)), *_]):
            return [module] if name in {"import_module", "__import__"} else []
        case _:
            return []


def _absolute(module: str | None, level: int, path: str) -> str:
    if level == 0:
        return module or ""
    package = PurePosixPath(path).parts[:-level]
    return ".".join([*package, *([module] if module else [])])


def _modules_imported_from(module: str, names: list[str]) -> list[str]:
    """``from gmm_core import charts`` names a module, ``from gmm_core.errors import DataError`` a thing in one."""
    return [f"{module}.{name}" if _is_a_folder_of_ours(module) or module == "scipy" else module for name in names]


def _is_a_folder_of_ours(module: str) -> bool:
    return lies_in(module, ("gmm_core", "pages")) and (ROOT / module.replace(".", "/")).is_dir()
