"""The planter of faults: a test notices by failing, and not by falling over."""

import sys
from pathlib import Path

import pytest

from jkreeft.ops import faults
from jkreeft.ops.faults import Fault

TEST = "def test_it():\n    from rule import MONTHS\n    assert MONTHS == 6\n"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of one rule and one test."""
    (tmp_path / "rule.py").write_text("MONTHS = 6\n")
    (tmp_path / "test_rule.py").write_text(TEST)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    monkeypatch.setattr(faults, "PYTHON", Path(sys.executable))
    return tmp_path


def fault(find: str, replace: str, test: str = "test_rule.py::test_it") -> Fault:
    return Fault(clause="P43", file="rule.py", find=find, replace=replace, test=test)


def answer(one: Fault, copy: Path) -> str:
    return faults._answer(one, copy, {"PATH": "/usr/bin:/bin", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})


def test_a_test_that_fails_noticed_and_the_file_is_as_before(copy: Path) -> None:
    assert answer(fault("6", "7"), copy) == ""
    assert (copy / "rule.py").read_text() == "MONTHS = 6\n"


@pytest.mark.parametrize(
    ("find", "replace", "test", "said"),
    [
        ("MONTHS = 6", "MONTHS = 3 + 3", "test_rule.py::test_it", "ended with 0"),
        ("MONTHS = 6", "MONTHS = 7", "test_rule.py::test_gone", "ended with 4"),
        ("YEARS", "MONTHS", "test_rule.py::test_it", "does not fit"),
    ],
)
def test_a_green_test_a_missing_one_and_a_fault_that_does_not_fit_are_misses(
    copy: Path, find: str, replace: str, test: str, said: str
) -> None:
    assert said in answer(fault(find, replace, test), copy)
