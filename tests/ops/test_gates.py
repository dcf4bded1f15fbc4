"""The gates: a closed one is shown with its reason, and none of them opens a real database."""

import os
from pathlib import Path

import pytest

from jkreeft.ops import gates
from jkreeft.ops.gates import Gate
from jkreeft.ops.processes import Tree


def test_a_closed_gate_shows_what_it_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Tree() as tree:
        is_open = gates.passes(tree, Gate("lint", ["sh", "-c", "echo line 3; exit 1"]), dict(os.environ), tmp_path)
    assert not is_open
    assert capsys.readouterr().out.startswith("CLOSED  lint")


def test_an_open_gate_keeps_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Tree() as tree:
        assert gates.passes(tree, Gate("lint", ["echo", "chatter"]), dict(os.environ), tmp_path)
    said = capsys.readouterr().out
    assert said.startswith("ok      lint")
    assert "chatter" not in said


def test_a_gates_own_environment_wins(tmp_path: Path) -> None:
    gate = Gate("check", ["sh", "-c", 'test "$SITE_URL" = https://fotos.example'], gates.PRODUCTION)
    with Tree() as tree:
        assert gates.passes(tree, gate, gates.development_environment(tmp_path), tmp_path)


def test_the_gates_know_no_real_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://real@database.example/shop")
    monkeypatch.setenv("REDIS_URL", "redis://redis.example")
    env = gates.development_environment(tmp_path)
    assert env["DATABASE_URL"].startswith(f"sqlite:///{tmp_path}")
    assert env["REDIS_URL"].startswith("redis://127.0.0.1:1/")


def test_every_gate_of_the_house_is_there() -> None:
    wanted = ["formatting", "lint", "types", "layers", "templates", "migrations", "translations"]
    wanted += ["system checks", "deployment checks", "clauses"]
    assert [gate.name for gate in gates.GATES] == wanted
