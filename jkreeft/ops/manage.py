"""`make manage ARGS="retention plan"`: a management command on the demo's own database and files."""

import os
import shlex
import sys
from urllib.parse import quote

from jkreeft.ops.demo import HOME, environment
from jkreeft.ops.machine import PYTHON, ROOT, Refusal, run_main


def main() -> int:
    if not (HOME / "demo.env").exists():
        raise Refusal("There is no demo yet; `make demo` makes one.")
    # Where the running demo has its Valkey; while it is not there, what would be handed to the worker waits for beat.
    broker = {"REDIS_URL": f"unix://{quote(str(HOME / 'valkey.sock'))}"}
    env = environment(int(os.environ.get("PORT") or "8000")) | broker
    arguments = shlex.split(os.environ.get("ARGS", "")) + sys.argv[1:]
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "manage.py", *arguments], env)


if __name__ == "__main__":
    run_main(main)
