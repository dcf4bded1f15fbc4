"""What a client's contact and we write to each other about an assignment (P56, RT12)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.periods import Bound, due
from galleries.attachments import SUFFIXES, Attached
from galleries.models import Assignment, AssignmentMessage, ContactLink, MessageAttachment
from galleries.terms import CONTACT_TERM
from privacy import files
from privacy.models import StoredObject

FOLDER = "message"


class MessageRefused(Exception):
    """The message cannot be kept like this. `message` says why."""

    message = _("This message cannot be recorded.")


class NothingSaid(MessageRefused):
    """A message says something, or brings a file."""

    message = _("Fill in the text, or add a file.")


class NobodySaidIt(MessageRefused):
    """A message is from or to a contact person, so that it can lose their name in time (A17)."""

    message = _("Choose a contact person of this assignment.")


class NotYetSaid(MessageRefused):
    """A message is of now or before."""

    message = _("This day is still to come.")


class TermOver(MessageRefused):
    """Nothing with a name is added when the names in the rest are gone."""

    message = _("This assignment was completed more than three years ago: no message is added any more.")


def record_message(
    *,
    form_token: UUID,
    assignment_id: int,
    contact_id: int,
    direction: str,
    text: str,
    at: datetime,
    attached: Sequence[Attached] = (),
    by: User | None,
    now: datetime,
) -> AssignmentMessage:
    """Keep a message from or to a contact person, with its files (P56). The same form twice is one message.

    `at` is when it was written. Runs outside any transaction, because files are registered before their first byte.
    Raises `NothingSaid`, `NobodySaidIt`, `NotYetSaid` and `TermOver`.
    """
    if not text.strip() and not attached:
        raise NothingSaid
    if at > now:
        raise NotYetSaid
    known = AssignmentMessage.objects.filter(form_token=form_token).first()
    if known is not None:
        return known
    stored = files.register([files.new_name(FOLDER, SUFFIXES[one.kind]) for one in attached], now=now)
    try:
        for row, one in zip(stored, attached, strict=True):
            files.store.save(row.name, ContentFile(one.data))
        with transaction.atomic():
            message, is_new = _write(
                form_token=form_token,
                link=_link(assignment_id, contact_id, now=now),
                said={"direction": AssignmentMessage.Direction(direction), "text": text, "at": at},
                by=by,
                now=now,
            )
            if is_new:
                _attach(message, stored, attached, now=now)
            else:
                files.doom([row.pk for row in stored], now=now)
    except BaseException:
        with transaction.atomic():
            files.doom([row.pk for row in stored], now=now)
        raise
    return message


def _link(assignment_id: int, contact_id: int, *, now: datetime) -> ContactLink:
    assignment = Assignment.objects.select_for_update().get(pk=assignment_id)
    if assignment.completed_at and due(assignment.completed_at, CONTACT_TERM, Bound.AT_MOST) <= now:
        raise TermOver
    links = ContactLink.objects.filter(assignment=assignment, contact=contact_id).select_related("contact")
    link = links.select_for_update(of=("self",)).first()
    if link is None:
        raise NobodySaidIt
    return link


def _write(
    *, form_token: UUID, link: ContactLink, said: dict[str, object], by: User | None, now: datetime
) -> tuple[AssignmentMessage, bool]:
    return AssignmentMessage.objects.get_or_create(
        form_token=form_token,
        defaults={
            **said,
            "assignment_id": link.assignment_id,
            "contact": link.contact,
            "person_name": link.contact.name,
            "person_address": link.contact.email or link.contact.phone,
            "recorded_at": now,
            "recorded_by": by,
            "completed_at": link.completed_at,
        },
    )


def _attach(
    message: AssignmentMessage, stored: Sequence[StoredObject], attached: Sequence[Attached], *, now: datetime
) -> None:
    files.attach([row.pk for row in stored], now=now)
    MessageAttachment.objects.bulk_create(
        MessageAttachment(message=message, kind=one.kind, size=len(one.data), names_nobody=one.names_nobody, stored=row)
        for row, one in zip(stored, attached, strict=True)
    )
