import stat
from pathlib import Path

import environ
import pytest

from common.keys import parse_ring
from jkreeft.ops.keys import KEY_NAMES, ensure_keys


def read(file: Path) -> dict[str, str]:
    """As settings read it."""

    class Reader(environ.Env):  # type: ignore[misc]
        ENVIRON: dict[str, str] = {}

    Reader.read_env(str(file))
    return Reader.ENVIRON


def test_keys_are_private_random_and_made_once(tmp_path: Path) -> None:
    first, other = tmp_path / "a.env", tmp_path / "b.env"
    ensure_keys(first)
    ensure_keys(other)
    before = first.read_bytes()
    ensure_keys(first)
    assert first.read_bytes() == before
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert not set(read(first).values()) & set(read(other).values())
    assert len(set(read(first).values())) == len(KEY_NAMES)


def test_settings_can_read_what_was_made(tmp_path: Path) -> None:
    ensure_keys(tmp_path / "a.env")
    values = read(tmp_path / "a.env")
    assert list(values) == list(KEY_NAMES)
    assert [len(key) for name in ("DIGEST_KEYS", "ENCRYPTION_KEYS") for _, key in parse_ring(values[name])] == [32, 32]
    assert all(len(values[name]) >= 32 for name in ("SECRET_KEY", "IMAGE_PROOF_KEY"))


def test_a_half_written_file_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.new").write_text("SECRET_")
    ensure_keys(tmp_path / "a.env")
    assert set(read(tmp_path / "a.env")) == set(KEY_NAMES)
