"""Servers from wheels, really started; the odd machine is played by a folder or a missing permission."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis
from django.db import connection

from jkreeft.ops import servers
from jkreeft.ops.machine import ROOT, Refusal
from jkreeft.ops.processes import Tree


@pytest.fixture
def tree() -> Iterator[Tree]:
    with Tree() as tree:
        yield tree


def ask(url: str) -> object:
    with redis.Redis.from_url(url) as client:
        return client.ping()


def test_valkey_answers_on_a_private_socket_and_on_no_port(tree: Tree, tmp_path: Path) -> None:
    url = servers.start_valkey(tree, tmp_path)
    assert ask(url) is True
    assert stat.S_IMODE((tmp_path / "valkey.sock").stat().st_mode) == 0o600
    with redis.Redis.from_url(url) as client:
        assert client.config_get("port") == {"port": "0"}


def test_valkey_writes_nothing_to_disk(tmp_path: Path) -> None:
    with Tree() as tree, redis.Redis.from_url(servers.start_valkey(tree, tmp_path)) as client:
        client.set("somebody", "personal")
    assert [file.name for file in tmp_path.iterdir()] == ["valkey.log"]


@pytest.mark.parametrize("name", ["with space", "ünï", "x" * 120])
def test_valkey_starts_in_a_folder_with_an_odd_name(tree: Tree, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    assert ask(servers.start_valkey(tree, folder)) is True


def test_celery_reaches_the_same_database_behind_a_socket(tree: Tree, tmp_path: Path) -> None:
    url = servers.start_valkey(tree, tmp_path) + "?db=3"
    code = "from jkreeft.celery import app; app.send_task('a.b')"
    env = os.environ | {"REDIS_URL": url}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True, capture_output=True)
    with redis.Redis.from_url(url) as client:
        assert client.llen("celery") == 1


def test_a_server_that_does_not_answer_is_named(tree: Tree) -> None:
    with pytest.raises(Refusal, match="Valkey did not answer within 0 seconds"):
        servers._wait("Valkey", tree, lambda: False, seconds=0)


def user_of(url: str) -> object:
    """Log in and ask the server who we are."""
    session = psycopg2.connect(url)
    try:
        with session.cursor() as cursor:
            cursor.execute("SELECT current_user")
            return cursor.fetchone()
    finally:
        session.close()


def test_postgres_starts_for_whoever_we_are(tree: Tree, tmp_path: Path) -> None:
    url = servers.start_postgres(tree, tmp_path)
    assert user_of(url) == ("jkreeft",)
    assert "@127.0.0.1:" in url


def test_postgres_asks_for_its_password(tree: Tree, tmp_path: Path) -> None:
    url = servers.start_postgres(tree, tmp_path)
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(url.replace("jkreeft:", "jkreeft:x"))


@pytest.mark.skipif(os.getuid() != 0 or not shutil.which("setpriv"), reason="only root can become somebody else")
def test_postgres_starts_where_user_namespaces_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JKREEFT_NO_UNSHARE", "1")
    # Not below pytest's own folder: that one is closed for others, as a real temporary folder is not.
    with tempfile.TemporaryDirectory() as folder, Tree() as tree:
        url = servers.start_postgres(tree, Path(folder))
        assert user_of(url) == ("jkreeft",)


@pytest.mark.django_db
@pytest.mark.postgres
def test_the_tests_marked_postgres_run_on_the_database_that_is_named() -> None:
    wanted = "postgresql" if os.environ["DATABASE_URL"].startswith("postgres") else "sqlite"
    assert connection.vendor == wanted
