"""The report of the 96 clauses: nothing is lost from it, and what is planned only becomes less."""

from pathlib import Path

import pytest

from privacy.clause_report import Coverage, overtaken, report, uncovered
from privacy.clauses import CLAUSES, Clause

# As it was when everything else was carried. Never add to it.
PLANNED_AT_FIRST = {"P07", "P09", "P10", "P11", "P12", "P13", "P14"}


def test_all_clauses_are_there_once_and_in_order() -> None:
    assert [clause.id for clause in CLAUSES] == [f"P{number:02}" for number in range(1, 97)]


def test_what_is_planned_only_becomes_less() -> None:
    assert {clause.id for clause in CLAUSES if clause.planned} <= PLANNED_AT_FIRST


@pytest.mark.parametrize(
    ("carriers", "tests", "planned", "expected"),
    [
        (("rule.py",), ("test.py::test_it",), "", ([], [])),
        (("rule.py",), (), "", (["P01"], [])),
        ((), ("test.py::test_it",), "", (["P01"], [])),
        ((), (), "", (["P01"], [])),
        ((), (), "a register", ([], [])),
        (("rule.py",), ("test.py::test_it",), "a register", ([], ["P01"])),
    ],
)
def test_a_clause_is_carried_and_tested_or_planned(
    carriers: tuple[str, ...], tests: tuple[str, ...], planned: str, expected: tuple[list[str], list[str]]
) -> None:
    coverage = [Coverage(Clause("P01", "A promise", planned), carriers, tests)]
    assert (uncovered(coverage), overtaken(coverage)) == expected


def test_a_carrier_is_code_that_names_the_clause_and_a_test_one_that_is_marked(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "shop" / "rule.py").write_text('"""Kept six months (P43)."""')
    (tmp_path / "tests" / "test_rule.py").write_text('@pytest.mark.clauses("P43")\ndef test_it(): ...\n')
    (tmp_path / "tests" / "test_talk.py").write_text('def test_it():\n    """About P44."""\n')
    found = {entry.clause.id: entry for entry in report(tmp_path)}
    assert found["P43"].carriers == ("shop/rule.py",)
    assert found["P43"].tests == ("tests/test_rule.py::test_it",)
    assert not found["P44"].is_covered
