"""A tree of processes that stands and falls as one.

Each child runs in a session of its own, so that Ctrl-C in a terminal reaches only us and we stop the children in order.
Each is known to a warden before its program starts, so that nothing survives us, however abruptly we end.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Self

from jkreeft.ops.machine import ROOT, Refusal

STOP_SECONDS = 10.0
TICK_SECONDS = 0.1


class Stopped(BaseException):
    """Somebody asked us to stop."""


Command = Sequence[str | Path]


@dataclass(frozen=True)
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path | None
    stop_signal: int

    def last_words(self) -> str:
        """The last line it wrote, which for a Python program names the error; else its exit code."""
        text = self.log.read_text(errors="replace") if self.log else ""
        nothing = f"exit code {self.process.returncode}"
        return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), nothing)


def stop_on_signals() -> None:
    """Turn SIGINT, SIGTERM and SIGHUP into `Stopped`, once: while we stop, another one changes nothing."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    for number in numbers:
        signal.signal(number, stop)


class Tree:
    """A context manager: leaving it stops everything that was started in it, newest first."""

    def __init__(self, *, follow_parent: bool = False) -> None:
        """`follow_parent`: also stop when the process that started us (make) is gone."""
        self._children: list[Child] = []
        self._parent = os.getppid() if follow_parent else None

    def __enter__(self) -> Self:
        reader, self._leash = os.pipe()
        command = [sys.executable, str(Path(__file__).with_name("warden.py"))]
        self._warden = subprocess.Popen(command, stdin=reader, start_new_session=True)
        os.close(reader)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _t: TracebackType | None) -> None:
        self.close()

    def start(
        self,
        name: str,
        command: Command,
        *,
        env: Mapping[str, str],
        log: Path | None = None,
        stop_signal: int = signal.SIGTERM,
        pass_fds: Sequence[int] = (),
    ) -> Child:
        """Start `command` in the root of the checkout; with `log`, what it says goes there and not to the terminal."""

        def announce() -> None:
            """Runs in the child before its program, and takes no lock: from here on the warden knows it."""
            os.write(self._leash, b"+%d\n" % os.getpid())

        with contextlib.ExitStack() as stack:
            output: IO[bytes] | None = stack.enter_context(log.open("wb")) if log else None
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=ROOT,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=True,
                preexec_fn=announce,  # noqa: PLW1509
                pass_fds=pass_fds,
            )
        child = Child(name, process, log, stop_signal)
        self._children.append(child)
        return child

    def run(self, name: str, command: Command, *, env: Mapping[str, str], log: Path | None = None) -> Child:
        """Run `command` to its end; its exit code is its `process.returncode`. The others are watched meanwhile."""
        child = self.start(name, command, env=env, log=log)
        while child.process.poll() is None:
            self._watch(but=child)
            time.sleep(TICK_SECONDS / 5)
        self._forget(child)
        return child

    def check(self, name: str, command: Command, *, env: Mapping[str, str], log: Path) -> str:
        """Run `command`, which must succeed, and return what it wrote."""
        child = self.run(name, command, env=env, log=log)
        if child.process.returncode:
            raise Refusal(f"{name} failed: {child.last_words()} (the whole story is in {_short(log)})")
        return log.read_text(errors="replace")

    def watch(self, seconds: float | None = None) -> None:
        """Wait, for ever or for so many seconds; raise a `Refusal` as soon as a child ends by itself."""
        end = None if seconds is None else time.monotonic() + seconds
        while end is None or time.monotonic() < end:
            self._watch()
            time.sleep(TICK_SECONDS)

    def close(self) -> None:
        """Stop the children one by one, newest first; who does not listen is killed with all it started."""
        while self._children:
            child = self._children[-1]
            if child.process.poll() is None:
                child.process.send_signal(child.stop_signal)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(STOP_SECONDS)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()
            self._forget(child)
        os.close(self._leash)
        self._warden.wait()

    def _forget(self, child: Child) -> None:
        self._children.remove(child)
        with contextlib.suppress(BrokenPipeError):
            os.write(self._leash, b"-%d\n" % child.process.pid)

    def _watch(self, but: Child | None = None) -> None:
        if self._parent is not None and os.getppid() != self._parent:
            raise Stopped
        if self._warden.poll() is not None:
            raise Refusal("The warden of the processes was killed; everything has been stopped.")
        for child in self._children:
            code = child.process.poll()
            if child is not but and code is not None:
                how = f"was killed (signal {-code})" if code < 0 else f"ended by itself: {child.last_words()}"
                where = f"; {_short(child.log)} tells more" if child.log else ""
                raise Refusal(f"{child.name} {how}. Everything has been stopped{where}.")


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
