"""The tree of processes, with real ones: nothing may be left, however the end comes."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from jkreeft.ops.machine import Refusal
from jkreeft.ops.processes import Tree
from tests.ops.programs import living, start, wait_for

# A child that starts a grandchild, writes both ids, and hears no SIGTERM when told so.
FAMILY = "trap '' TERM; sleep 300 & echo $$ $! > {file}; wait"
PARENT = """
import os, sys
from jkreeft.ops.processes import Stopped, Tree, stop_on_signals
stop_on_signals()
try:
    with Tree(follow_parent=len(sys.argv) > 2) as tree:
        tree.start("family", ["sh", "-c", sys.argv[1]], env=os.environ)
        tree.watch()
except Stopped:
    print("stopped")
"""
MAKE = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1], sys.argv[2], 'follow'])"


def family(folder: Path) -> list[int]:
    file = folder / "pids"
    assert wait_for(lambda: file.is_file() and len(file.read_text().split()) == 2)
    return [int(pid) for pid in file.read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_children_and_grandchildren(tmp_path: Path, number: signal.Signals) -> None:
    parent = start(PARENT, "sleep 300 & echo $$ $! > " + str(tmp_path / "pids") + "; wait")
    pids = family(tmp_path)
    parent.send_signal(number)
    output, _ = parent.communicate(timeout=20)
    assert output == "stopped\n"
    assert living(pids) == []


def test_a_killed_parent_leaves_nothing_behind(tmp_path: Path) -> None:
    with start(PARENT, FAMILY.format(file=tmp_path / "pids")) as parent:
        pids = family(tmp_path)
        parent.kill()
    assert wait_for(lambda: not living(pids))


def test_a_killed_make_leaves_nothing_behind(tmp_path: Path) -> None:
    with start(MAKE, PARENT, "sleep 300 & echo $$ $! > " + str(tmp_path / "pids") + "; wait") as make:
        pids = family(tmp_path)
        make.kill()
    assert wait_for(lambda: not living(pids))


def test_a_child_that_hears_nothing_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jkreeft.ops.processes.STOP_SECONDS", 0.2)
    with Tree() as tree:
        tree.start("deaf", ["sh", "-c", FAMILY.format(file=tmp_path / "pids")], env=os.environ)
        pids = family(tmp_path)
    assert wait_for(lambda: not living(pids))


def test_one_child_that_ends_stops_the_others_and_says_its_last_words(tmp_path: Path) -> None:
    with Tree() as tree:
        steady = tree.start("steady", ["sleep", "300"], env=os.environ)
        tree.start("The worker", ["sh", "-c", "echo no broker; exit 3"], env=os.environ, log=tmp_path / "worker.log")
        with pytest.raises(Refusal) as refusal:
            tree.watch(20)
    assert "The worker ended by itself: no broker" in str(refusal.value)
    assert steady.process.poll() is not None


def test_a_killed_child_is_called_killed(tmp_path: Path) -> None:
    with Tree() as tree:
        child = tree.start("Beat", ["sleep", "300"], env=os.environ, log=tmp_path / "beat.log")
        child.process.kill()
        with pytest.raises(Refusal, match=r"Beat was killed \(signal 9\)"):
            tree.watch(20)


def test_a_killed_warden_stops_everything() -> None:
    with Tree() as tree:
        steady = tree.start("steady", ["sleep", "300"], env=os.environ)
        tree._warden.kill()
        with pytest.raises(Refusal, match="warden"):
            tree.watch(20)
    assert steady.process.poll() is not None


def test_a_failing_command_is_told_in_one_sentence(tmp_path: Path) -> None:
    command = ["sh", "-c", "echo Traceback; echo Bad configuration: no key; exit 1"]
    with Tree() as tree, pytest.raises(Refusal) as refusal:
        tree.check("Preparing the database", command, env=os.environ, log=tmp_path / "log")
    assert str(refusal.value).startswith("Preparing the database failed: Bad configuration: no key (")
    assert "\n" not in str(refusal.value)


def test_a_succeeding_command_hands_over_what_it_wrote(tmp_path: Path) -> None:
    with Tree() as tree:
        assert tree.check("echo", ["echo", "yes"], env=os.environ, log=tmp_path / "log") == "yes\n"


def test_a_child_reads_nothing_from_our_terminal(tmp_path: Path) -> None:
    with Tree() as tree:
        assert tree.check("cat", ["cat"], env=os.environ, log=tmp_path / "log") == ""


def test_a_child_is_out_of_reach_of_the_terminals_ctrl_c() -> None:
    with Tree() as tree:
        child = tree.start("steady", ["sleep", "300"], env=os.environ)
        assert os.getpgid(child.process.pid) == child.process.pid != os.getpgid(0)


def test_ended_children_are_no_longer_the_wardens_business(tmp_path: Path) -> None:
    """Else it might kill a stranger who got the same number."""
    tree = Tree()
    tree.__enter__()
    reader, writer = os.pipe()
    real, tree._leash = tree._leash, writer
    child = tree.run("true", ["true"], env=os.environ)
    tree._leash = real
    tree.close()
    os.close(writer)
    with os.fdopen(reader) as lines:
        assert lines.read().split() == [f"+{child.process.pid}", f"-{child.process.pid}"]


def test_the_warden_kills_whole_groups_when_its_pipe_closes() -> None:
    group = subprocess.Popen(["sh", "-c", "sleep 300 & wait"], start_new_session=True)
    ended = subprocess.Popen(["sleep", "300"], start_new_session=True)
    lines = f"+{group.pid}\n+{ended.pid}\n-{ended.pid}\n"
    subprocess.run(["python3", "jkreeft/ops/warden.py"], input=lines, text=True, check=True)
    assert group.wait(timeout=10) == -signal.SIGKILL
    assert ended.poll() is None
    ended.kill()
    ended.wait()
