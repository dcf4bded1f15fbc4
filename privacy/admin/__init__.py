"""The privacy half in the back office: nights, logs and exceptions, and who uses a right."""

from . import engine, notices, recipients, requests

__all__ = ["engine", "notices", "recipients", "requests"]
