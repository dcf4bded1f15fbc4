"""Keys for a site that has none yet."""

import base64
import os
import secrets
from pathlib import Path

KEY_NAMES = ("SECRET_KEY", "DIGEST_KEYS", "ENCRYPTION_KEYS", "IMAGE_PROOF_KEY")


def ensure_keys(file: Path) -> None:
    """Write a file of fresh random keys, readable by its owner only, unless it is there. Never half a file."""
    if file.exists():
        return
    values = (secrets.token_urlsafe(48), _ring(), _ring(), secrets.token_hex(32))
    lines = [f"{name}={value}" for name, value in zip(KEY_NAMES, values, strict=True)]
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write("\n".join(lines) + "\n")
        target.flush()
        os.fsync(target.fileno())
    fresh.replace(file)


def _ring() -> str:
    """A ring of one key, as `common.keys` reads it."""
    return "1:" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
