"""Whom the engine tells of a processor that is added or changes: the contact persons of running assignments, at the
address they gave (article 5 of the processing agreement). Who gave a telephone number alone is called by staff."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef

from privacy.readers import Audience, Reader, register

from .models import Contact, ContactLink


def contacts_at_work(*, after: int, limit: int, now: datetime) -> Sequence[Reader]:
    """The next contact persons of an assignment that is not completed, each once however many they have. We never asked
    their language: what they get is in both."""
    running = ContactLink.objects.filter(contact=OuterRef("pk"), completed_at__isnull=True)
    found = Contact.objects.filter(Exists(running), pk__gt=after, created_at__lt=now).exclude(email="").order_by("pk")
    return [Reader(row, row.email, settings.LANGUAGE_CODE) for row in found.only("email")[:limit]]


register(Audience.CLIENTS, contacts_at_work)
