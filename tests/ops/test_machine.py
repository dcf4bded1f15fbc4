import platform
import subprocess
import sys
from pathlib import Path

import pytest

from jkreeft.ops import machine
from jkreeft.ops.machine import ROOT, Refusal


def complaint() -> str:
    """What the check says; nothing when the machine will do."""
    try:
        machine.check()
    except Refusal as refusal:
        return str(refusal)
    return ""


def test_this_machine_will_do() -> None:
    assert complaint() == ""


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 14, 0), (2, 7, 18)])
def test_another_python_is_named(monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(Refusal, match=rf"needed, and this is Python {version[0]}\.{version[1]}\.$"):
        machine.check()


@pytest.mark.parametrize(("system", "processor"), [("darwin", "arm64"), ("linux", "aarch64"), ("win32", "AMD64")])
def test_another_platform_is_named(monkeypatch: pytest.MonkeyPatch, system: str, processor: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: processor)
    with pytest.raises(Refusal, match=f"Linux on x86-64 is needed.*{processor}"):
        machine.check()


@pytest.mark.parametrize(
    ("library", "sentence"),
    [
        (("", ""), "another C library"),
        (("glibc", "2.33"), "glibc 2.34 or newer"),
        (("glibc", "2.5"), "this one is 2.5"),
    ],
)
def test_another_c_library_is_named(monkeypatch: pytest.MonkeyPatch, library: tuple[str, str], sentence: str) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: library)
    with pytest.raises(Refusal, match=sentence):
        machine.check()


@pytest.mark.parametrize("number", ["2.34", "2.100"])
def test_a_newer_c_library_will_do(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: ("glibc", number))
    assert complaint() == ""


@pytest.mark.parametrize("name", ["venv", "ensurepip"])
def test_a_missing_venv_module_is_named_with_what_brings_it(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda wanted: None if wanted == name else object())
    with pytest.raises(Refusal, match="apt install python3-venv"):
        machine.check()


def test_a_refusal_ends_the_process_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse() -> int:
        raise Refusal("Not here.")

    with pytest.raises(SystemExit, match=r"^Not here\.$"):
        machine.run_main(refuse)


def test_a_disk_that_says_no_is_a_sentence_too(tmp_path: Path) -> None:
    def write() -> int:
        return (tmp_path / "absent" / "file").write_text("")

    with pytest.raises(SystemExit, match=r"^The machine refused: .*No such file"):
        machine.run_main(write)


@pytest.mark.parametrize("target", ["demo", "test", "check"])
def test_make_without_a_fitting_python_says_which_it_needs(tmp_path: Path, target: str) -> None:
    for name in ("sh", "test", "echo"):
        (tmp_path / name).symlink_to(f"/bin/{name}")
    make = [*["/usr/bin/make", "--no-print-directory"], target]
    run = subprocess.run(make, cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.startswith("Python 3.11, 3.12 or 3.13 is needed, and none was found on the PATH.\n")


def test_make_with_an_unfit_python_says_so(tmp_path: Path) -> None:
    old = tmp_path / "python2"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    run = subprocess.run(
        ["make", "--no-print-directory", "demo", f"PYTHON={old}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert run.stderr.startswith(f"Python 3.11, 3.12 or 3.13 is needed, and {old} is none of them.\n")
