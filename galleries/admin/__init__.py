"""The back office of the galleries: clients and whom we speak to there, assignments, subjects, photos and codes. Every
write is an action."""

from . import assignments, clients, codes, contacts, extensions, photos, quality, work

__all__ = ["assignments", "clients", "codes", "contacts", "extensions", "photos", "quality", "work"]
