"""The code as the architecture tests see it: files, syntax trees, layers."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jkreeft.ops.machine import ROOT

# From top to bottom; complaints and reviews stand beside each other.
LAYERS = [["jkreeft"], ["complaints", "reviews"], ["shop"], ["galleries"], ["accounts"], ["privacy"], ["common"]]
APPS = [name for layer in LAYERS for name in layer]


def above(app: str) -> set[str]:
    """What `app` may not know: every layer over its own, and its neighbours in it."""
    height = next(index for index, layer in enumerate(LAYERS) if app in layer)
    return {name for layer in LAYERS[: height + 1] for name in layer} - {app}


@cache
def modules() -> list[Path]:
    """The production code, without what Django wrote (migrations)."""
    files = (file for app in APPS for file in sorted((ROOT / app).rglob("*.py")))
    return [file for file in files if "migrations" not in file.parts]


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), str(file))


def app_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0]


def name_of(file: Path, node: ast.AST | None = None) -> str:
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(parsed(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
