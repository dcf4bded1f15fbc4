"""Which rows of the galleries are about a person."""

from . import client_dossier  # noqa: F401 - it registers
