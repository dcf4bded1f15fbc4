"""Clients, assignments and what is photographed on them."""

from .cases import HiddenPhoto, RemovalCase
from .channels import Channel
from .clients import Assignment, Client
from .codes import LoginCode
from .contacts import Acceptance, Contact, ContactLink
from .extensions import Extension
from .messages import AssignmentMessage, MessageAttachment
from .photos import Photo, Rendition, Tombstone
from .quality import QualityAggregate
from .reminders import Reminder
from .saved import SavedCode
from .subjects import Group, Subject

__all__ = [
    "Acceptance",
    "Assignment",
    "AssignmentMessage",
    "Channel",
    "Client",
    "Contact",
    "ContactLink",
    "Extension",
    "Group",
    "HiddenPhoto",
    "LoginCode",
    "MessageAttachment",
    "Photo",
    "QualityAggregate",
    "Reminder",
    "RemovalCase",
    "Rendition",
    "SavedCode",
    "Subject",
    "Tombstone",
]
