"""Messages and complaints in the back office."""

from . import cases, contact, templates

__all__ = ["cases", "contact", "templates"]
