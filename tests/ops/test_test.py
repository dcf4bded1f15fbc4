"""The runner's count: what it makes of each report, and its closing line."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from jkreeft.ops.test import Count, read_report

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


def report(folder: Path, *numbers: int) -> Path:
    file = folder / "report.xml"
    file.write_text(REPORT.format(*numbers))
    return file


@pytest.mark.parametrize(
    ("numbers", "code", "count"),
    [
        ((10, 0, 0, 0), 0, Count(10, 0, 0)),
        ((10, 1, 2, 3), 1, Count(4, 3, 3)),
        ((0, 0, 0, 0), 5, Count(0, 1, 0)),
        ((10, 0, 0, 0), 2, Count(10, 1, 0)),
        ((10, 0, 0, 0), -9, Count(10, 1, 0)),
    ],
)
def test_every_test_of_a_report_is_counted_once(
    tmp_path: Path, numbers: tuple[int, ...], code: int, count: Count
) -> None:
    assert read_report(report(tmp_path, *numbers), code) == count


def test_a_run_without_a_report_is_a_failure(tmp_path: Path) -> None:
    assert read_report(tmp_path / "absent.xml", -9) == Count(0, 1, 0)


def test_the_count_agrees_with_what_pytest_itself_says(tmp_path: Path) -> None:
    (tmp_path / "test_five.py").write_text(
        "import pytest\n"
        "def test_a(): pass\n"
        "def test_b(): assert False\n"
        "@pytest.mark.skip\ndef test_c(): pass\n"
        "@pytest.fixture\ndef broken(): raise ValueError\n"
        "def test_d(broken): pass\n"
        "@pytest.mark.xfail(strict=True)\ndef test_e(): assert False\n"
    )
    file = tmp_path / "report.xml"
    command = [sys.executable, "-m", "pytest", "-p", "no:randomly", "-p", "no:django", f"--junit-xml={file}", "-q"]
    run = subprocess.run([*command, "-c", "/dev/null", tmp_path], capture_output=True, text=True, check=False)
    assert "1 failed, 1 passed, 1 skipped, 1 xfailed, 1 error" in run.stdout
    # An expected failure is counted with the skipped ones.
    assert read_report(file, run.returncode) == Count(1, 2, 2)


def test_the_closing_line_counts_over_everything() -> None:
    line = str(Count(10, 0, 2) + Count(5, 1, 0))
    assert re.fullmatch(r"15 passed, 1 failed, 2 skipped", line)
