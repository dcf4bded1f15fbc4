"""Pytest plug-in, loaded with -p before Django reads its settings: it fills in the environment tests run in.

DATABASE_URL and REDIS_URL are used when they are there; otherwise it is SQLite and a Valkey of our own. Everything else
is fixed here, so that a developer's own environment changes nothing. The Redis database that is named gets emptied.
"""

import atexit
import importlib
import os
import shutil
import tempfile
from pathlib import Path

from jkreeft.ops.processes import Tree
from jkreeft.ops.servers import start_valkey

_FIXED = {
    # Set before any plug-in imports Django: a half-imported django.db is worse than none.
    "DJANGO_SETTINGS_MODULE": "jkreeft.settings",
    "JKREEFT_ENVIRONMENT": "test",
    "SECRET_KEY": "tests-only-" + "0" * 40,
    "DIGEST_KEYS": "1:" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "ENCRYPTION_KEYS": "1:" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "IMAGE_PROOF_KEY": "tests-only-" + "1" * 40,
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "EMAIL_URL": "memorymail://",
    "S3_BUCKET": "",
    "SECURE": "off",
    "BEHIND_PROXY": "off",
    "IMAGES_BY_NGINX": "off",
    "STAFF_WITHOUT_SECOND_FACTOR": "on",
}


def _begin() -> None:
    folder = Path(tempfile.mkdtemp(prefix="jkreeft-tests-"))
    (folder / "static").mkdir()
    os.environ.pop("JKREEFT_ENV_FILE", None)
    os.environ.update(_FIXED, JKREEFT_VAR=str(folder))
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
    tree = Tree()
    tree.__enter__()
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = start_valkey(tree, folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(tree.close)


def _take_database_of_my_own(worker: str) -> None:
    """Two workers side by side would empty each other's cache: each takes another database of the same server."""
    url = os.environ["REDIS_URL"]
    number = int(worker.removeprefix("gw")) + 1
    base = url.split("?")[0]
    os.environ["REDIS_URL"] = (
        f"{base}?db={number}" if url.startswith("unix://") else f"{base.rstrip('/').removesuffix('/0')}/{number}"
    )


# Workers of pytest-xdist inherit what the first process prepared.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    _take_database_of_my_own(worker)
else:
    _begin()

# pytest-randomly imports model_bakery, which enters Django by a door that closes behind it (a circular import).
importlib.import_module("django.db.models")
