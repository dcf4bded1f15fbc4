"""Clients, assignments and what is photographed on them."""

from .clients import Assignment, Client
from .codes import LoginCode
from .photos import Photo, Rendition, Tombstone
from .subjects import Group, Subject

__all__ = ["Assignment", "Client", "Group", "LoginCode", "Photo", "Rendition", "Subject", "Tombstone"]
