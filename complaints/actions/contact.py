"""Every write about messages from the contact form."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from privacy import erasure
from privacy.actions.requests import log as log_of_request
from privacy.actions.requests import receive_request
from privacy.models import RequestChannel, RequestLetter, RightsRequest

from ..deadlines import handled_anchor
from ..emails import mail_copy, mail_reply
from ..models import Channel, Complaint, ContactMessage, Letter, Topic
from .cases import open_complaint
from .letters import log


class MessageGone(Exception):
    """The message is past its term, was erased, or is spam: nobody is answered."""


@transaction.atomic
def receive_message(
    *,
    form_token: UUID,
    topic: str,
    name: str,
    email: str,
    text: str,
    language: str,
    is_spam: bool,
    now: datetime,
) -> ContactMessage | Complaint:
    """Keep what somebody wrote, and mail them a copy (P05, P67). Sent twice, it is one message and one copy.

    A complaint becomes a case at once (P74). What a program sent is kept two weeks for staff to look at, and gets no
    copy: its address may be anybody's. No relation is made of who writes (P68).
    """
    case = Complaint.objects.filter(form_token=form_token).first()
    if case is not None:
        return case
    message, is_new = ContactMessage.objects.get_or_create(
        form_token=form_token,
        defaults={
            "topic": topic,
            "name": name,
            "email": email,
            "text": text,
            "language": language,
            "is_spam": is_spam,
            "received_at": now,
        },
    )
    if not is_new or is_spam:
        return message
    if topic == Topic.COMPLAINT:
        return _move(message, now=now)
    log(Letter.Kind.COPY, message=message, mail=mail_copy(message, now=now), now=now)
    return message


@transaction.atomic
def answer_message(*, message_id: int, text: str, by: User, now: datetime) -> Letter:
    """Mail an answer to who wrote, keep it with the message, and call the message dealt with (P67, P68).

    The same answer sent twice goes once. Raises MessageGone.
    """
    message = ContactMessage.objects.alive(now).filter(pk=message_id, is_spam=False).select_for_update().first()
    if message is None:
        raise MessageGone
    earlier = message.letters.filter(kind=Letter.Kind.REPLY, text=text).first()
    if earlier is not None:
        return earlier
    letter = log(
        Letter.Kind.REPLY, message=message, mail=mail_reply(message, text=text, now=now), now=now, text=text, by=by
    )
    _handle([message], now=now)
    return letter


@transaction.atomic
def mark_handled(*, message_ids: Iterable[int], now: datetime) -> int:
    """Call messages dealt with without an answer by mail; how many. RT16 counts from here."""
    rows = ContactMessage.objects.waiting(now).filter(pk__in=list(message_ids)).select_for_update()
    return _handle(list(rows), now=now)


@transaction.atomic
def mark_spam(*, message_ids: Iterable[int], is_spam: bool, now: datetime) -> int:
    """Call messages spam, which goes two weeks after receipt (RT16, A21), or take that back; how many changed.

    What is called no spam waits for an answer again; a complaint becomes a case.
    """
    rows = ContactMessage.objects.alive(now).filter(pk__in=list(message_ids)).exclude(is_spam=is_spam)
    keys = list(rows.select_for_update().values_list("pk", flat=True))
    changed = ContactMessage.objects.filter(pk__in=keys)
    count = changed.update(is_spam=is_spam, handled_at=None, kept_from=None)
    if not is_spam:
        for message in changed.filter(topic=Topic.COMPLAINT):
            _move(message, now=now)
    return count


@transaction.atomic
def change_topic(*, message_id: int, topic: str, now: datetime) -> bool:
    """Pass a message on to who answers that topic; whether it was still there. Its deadline stays that of receipt.

    What turns out to be a complaint becomes one by moving: nothing of it stays behind (A21).
    """
    message = ContactMessage.objects.alive(now).filter(pk=message_id).select_for_update().first()
    if message is None:
        return False
    ContactMessage.objects.filter(pk=message.pk).update(topic=topic)
    if topic == Topic.COMPLAINT and not message.is_spam:
        _move(message, now=now)
    return True


def erase_message(*, message_id: int, now: datetime) -> int:
    """Erase a message at once, with our letters about it, because who wrote it asks that (P87); how many went. Raises
    privacy.erasure.Held."""
    return erasure.erase(ContactMessage, [message_id], reason="request", now=now)


@transaction.atomic
def move_to_request(*, message_id: int, right: str, now: datetime) -> RightsRequest:
    """Make a message a request of who uses a right, by moving it: its words and our answers go there, the month runs
    from the day it reached us (P93), and nothing stays behind (A21). Raises MessageGone, privacy.erasure.Held."""
    message = ContactMessage.objects.alive(now).filter(pk=message_id, is_spam=False).select_for_update().first()
    if message is None:
        raise MessageGone
    request = receive_request(
        form_token=message.form_token,
        right=right,
        channel=RequestChannel.FORM,
        name=message.name,
        email=message.email,
        text=message.text,
        language=message.language,
        received_at=message.received_at,
        now=now,
    )
    for letter in message.letters.filter(kind=Letter.Kind.REPLY).order_by("pk"):
        log_of_request(
            RequestLetter.Kind.NOTICE, request, mail=None, now=letter.written_at, text=letter.text, by_id=letter.by_id
        )
    erasure.erase(ContactMessage, [message.pk], reason="moved", now=now)
    return request


def _move(message: ContactMessage, *, now: datetime) -> Complaint:
    complaint = open_complaint(
        form_token=message.form_token,
        channel=Channel.FORM,
        name=message.name,
        email=message.email,
        text=message.text,
        language=message.language,
        submitted_at=message.received_at,
        now=now,
    )
    Letter.objects.filter(message=message).update(message=None, complaint=complaint)
    erasure.erase(ContactMessage, [message.pk], reason="moved", now=now)
    return complaint


def _handle(messages: list[ContactMessage], *, now: datetime) -> int:
    for message in messages:
        anchor = handled_anchor(received_at=message.received_at, handled_at=now)
        ContactMessage.objects.filter(pk=message.pk).update(handled_at=now, kept_from=anchor)
    return len(messages)
