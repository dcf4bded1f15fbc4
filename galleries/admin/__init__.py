"""The back office of the galleries: clients, assignments, subjects, photos, codes and what is asked about them. Every
write is an action."""

from . import assignments, clients, codes, extensions, photos, quality, removals, work

__all__ = ["assignments", "clients", "codes", "extensions", "photos", "quality", "removals", "work"]
