"""Which messages, complaints and letters are about a person: those of who reads the mail of that address (P85)."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from privacy.dossier import Source, Stored, sources
from privacy.people import Person

from .models import Complaint, ContactMessage, Letter


def _messages(person: Person, now: datetime) -> "QuerySet[ContactMessage]":
    """Restricted ones too: a restriction keeps a message from use, not from who wrote it (art. 18(2) GDPR)."""
    mine = ContactMessage.objects.alive(now).filter(email__iexact=person.email).exclude(email="")
    return mine.order_by("-received_at", "-pk")


def _complaints(person: Person, now: datetime) -> "QuerySet[Complaint]":
    mine = Complaint.objects.alive(now).filter(email__iexact=person.email).exclude(email="")
    return mine.select_related("order", "line", "picture").order_by("-submitted_at", "-pk")


def _letters(person: Person, now: datetime) -> "QuerySet[Letter]":
    about = Q(message__in=_messages(person, now)) | Q(complaint__in=_complaints(person, now))
    return Letter.objects.filter(about).exclude(text="").order_by("-written_at", "-pk")


def _picture(complaint: Complaint) -> Stored:
    if complaint.picture:
        yield f"complaint {complaint.pk}.jpg", complaint.picture.name


sources.register(Source(model=ContactMessage, title=_("Your messages to us"), find=_messages, since="received_at"))
sources.register(
    Source(model=Complaint, title=_("Your complaints"), find=_complaints, since="submitted_at", files=_picture)
)
sources.register(Source(model=Letter, title=_("Our letters to you"), find=_letters, since="written_at"))
