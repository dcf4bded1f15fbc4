"""What of the people we know is about one person."""

from . import customers_dossier, relations_dossier

__all__ = ["customers_dossier", "relations_dossier"]
