"""The virtual environment: what is made again, what is used again, and how a failure reads."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jkreeft.ops import bootstrap
from jkreeft.ops.machine import ROOT, Refusal
from jkreeft.ops.processes import Tree

NOW = {"runtime": "r1", "test": "t1", "dev": "d1"}


@pytest.mark.parametrize(
    ("lock", "stamp", "is_served"),
    [
        ("runtime", {}, False),
        ("runtime", {"runtime": "r1"}, True),
        ("runtime", {"runtime": "r0"}, False),
        ("runtime", {"test": "t1"}, True),
        ("runtime", {"dev": "d1"}, True),
        ("test", {"runtime": "r1"}, False),
        ("test", {"dev": "d1"}, True),
        ("dev", {"runtime": "r1", "test": "t1", "dev": "d0"}, False),
    ],
)
def test_a_bigger_lock_serves_who_asks_for_less(lock: str, stamp: dict[str, str], is_served: bool) -> None:
    assert bootstrap.serves(lock, stamp, NOW) is is_served


@pytest.mark.parametrize("content", ["", "{", "[]", "null"])
def test_a_damaged_stamp_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "stamp").write_text(content)
    assert bootstrap.read_stamp(tmp_path / "stamp") == {}


def test_the_installers_get_the_index_of_the_machine_and_no_other_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("VIRTUAL_ENV", "/elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.example/simple")
    env = bootstrap.installer_environment()
    assert env["UV_PYTHON_DOWNLOADS"] == "never"
    assert env["PIP_INDEX_URL"] == "https://index.example/simple"
    assert not {"PYTHONPATH", "VIRTUAL_ENV"} & set(env)


class Checkout:
    """A checkout with tiny locks; `done` notes what was made and installed there."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.done, self.uv_works, self.pip_works = folder, list[str](), True, True
        for name, place in (("ROOT", folder), ("VAR", folder / "var"), ("VENV", folder / ".venv")):
            monkeypatch.setattr(bootstrap, name, place)
        monkeypatch.setattr(bootstrap, "STAMP", folder / ".venv" / "jkreeft.json")
        monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
        monkeypatch.setattr(bootstrap, "_make", self.make)
        monkeypatch.setattr(bootstrap, "_install_with_uv", self.uv)
        monkeypatch.setattr(bootstrap, "_install_with_pip", self.pip)
        (folder / "requirements").mkdir()
        for name in bootstrap.LOCKS:
            self.lock(name, "1")

    def lock(self, name: str, content: str) -> None:
        (self.folder / "requirements" / f"{name}.lock").write_text(content)

    def make(self, _tree: Tree) -> None:
        self.done.append("made")
        (self.folder / ".venv").mkdir(exist_ok=True)
        bootstrap._write_stamp({})

    def uv(self, _tree: Tree, file: Path, log: Path) -> bool:
        # What is half installed must not count as installed.
        assert json.loads((self.folder / ".venv" / "jkreeft.json").read_text()) == {}
        self.done.append(f"uv {file.name}")
        log.write_text("error: no index\n")
        return self.uv_works

    def pip(self, _tree: Tree, file: Path, _log: Path) -> bool:
        self.done.append(f"pip {file.name}")
        return self.pip_works

    def ensure(self, tree: Tree, lock: str) -> list[str]:
        self.done.clear()
        bootstrap.ensure(tree, lock)
        return self.done


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    return Checkout(tmp_path, monkeypatch)


@pytest.fixture
def tree() -> Iterator[Tree]:
    with Tree() as tree:
        yield tree


def test_it_is_made_once_and_used_again(checkout: Checkout, tree: Tree) -> None:
    assert checkout.ensure(tree, "runtime") == ["made", "uv runtime.lock"]
    assert checkout.ensure(tree, "runtime") == []


def test_a_changed_lock_is_installed_anew(checkout: Checkout, tree: Tree) -> None:
    checkout.ensure(tree, "runtime")
    checkout.lock("runtime", "2")
    assert checkout.ensure(tree, "runtime") == ["uv runtime.lock"]


def test_going_back_to_an_older_lock_installs_that_one(checkout: Checkout, tree: Tree) -> None:
    checkout.ensure(tree, "test")
    checkout.lock("test", "2")
    checkout.ensure(tree, "test")
    checkout.lock("test", "1")
    assert checkout.ensure(tree, "test") == ["uv test.lock"]


def test_without_uv_pip_does_it(checkout: Checkout, tree: Tree) -> None:
    checkout.uv_works = False
    assert checkout.ensure(tree, "runtime") == ["made", "uv runtime.lock", "pip runtime.lock"]


def test_an_unreachable_index_is_a_clear_sentence_and_the_next_try_begins_again(
    checkout: Checkout, tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.uv_works = checkout.pip_works = False
    with pytest.raises(Refusal, match="could not be installed: is the package index reachable"):
        checkout.ensure(tree, "runtime")
    assert "error: no index" in capsys.readouterr().err
    checkout.uv_works = True
    assert checkout.ensure(tree, "runtime") == ["uv runtime.lock"]


def test_an_environment_killed_before_its_stamp_is_made_again(checkout: Checkout, tree: Tree) -> None:
    checkout.ensure(tree, "runtime")
    (checkout.folder / ".venv" / "jkreeft.json").unlink()
    assert checkout.ensure(tree, "runtime") == ["made", "uv runtime.lock"]


def test_an_environment_whose_python_is_gone_is_made_again(
    checkout: Checkout, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout.ensure(tree, "runtime")
    monkeypatch.setattr(bootstrap, "PYTHON", checkout.folder / "gone")
    assert checkout.ensure(tree, "runtime") == ["made", "uv runtime.lock"]


def test_an_unknown_lock_is_a_clear_sentence() -> None:
    command = [sys.executable, "-m", "jkreeft.ops.bootstrap", "everything"]
    run = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (1, "There is no lock called everything: it is runtime, test or dev.\n")
