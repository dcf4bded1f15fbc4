"""The back office's screens about people. Django finds them here."""

from . import relations, staff

__all__ = ["relations", "staff"]
