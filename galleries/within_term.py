"""What of a completed assignment may still be seen: what is past its term is gone at once, before the night (A35)."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.periods import Bound, cutoff
from privacy.models import Hold

from .models import AssignmentMessage, Contact, ContactLink, MessageAttachment
from .terms import CONTACT_TERM, MESSAGE_TERM


def living_links(now: datetime) -> QuerySet[ContactLink]:
    """Links of open assignments, and of those completed less than three years ago (RT13)."""
    return ContactLink.objects.exclude(completed_at__lte=cutoff(now, CONTACT_TERM, Bound.AT_MOST))


def living_contacts(now: datetime) -> QuerySet[Contact]:
    """Whoever has such a link."""
    return Contact.objects.filter(Exists(living_links(now).filter(contact=OuterRef("pk"))))


def living_messages(now: datetime) -> QuerySet[AssignmentMessage]:
    """Messages within their four years (RT12); in the fourth only those whose name was taken out, or that a hold keeps
    as they are (RT13)."""
    rows = AssignmentMessage.objects.exclude(completed_at__lte=cutoff(now, MESSAGE_TERM, Bound.AT_MOST))
    named = Q(completed_at__lte=cutoff(now, CONTACT_TERM, Bound.AT_MOST), person_erased_at__isnull=True)
    held = Hold.objects.filter(kind="galleries.assignmentmessage", until__gt=now, object_id=OuterRef("pk"))
    return rows.exclude(named & ~Exists(held))


def living_attachments(now: datetime) -> QuerySet[MessageAttachment]:
    """Files of messages that are shown; one in which somebody may be named goes a year sooner than its message."""
    over = cutoff(now, CONTACT_TERM, Bound.AT_MOST)
    rows = MessageAttachment.objects.exclude(completed_at__lte=over, names_nobody=False)
    return rows.filter(message__in=living_messages(now))
