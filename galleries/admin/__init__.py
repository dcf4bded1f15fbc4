"""The back office of the galleries: clients and whom we speak to there, assignments, subjects, photos, codes and what
is asked about them. Every write is an action."""

from . import assignments, clients, codes, contacts, extensions, photos, quality, removals, work

__all__ = ["assignments", "clients", "codes", "contacts", "extensions", "photos", "quality", "removals", "work"]
