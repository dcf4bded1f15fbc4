"""Which rows about clients are about a person: who reads the mail of a client's or a contact person's address.

Restricted rows are told too: a restriction keeps a row from use, not from its own person (art. 18(2) GDPR). What is
past its term is left out, as everywhere (A35).
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from privacy.declarations import Label
from privacy.dossier import Source, Stored, sources
from privacy.people import Person

from .attachments import SUFFIXES
from .models import Acceptance, Assignment, AssignmentMessage, Client, Contact, ContactLink, MessageAttachment
from .within_term import living_attachments, living_contacts, living_links, living_messages


def _clients(person: Person, now: datetime) -> "QuerySet[Client]":
    known = Client.objects.filter(email__iexact=person.email, person_erased_at__isnull=True)
    return known.exclude(email="").order_by("pk")


def _assignments(person: Person, now: datetime) -> "QuerySet[Assignment]":
    """What a private person or an organisation agreed with us, for who reads the mail of its own address."""
    return Assignment.objects.filter(client__in=_clients(person, now), person_erased_at__isnull=True).order_by("pk")


def _contacts(person: Person, now: datetime) -> "QuerySet[Contact]":
    return living_contacts(now).filter(email__iexact=person.email).exclude(email="").order_by("pk")


def _links(person: Person, now: datetime) -> "QuerySet[ContactLink]":
    return living_links(now).filter(contact__in=_contacts(person, now)).order_by("pk")


def _acceptances(person: Person, now: datetime) -> "QuerySet[Acceptance]":
    """What they accepted for a client, while the link stands that says so."""
    links = _links(person, now).values("assignment", "contact")
    rows = Acceptance.objects.filter(contact__in=links.values("contact"), assignment__in=links.values("assignment"))
    return rows.select_related("contact").order_by("pk")


def _messages(person: Person, now: datetime) -> "QuerySet[AssignmentMessage]":
    return living_messages(now).filter(contact__in=_contacts(person, now)).order_by("-at", "-pk")


def _attachments(person: Person, now: datetime) -> "QuerySet[MessageAttachment]":
    rows = living_attachments(now).filter(message__in=_messages(person, now))
    return rows.select_related("message", "stored").order_by("pk")


def _stored(row: MessageAttachment) -> Stored:
    yield f"{row.message_id}-{row.pk}{SUFFIXES[row.kind]}", row.stored.name


def _for_running(row: ContactLink | Acceptance | AssignmentMessage | MessageAttachment, now: datetime) -> Label | None:
    """The client's contract needs whom we speak to, and what was said, until its assignment is completed (A16)."""
    return RUNNING if row.completed_at is None else None


def _speaks_for_running(contact: Contact, now: datetime) -> Label | None:
    return RUNNING if contact.links.filter(completed_at__isnull=True).exists() else None


RUNNING = _("we need it for an assignment that still runs, until that is completed; ask again then, or it goes in time")

OWN = (
    Source(model=Client, title=_("You as our client"), find=_clients, since="created_at"),
    Source(model=Assignment, title=_("Your assignments"), find=_assignments, since="created_at"),
    Source(
        model=Contact,
        title=_("You as a contact person"),
        find=_contacts,
        since="created_at",
        stays=_speaks_for_running,
    ),
    Source(model=ContactLink, title=_("For which assignments"), find=_links, since="created_at", stays=_for_running),
    Source(
        model=Acceptance,
        title=_("Terms you accepted for a client"),
        find=_acceptances,
        since="recorded_at",
        stays=_for_running,
    ),
    Source(model=AssignmentMessage, title=_("Messages with you"), find=_messages, since="at", stays=_for_running),
    Source(
        model=MessageAttachment,
        title=_("Files with messages"),
        find=_attachments,
        since="message__at",
        files=_stored,
        stays=_for_running,
    ),
)
for source in OWN:
    sources.register(source)
