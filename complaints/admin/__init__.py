"""Messages and complaints in the back office."""

from . import cases, contact

__all__ = ["cases", "contact"]
