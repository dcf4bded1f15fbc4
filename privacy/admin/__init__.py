"""The privacy half in the back office: nights, logs and exceptions, and who uses a right."""

from . import engine, notices, requests

__all__ = ["engine", "notices", "requests"]
