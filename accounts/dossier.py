"""What of the people we know is about one person."""

from . import relations_dossier

__all__ = ["relations_dossier"]
