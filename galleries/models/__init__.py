"""Clients, assignments and what is photographed on them."""

from .cases import HiddenPhoto, RemovalCase
from .channels import Channel
from .clients import Assignment, Client
from .codes import LoginCode
from .extensions import Extension
from .photos import Photo, Rendition, Tombstone
from .quality import QualityAggregate
from .reminders import Reminder
from .subjects import Group, Subject

__all__ = [
    "Assignment",
    "Channel",
    "Client",
    "Extension",
    "Group",
    "HiddenPhoto",
    "LoginCode",
    "Photo",
    "QualityAggregate",
    "Reminder",
    "RemovalCase",
    "Rendition",
    "Subject",
    "Tombstone",
]
