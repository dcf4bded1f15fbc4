"""Which clause of the policy is carried by which code, and which test names it.

A carrier is a declaration or a rule that names the clause, or a module whose text does. A test names a clause with
`@pytest.mark.clauses("P25")`. Every clause is carried, or planned with what is still to come; never both.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .clauses import CLAUSE_ID, CLAUSES, Clause

ROOMS = ("common", "privacy", "accounts", "galleries", "shop", "complaints", "reviews", "jkreeft")
MARKER = "clauses"


@dataclass(frozen=True)
class Coverage:
    """One clause with the modules that carry it and the tests that name it."""

    clause: Clause
    carriers: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def is_covered(self) -> bool:
        return bool(self.carriers and self.tests)


def report(root: Path) -> list[Coverage]:
    """The coverage of all 96 clauses in the tree at `root`."""
    carriers = _carriers(root)
    tests = _tests(root)
    return [Coverage(clause, tuple(sorted(carriers[clause.id])), tuple(sorted(tests[clause.id]))) for clause in CLAUSES]


def uncovered(coverage: list[Coverage]) -> list[str]:
    """Clauses that nothing carries, or no test names, and that are not planned either."""
    return [entry.clause.id for entry in coverage if not entry.is_covered and not entry.clause.planned]


def overtaken(coverage: list[Coverage]) -> list[str]:
    """Clauses that are planned still, though they are carried and tested."""
    return [entry.clause.id for entry in coverage if entry.is_covered and entry.clause.planned]


def _carriers(root: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            if "migrations" in path.parts or path.name.startswith("clause"):
                continue
            for clause in CLAUSE_ID.findall(path.read_text()):
                found[clause].add(str(path.relative_to(root)))
    return found


def _tests(root: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((root / "tests").rglob("test_*.py")):
        for name, clause in _marked(ast.parse(path.read_text())):
            found[clause].add(f"{path.relative_to(root)}::{name}")
    return found


def _marked(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == f"pytest.mark.{MARKER}":
                for argument in decorator.args:
                    yield node.name, str(ast.literal_eval(argument))
