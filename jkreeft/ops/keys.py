"""Keys for a site that has none yet."""

import base64
import os
import secrets
from pathlib import Path


def ensure_keys(file: Path) -> None:
    """Write a file of fresh random keys, readable by its owner only, unless it is there. Never half a file."""
    if file.exists():
        return
    ring = "1:" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    other_ring = "1:" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    lines = [
        f"SECRET_KEY={secrets.token_urlsafe(48)}",
        f"DIGEST_KEYS={ring}",
        f"ENCRYPTION_KEYS={other_ring}",
        f"IMAGE_PROOF_KEY={secrets.token_hex(32)}",
    ]
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write("\n".join(lines) + "\n")
        target.flush()
        os.fsync(target.fileno())
    fresh.replace(file)
