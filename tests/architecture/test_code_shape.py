"""The habits of the house that a program can see."""

import ast
from pathlib import Path

import pytest

from jkreeft.ops.machine import ROOT
from tests.architecture.tree import functions, modules, name_of, parsed

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
# Calls that fail by themselves; besides, every name with "assert" in it.
SAY_NO = {"raises", "warns", "fail", "expect", "wait_for_url"}
NO_NAMES = {"utils", "helpers", "manager", "managers", "misc"}
every_module = pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(ROOT)))


@every_module
def test_files_and_functions_stay_short(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= LONGEST_FILE
    lengths = {name_of(file, node): (node.end_lineno or 0) - node.lineno + 1 for node in functions(file)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@every_module
def test_a_module_is_named_for_what_it_holds(file: Path) -> None:
    assert not NO_NAMES & {file.stem, *file.relative_to(ROOT).parts[:-1]}


@every_module
def test_no_function_imports(file: Path) -> None:
    inside = [
        name_of(file, node)
        for function in functions(file)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


@every_module
def test_no_model_overrides_save_or_delete(file: Path) -> None:
    overrides = [
        name_of(file, node)
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ClassDef) and "models" in (file.stem, file.parent.name)
        for node in node.body
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}
    ]
    assert overrides == []


@every_module
def test_nothing_listens_to_signals(file: Path) -> None:
    imported = [
        name_of(file, node)
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(("signals", "dispatch"))
    ]
    assert imported == []


@pytest.mark.parametrize("file", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda file: file.name)
def test_no_test_is_without_an_assertion(file: Path) -> None:
    """An assertion, an expected exception, or a function of the same file that has one."""
    asserting = {node.name for node in functions(file) if _asserts(node, set())}
    tests = [node for node in functions(file) if node.name.startswith("test_")]
    assert [name_of(file, node) for node in tests if not _asserts(node, asserting)] == []


def _asserts(function: ast.AST, asserting: set[str]) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in asserting | SAY_NO or "assert" in name:
                return True
    return False
