"""The mails of this app that carry a link, in the language of who asked for them, and its call to the privacy owner."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from common import links
from privacy.mail import queue_mail
from privacy.models import OutgoingMail

from .models import Reminder
from .reminding import Goodbye

FORGET_PURPOSE = "galleries.reminder"
# Longer than photos are kept on one consent; the link forgets an address that is there, and nothing else.
FORGET_MAX_AGE = timedelta(days=366 * 5)


def forget_link(reminder: Reminder) -> str:
    """The address in a mail that forgets where it was sent to: it proves itself and names nobody."""
    token = links.sign(FORGET_PURPOSE, str(reminder.public_id))
    return settings.SITE_URL + reverse("galleries:forget", args=[token])


def mail_goodbye(reminder: Reminder, about: Goodbye, *, to: str, now: datetime) -> OutgoingMail:
    """Until when the photos are there, and what can be done until then (A6). It says nothing about who is on them. A
    mail program that unsubscribes for its reader has the address forgotten (RFC 8058)."""
    forget_url = forget_link(reminder)
    return queue_mail(
        kind="galleries.goodbye",
        to=to,
        template="galleries/goodbye",
        context={"about": about, "forget_url": forget_url},
        language=reminder.language,
        now=now,
        about=reminder.code,
        unsubscribe_url=forget_url,
    )


def mail_open_assignments(numbers: Sequence[int], *, now: datetime) -> OutgoingMail:
    """To the privacy owner: assignments that are open for eighteen months, by number and no more (P06, A16)."""
    return queue_mail(
        kind="galleries.open_assignments",
        to=settings.PRIVACY_OWNER_EMAIL,
        template="galleries/open_assignments",
        context={"numbers": numbers, "owner": settings.PRIVACY_OWNER_NAME},
        language=settings.LANGUAGE_CODE,
        now=now,
    )


def mail_late_cases(numbers: Sequence[int], *, now: datetime) -> OutgoingMail:
    """To the privacy owner: removal requests that waited too long, by number and no more (A34)."""
    return queue_mail(
        kind="galleries.removal_late",
        to=settings.PRIVACY_OWNER_EMAIL,
        template="galleries/removal_late",
        context={"numbers": numbers, "owner": settings.PRIVACY_OWNER_NAME},
        language=settings.LANGUAGE_CODE,
        now=now,
    )
