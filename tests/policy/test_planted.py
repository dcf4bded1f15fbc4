"""Each clause that the code carries has a fault that takes it away, and a test that is to notice it.

`make faults` plants them for real; here only what makes that possible is looked at.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

from jkreeft.ops.faults import Fault, planted
from jkreeft.ops.machine import ROOT, Refusal
from privacy.clauses import CLAUSES

FAULTS = planted(ROOT)


@cache
def marks(file: str) -> dict[str, set[str]]:
    """The clauses that each test of a file names, by the test's path inside it; a class's or a file's count too."""
    module = ast.parse((ROOT / file).read_text())
    of_file = {clause for node in module.body if isinstance(node, ast.Assign) for clause in _named([node.value])}
    found: dict[str, set[str]] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            found[node.name] = of_file | _named(node.decorator_list)
    return found


def _named(expressions: list[ast.expr]) -> set[str]:
    calls = [call for one in expressions for call in ast.walk(one) if isinstance(call, ast.Call)]
    marked = [call for call in calls if ast.unparse(call.func) == "pytest.mark.clauses"]
    return {str(ast.literal_eval(argument)) for call in marked for argument in call.args}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.clause}-{fault.file}")
def test_a_fault_fits_the_code_and_its_test_names_the_clause(fault: Fault) -> None:
    assert (ROOT / fault.file).read_text().count(fault.find) == 1
    assert fault.find != fault.replace
    file, _, test = fault.test.partition("::")
    assert fault.clause in marks(file).get(test.partition("[")[0].rpartition("::")[2], set())


def test_every_clause_that_is_not_planned_has_a_fault() -> None:
    assert {fault.clause for fault in FAULTS} >= {clause.id for clause in CLAUSES if not clause.planned}


def test_a_fault_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rule.py").write_text("months=6 months=6")
    fault = Fault(clause="P43", file="rule.py", find="months=6", replace="months=7", test="")
    with pytest.raises(Refusal, match="P43"):
        fault.plant(tmp_path)
    assert (tmp_path / "rule.py").read_text() == "months=6 months=6"


def test_a_planted_fault_gives_back_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "rule.py").write_text("months=6")
    fault = Fault(clause="P43", file="rule.py", find="6", replace="7", test="")
    assert fault.plant(tmp_path) == "months=6"
    assert (tmp_path / "rule.py").read_text() == "months=7"
