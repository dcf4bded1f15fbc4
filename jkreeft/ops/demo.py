"""`make demo`: the whole site in one process tree, with a studio in it to look at.

SQLite, local files, Valkey on a Unix socket, gunicorn, the worker and beat. Everything it writes lives in var/demo
(JKREEFT_DEMO_HOME names another folder), under keys of its own; FRESH=1 begins anew.
"""

import fcntl
import http.client
import json
import os
import shutil
import socket
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jkreeft.ops import bootstrap
from jkreeft.ops.keys import KEY_NAMES, ensure_keys
from jkreeft.ops.machine import PYTHON, VAR, Refusal, check, run_main
from jkreeft.ops.processes import Command, Stopped, Tree, stop_on_signals
from jkreeft.ops.servers import start_valkey

HOME = Path(os.environ.get("JKREEFT_DEMO_HOME") or VAR / "demo").resolve()
WEB_WORKERS = "2"


def main() -> int:
    check()
    port = read_port(os.environ.get("PORT") or "8000")
    stop_on_signals()
    HOME.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with HOME.with_suffix(".lock").open("a") as lock:
        take(lock.fileno())
        sockets = listen(port)
        try:
            # Started by make, we also stop when make is gone.
            with Tree(follow_parent="MAKELEVEL" in os.environ) as tree:
                serve(tree, port, sockets)
        except Stopped:
            print("\nThe demo has stopped; `make demo` continues where you were.", flush=True)
    return 0


def serve(tree: Tree, port: int, sockets: list[socket.socket]) -> None:
    """Prepare what is not there yet, start the processes, tell where it is, and stay until one of them ends."""
    bootstrap.ensure(tree, "runtime")
    begin_home(fresh=os.environ.get("FRESH") == "1")
    env = environment(port) | {"REDIS_URL": start_valkey(tree, HOME)}
    prepare(tree, env)
    start_site(tree, env, sockets)
    for listener in sockets:
        listener.close()
    wait_until_it_answers(tree, port)
    text = manage(tree, env, "Reading the demo's codes", "demo_studio", "--show", "--json")
    print(welcome(port, json.loads(text)), flush=True)
    tree.watch()


def read_port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Refusal(f"PORT must be a number from 1 to 65535, and it is {text!r}.")
    return int(text)


def take(lock: int) -> None:
    """One demo per folder: its database and worker are made for one."""
    for _ in range(20):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return
    raise Refusal("A demo already runs here; stop that one first.")


def listen(port: int) -> list[socket.socket]:
    """Take the port on loopback, for both versions of IP where the machine has them ("localhost" may mean either)."""
    sockets: list[socket.socket] = []
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            sockets.append(_bind(family, address, port))
        except PermissionError as error:
            raise Refusal(f"Port {port} may not be used by this user; try `make demo PORT=8080`.") from error
        except OSError as error:
            if family == socket.AF_INET or _answers(address, port):
                for listener in sockets:
                    listener.close()
                raise Refusal(f"Port {port} is taken by another program; try `make demo PORT={port + 1}`.") from error
    return sockets


