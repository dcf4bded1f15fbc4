"""Mail is written in the transaction that causes it and sent by a job afterwards, so that neither is lost nor doubled.

A job claims a message by a conditional update; a claim that grows old belongs to a job that died: another takes over.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.db.models import F, Q
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation

from common.jobs import schedule

from .models import OutgoingMail

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 8
CLAIM_LASTS = timedelta(minutes=10)
_inliner = css_inline.CSSInliner(load_remote_stylesheets=False)


def queue_mail(
    *, kind: str, to: str, template: str, context: Mapping[str, object], language: str, now: datetime
) -> OutgoingMail:
    """Render `emails/<template>.{subject.txt,txt,html}` in `language`, store the message, schedule its sending (RT24).

    `kind` names it in lists ("shop.confirmation"). Call it inside the transaction that gives cause for the message.
    """
    with translation.override(language):
        values = {**context, "site_url": settings.SITE_URL, "studio_name": settings.STUDIO_NAME}
        subject = " ".join(_plain_text(f"emails/{template}.subject.txt", values).split())
        text = _plain_text(f"emails/{template}.txt", values)
        html = _inliner.inline(render_to_string(f"emails/{template}.html", values))
    mail = OutgoingMail.objects.create(
        kind=kind, to=to, subject=subject, text=text, html=html, created_at=now, kept_from=now
    )
    schedule("privacy.send_mail", mail_id=mail.pk)
    return mail


def _plain_text(name: str, values: Mapping[str, object]) -> str:
    """Text is no HTML: an ampersand in a name stays an ampersand."""
    template = Engine.get_default().get_template(name)
    return template.render(Context(values, autoescape=False))


def send(*, mail_id: int, now: datetime) -> bool:
    """Send one message if it still waits and nobody else is sending it; whether it was sent.

    A refusal of the mail server leaves it waiting for the next try, and gives up after `MAX_ATTEMPTS`.
    """
    if (
        not _sendable(now)
        .filter(pk=mail_id)
        .update(status=OutgoingMail.Status.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    ):
        return False
    mail = OutgoingMail.objects.get(pk=mail_id)
    try:
        _deliver(mail)
    except Exception as error:  # whatever a mail provider's client raises: its text may hold the address
        log.warning("message %s was not sent: %s", mail_id, type(error).__name__)
        given_up = mail.attempts >= MAX_ATTEMPTS
        status = OutgoingMail.Status.FAILED if given_up else OutgoingMail.Status.WAITING
        OutgoingMail.objects.filter(pk=mail_id).update(status=status)
        return False
    OutgoingMail.objects.filter(pk=mail_id).update(status=OutgoingMail.Status.SENT, sent_at=now, kept_from=now)
    return True


def send_waiting(*, now: datetime, limit: int = 200) -> int:
    """Send what still waits, oldest first; how many went."""
    waiting = _sendable(now).order_by("created_at").values_list("pk", flat=True)[:limit]
    return sum(send(mail_id=pk, now=now) for pk in list(waiting))


def _sendable(now: datetime) -> "models.QuerySet[OutgoingMail]":
    stale = Q(status=OutgoingMail.Status.SENDING, claimed_at__lte=now - CLAIM_LASTS)
    return OutgoingMail.objects.filter(
        Q(status=OutgoingMail.Status.WAITING) | stale,
        status__in=[OutgoingMail.Status.WAITING, OutgoingMail.Status.SENDING],
        attempts__lt=MAX_ATTEMPTS,
    )


def _deliver(mail: OutgoingMail) -> None:
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to])
    message.attach_alternative(mail.html, "text/html")
    message.send()
