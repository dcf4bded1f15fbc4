"""The back office's screens about people. Django finds them here."""

from . import staff

__all__ = ["staff"]
