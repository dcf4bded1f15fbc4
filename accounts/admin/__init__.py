"""The back office's screens about people. Django finds them here."""

from . import campaigns, relations, staff

__all__ = ["campaigns", "relations", "staff"]
