"""What the machine under us must offer, and where things live in the checkout."""

import importlib.util
import platform
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

OLDEST_GLIBC = (2, 34)
"""The wheels of PostgreSQL ask for this one; all others are content with less."""


class Refusal(Exception):
    """Why we do not go on: one sentence for the person at the keyboard, shown without a traceback."""


def check() -> None:
    """Raise a `Refusal` that names the first thing this machine lacks."""
    version = sys.version_info[:2]
    if not (3, 11) <= version < (3, 14):
        raise Refusal(f"Python 3.11, 3.12 or 3.13 is needed, and this is Python {version[0]}.{version[1]}.")
    if sys.platform != "linux" or platform.machine() != "x86_64":
        raise Refusal(f"Linux on x86-64 is needed, and this is {platform.system()} on {platform.machine()}.")
    library, number = platform.libc_ver()
    if library != "glibc":
        raise Refusal("A Linux with glibc is needed, and this one has another C library (Alpine, for example).")
    if tuple(int(part) for part in number.split(".")[:2]) < OLDEST_GLIBC:
        raise Refusal(f"glibc 2.34 or newer is needed (Debian 12, Ubuntu 22.04), and this one is {number}.")
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Refusal("Python's venv module is missing; on Debian and Ubuntu `apt install python3-venv` brings it.")


def run_main(main: Callable[[], int]) -> None:
    """End the process with what `main` returns; a refusal, or a disk that says no, becomes one sentence."""
    try:
        sys.exit(main())
    except Refusal as refusal:
        sys.exit(str(refusal))
    except OSError as error:
        sys.exit(f"The machine refused: {error}.")
