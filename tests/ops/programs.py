"""Real processes for the tests: starting a Python program of ours, and finding out whether a process still lives."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from jkreeft.ops.machine import ROOT


def start(code: str, *arguments: object, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *[str(argument) for argument in arguments]]
    return subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def wait_for(is_so: Callable[[], object], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def living(pids: Iterable[int]) -> list[int]:
    """Those that still run; one that ended and waits to be collected does not."""
    return [pid for pid in pids if _state(pid) not in {"", "Z", "X"}]


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""
