"""The habits of the house that a program can see."""

import ast

from jkreeft.ops.machine import ROOT
from tests.architecture.tree import functions, modules, name_of, parsed

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
# Calls that fail by themselves; besides, every name with "assert" in it.
SAY_NO = {"raises", "warns", "fail", "expect", "wait_for_url"}
NO_NAMES = {"utils", "helpers", "manager", "managers", "misc"}


def test_files_stay_short() -> None:
    lengths = {name_of(file): len(file.read_text().splitlines()) for file in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_stay_short() -> None:
    lengths = {
        name_of(file, node): (node.end_lineno or 0) - node.lineno + 1 for file in modules() for node in functions(file)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_a_module_is_named_for_what_it_holds() -> None:
    assert [file for file in modules() if NO_NAMES & {file.stem, *file.relative_to(ROOT).parts[:-1]}] == []


def test_no_function_imports() -> None:
    inside = [
        name_of(file, node)
        for file in modules()
        for function in functions(file)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_no_model_overrides_save_or_delete() -> None:
    overrides = [
        name_of(file, node)
        for file in modules()
        for model in ast.walk(parsed(file))
        if isinstance(model, ast.ClassDef) and "models" in (file.stem, file.parent.name)
        for node in model.body
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}
    ]
    assert overrides == []


def test_nothing_listens_to_signals() -> None:
    imported = [
        name_of(file, node)
        for file in modules()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(("signals", "dispatch"))
    ]
    assert imported == []


def test_no_test_is_without_an_assertion() -> None:
    """An assertion, an expected exception, or a function of the same file that has one."""
    bare = []
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        asserting = {node.name for node in functions(file) if _asserts(node, set())}
        tests = [node for node in functions(file) if node.name.startswith("test_")]
        bare += [name_of(file, node) for node in tests if not _asserts(node, asserting)]
    assert bare == []


def _asserts(function: ast.AST, asserting: set[str]) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in asserting | SAY_NO or "assert" in name:
                return True
    return False
