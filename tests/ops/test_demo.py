"""`make demo`: its sentences and its folder; and once for real, from the first migration to a killed parent."""

import contextlib
import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from jkreeft.ops import demo
from jkreeft.ops.machine import ROOT, Refusal
from tests.ops.programs import living, wait_for


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("text", ["0", "65536", "-1", "abc", "80 80", "8000.0", "٨"])
def test_an_odd_port_is_refused_by_name(text: str) -> None:
    with pytest.raises(Refusal, match="PORT must be a number from 1 to 65535"):
        demo.read_port(text)


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("8000", 8000), ("65535", 65535)])
def test_a_port_is_a_number(text: str, number: int) -> None:
    assert demo.read_port(text) == number


@pytest.mark.parametrize(("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_a_taken_port_is_a_clear_sentence(port: int, family: socket.AddressFamily, address: str) -> None:
    with socket.socket(family) as other:
        try:
            other.bind((address, port))
        except OSError:
            pytest.skip(f"this machine has no {address}")
        other.listen()
        with pytest.raises(Refusal, match=f"Port {port} is taken by another program; try `make demo PORT={port + 1}`"):
            demo.listen(port)


def test_it_listens_on_loopback_only(port: int) -> None:
    with contextlib.ExitStack() as stack:
        addresses = {stack.enter_context(listener).getsockname()[0] for listener in demo.listen(port)}
    assert "127.0.0.1" in addresses <= {"127.0.0.1", "::1"}


def test_a_second_demo_beside_the_first_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "lock").open("a") as first, (tmp_path / "lock").open("a") as second:
        demo.take(first.fileno())
        with pytest.raises(Refusal, match="A demo already runs here"):
            demo.take(second.fileno())
        fcntl.flock(first, fcntl.LOCK_UN)
        demo.take(second.fileno())


def test_fresh_throws_away_the_demos_folder_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "HOME", tmp_path / "demo")
    (tmp_path / "mine.txt").write_text("stays")
    demo.begin_home(fresh=True)
    (tmp_path / "demo" / "db.sqlite3").write_text("goes")
    keys = (tmp_path / "demo" / "demo.env").read_text()
    demo.begin_home(fresh=False)
    assert (tmp_path / "demo" / "db.sqlite3").exists()
    assert (tmp_path / "demo" / "demo.env").read_text() == keys
    assert capsys.readouterr().out == ""
    demo.begin_home(fresh=True)
    assert not (tmp_path / "demo" / "db.sqlite3").exists()
    assert (tmp_path / "demo" / "demo.env").read_text() != keys
    assert (tmp_path / "mine.txt").read_text() == "stays"


def test_the_surrounding_environment_cannot_turn_the_demo_into_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://real@database.example/shop")
    monkeypatch.setenv("JKREEFT_ENVIRONMENT", "production")
    monkeypatch.setenv("EMAIL_URL", "smtp://mail.example")
    monkeypatch.setenv("S3_BUCKET", "real-photos")
    monkeypatch.setenv("STUDIO_PLACE", "Elsewhere")
    env = demo.environment(8123)
    assert env["DATABASE_URL"].startswith("sqlite:///")
    assert (env["JKREEFT_ENVIRONMENT"], env["S3_BUCKET"]) == ("demo", "")
    assert "EMAIL_URL" not in env
    assert (env["SITE_URL"], env["STUDIO_PLACE"]) == ("http://localhost:8123", "Elsewhere")


def test_the_welcome_names_the_address_each_code_and_the_staff_logins() -> None:
    codes = [
        {"family": "De Vries", "code": "AB12-CD34", "note": "closes tonight"},
        {"family": "Jansen", "code": "EF56-GH78", "note": ""},
    ]
    staff = [{"role": "owner", "email": "staf@studio.example", "password": "pass word"}]
    text = demo.welcome(8123, {"codes": codes, "staff": staff, "customers": []})
    assert "http://localhost:8123\n" in text
    assert re.search(r"De Vries +AB12-CD34 +closes tonight\n +Jansen +EF56-GH78\n", text)
    assert re.search(r"/beheer/\n +owner +staf@studio\.example +pass word\n", text)


def pids_of(home: Path) -> list[int]:
    """Every process that carries this demo's folder in its environment or its command line."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                about = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
                if str(home).encode() in about:
                    found.append(int(entry.name))
    return living(found)


class RunningDemo:
    """A real `make demo`, as a person starts it."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.log = home.with_suffix(".txt")
        env = os.environ | {"JKREEFT_DEMO_HOME": str(home), "PORT": str(port), "PYTHON": sys.executable}
        for name in ("MAKEFLAGS", "MAKELEVEL", "FRESH"):
            env.pop(name, None)
        self.env = env
        with self.log.open("w") as output:
            self.make = subprocess.Popen(
                ["make", "demo"], cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )

    def text(self) -> str:
        return self.log.read_text()

    def codes(self) -> str:
        return self.text().split("Login codes")[1].split("Staff")[0]

    def is_up(self) -> bool:
        assert self.make.poll() is None, self.text() + self.logs()
        return "Ctrl-C stops it" in self.text()

    def logs(self) -> str:
        return "".join(f"\n--- {file.name}\n{file.read_text()[-3000:]}" for file in self.home.glob("log/*.log"))

    def ask_the_worker(self) -> str:
        """What the background worker says over the demo's own socket."""
        env = demo.environment(self.port) | {
            "JKREEFT_ENV_FILE": str(self.home / "demo.env"),
            "JKREEFT_VAR": str(self.home),
            "DATABASE_URL": f"sqlite:///{self.home}/db.sqlite3",
            "REDIS_URL": f"unix://{self.home}/valkey.sock",
        }
        command = [sys.executable, "-m", "celery", "--app", "jkreeft.celery", "inspect", "ping", "--timeout", "10"]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False).stdout

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=10) as answer:
            return str(answer.read().decode())


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "demo"
    for pid in pids_of(tmp_path / "demo"):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.timeout(480)
def test_the_demo_starts_works_stops_and_starts_again_with_its_data(home: Path, port: int) -> None:
    first = RunningDemo(home, port)
    assert wait_for(first.is_up, 240), first.text() + first.logs()
    assert "<html" in first.get("/")
    assert ":root" in first.get("/static/css/tokens.css")
    assert "1 node online" in first.ask_the_worker()

    second = subprocess.run(["make", "demo"], cwd=ROOT, env=first.env, capture_output=True, text=True, check=False)
    assert second.returncode == 2
    assert "A demo already runs here" in second.stderr

    os.killpg(first.make.pid, signal.SIGINT)
    first.make.wait(timeout=60)
    assert wait_for(lambda: not pids_of(home))
    assert "continues where you were" in first.text()

    again = RunningDemo(home, port)
    assert wait_for(again.is_up, 120), again.text() + again.logs()
    assert again.codes() == first.codes()
    again.make.kill()
    again.make.wait()
    assert wait_for(lambda: not pids_of(home))


def test_damaged_keys_stop_the_demo_with_one_sentence(home: Path, port: int) -> None:
    home.mkdir()
    (home / "demo.env").write_text("SECRET_KEY=short\n")
    run = RunningDemo(home, port)
    assert run.make.wait(timeout=60) == 2
    assert "Preparing the database failed: Bad configuration: " in run.text()
    assert "Traceback" not in run.text()
    assert not pids_of(home)
