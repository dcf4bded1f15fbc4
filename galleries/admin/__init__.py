"""The back office of the galleries: clients, assignments, subjects, photos and codes. Every write is an action."""

from . import assignments, clients, codes, extensions, photos, quality, work

__all__ = ["assignments", "clients", "codes", "extensions", "photos", "quality", "work"]