def begin_home(*, fresh: bool) -> None:
    """The demo's folder with its keys; `fresh` throws the old one away, which is safe under the lock."""
    if fresh and HOME.exists():
        print("Beginning anew", flush=True)
        shutil.rmtree(HOME)
    for folder in (HOME, HOME / "log", HOME / "static", HOME / "mail"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ensure_keys(HOME / "demo.env")


def environment(port: int) -> dict[str, str]:
    """What makes it a demo: these win over the surrounding environment, the rest of which stays as it is."""
    # Without EMAIL_URL mail goes to files, where the demo shows it.
    surrounding = {name: value for name, value in os.environ.items() if name not in {*KEY_NAMES, "EMAIL_URL"}}
    return surrounding | {
        "DJANGO_SETTINGS_MODULE": "jkreeft.settings",
        "JKREEFT_ENVIRONMENT": "demo",
        "JKREEFT_ENV_FILE": str(HOME / "demo.env"),
        "JKREEFT_VAR": str(HOME),
        "DATABASE_URL": f"sqlite:///{quote(str(HOME / 'db.sqlite3'))}",
        "SITE_URL": f"http://localhost:{port}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "S3_BUCKET": "",
        "SECURE": "off",
        "BEHIND_PROXY": "off",
        "IMAGES_BY_NGINX": "off",
        "STAFF_WITHOUT_SECOND_FACTOR": "on",
        "PYTHONUNBUFFERED": "1",
    }


def prepare(tree: Tree, env: dict[str, str]) -> None:
    """Migrate, fill the studio once, and do a night that was missed while the machine was off."""
    print("Preparing the database and the demo studio", flush=True)
    manage(tree, env, "Preparing the database", "migrate", "--no-input")
    manage(tree, env, "Filling the demo studio", "demo_studio", "--fill")
    manage(tree, env, "The missed night", "retention", "run", "--if-overdue")


def manage(tree: Tree, env: dict[str, str], name: str, *arguments: str) -> str:
    log = HOME / "log" / f"{arguments[0]}.log"
    return tree.check(name, [PYTHON, "manage.py", *arguments], env=env, log=log)


def start_site(tree: Tree, env: dict[str, str], sockets: list[socket.socket]) -> None:
    """The web server, the worker and beat: the same commands as in docker-compose.yml, with the demo's sizes."""
    log = HOME / "log"
    handles = [listener.fileno() for listener in sockets]
    binds = [part for handle in handles for part in ("--bind", f"fd://{handle}")]
    web: Command = [PYTHON, "-m", "gunicorn", "--config", "python:jkreeft.gunicorn", "--workers", WEB_WORKERS, *binds]
    tree.start("The web server", web, env=env, log=log / "web.log", pass_fds=handles)
    celery: Command = [PYTHON, "-m", "celery", "--app", "jkreeft.celery"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"]
    worker: Command = [*celery, "worker", "--pool", "solo", *quiet]
    tree.start("The background worker", worker, env=env | {"C_FORCE_ROOT": "1"}, log=log / "worker.log")
    beat: Command = [*celery, "beat", "--schedule", HOME / "beat", "--pidfile=", "--loglevel", "WARNING"]
    tree.start("Beat", beat, env=env, log=log / "beat.log")


def wait_until_it_answers(tree: Tree, port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        status = _status(port)
        if status == 200:
            return
        if status is not None:
            raise Refusal(f"The site answers with status {status}; {HOME / 'log' / 'web.log'} tells more.")
        tree.watch(0.1)
    raise Refusal(f"The site did not answer within {seconds:.0f} seconds; {HOME / 'log'} tells more.")


def welcome(port: int, studio: dict[str, Any]) -> str:
    """What the person at the keyboard needs: the address, a code per family, a login per role."""
    codes = _columns(studio["codes"], "family", "code", "note")
    staff = _columns(studio["staff"], "role", "email", "password")
    return "\n".join(
        [
            "",
            f"  http://localhost:{port}",
            "",
            "  Login codes, family by family",
            *codes,
            "",
            f"  Staff: http://localhost:{port}/beheer/",
            *staff,
            "",
            f"  Customer: http://localhost:{port}/account/",
            *_columns(studio["customers"], "role", "email", "password"),
            "",
            f"  Every mail the demo writes: http://localhost:{port}/demo/post/",
            "",
            "  Ctrl-C stops it; FRESH=1 begins anew.",
        ]
    )


def _columns(entries: Sequence[dict[str, str]], *keys: str) -> list[str]:
    widths = [max((len(entry[key]) for entry in entries), default=0) for key in keys]
    rows = ("  ".join(entry[key].ljust(width) for key, width in zip(keys, widths, strict=True)) for entry in entries)
    return [f"    {row.rstrip()}" for row in rows]


def _bind(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    listener = socket.socket(family)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def _status(port: int) -> int | None:
    """What the home page answers; None while nothing answers yet. No proxy of the environment comes between."""
    connection = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _answers(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port), timeout=1).close()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    run_main(main)
