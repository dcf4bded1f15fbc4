"""Mail is written in the transaction that causes it and sent by a job afterwards, so that neither is lost nor doubled.

A job claims a message by a conditional update; a claim that grows old belongs to a job that died: another takes over.
What changed since it was written counts: about a restricted row nothing goes out until the restriction is lifted (art.
18 GDPR), and the app a message is about may withhold it for good.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation

from common.jobs import schedule

from .models import OutgoingMail, Restriction

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 8
CLAIM_LASTS = timedelta(minutes=10)
_inliner = css_inline.CSSInliner(load_remote_stylesheets=False)

# Asked just before a message goes out: may one about this row still go? By the kind of the row ("accounts.relation").
Gate = Callable[[int, datetime], bool]
gates: dict[str, Gate] = {}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message before it is stored."""

    subject: str
    text: str
    html: str


def queue_mail(
    *,
    kind: str,
    to: str,
    template: str,
    context: Mapping[str, object],
    language: str,
    now: datetime,
    about: models.Model | None = None,
    unsubscribe_url: str = "",
) -> OutgoingMail:
    """Render `emails/<template>.{subject.txt,txt,html}` in `language`, store the message, schedule its sending (RT24).

    `kind` names it in lists ("shop.confirmation"). `about` is the row it speaks of: restricted, the message waits
    (P88). Call it inside the transaction that gives cause for the message. `unsubscribe_url` goes into the headers
    with which a mail program unsubscribes in one click (P66, RFC 8058); cut off in the middle, such a message is never
    sent twice.
    """
    mail = store_mail(
        kind=kind,
        to=to,
        template=template,
        context=context,
        language=language,
        now=now,
        about=about,
        unsubscribe_url=unsubscribe_url,
    )
    schedule("privacy.send_mail", mail_id=mail.pk)
    return mail


def store_mail(
    *,
    kind: str,
    to: str,
    template: str,
    context: Mapping[str, object],
    language: str,
    now: datetime,
    about: models.Model | None = None,
    unsubscribe_url: str = "",
) -> OutgoingMail:
    """Like `queue_mail`, for who sends it from a job of their own; what such a job leaves, `send_waiting` finds."""
    rendered = render_mail(template=template, context=context, language=language)
    return OutgoingMail.objects.create(
        kind=kind,
        to=to,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        about_kind=about._meta.label_lower if about else "",
        about_id=about.pk if about else None,
        unsubscribe_url=unsubscribe_url,
        created_at=now,
        kept_from=now,
    )


def render_mail(*, template: str, context: Mapping[str, object], language: str) -> Rendered:
    """The three parts of `emails/<template>` in `language`, styles inlined."""
    with translation.override(language):
        values = {**context, "site_url": settings.SITE_URL, "studio_name": settings.STUDIO_NAME}
        return Rendered(
            subject=" ".join(_plain_text(f"emails/{template}.subject.txt", values).split()),
            text=_plain_text(f"emails/{template}.txt", values),
            html=_inliner.inline(render_to_string(f"emails/{template}.html", values)),
        )


def _plain_text(name: str, values: Mapping[str, object]) -> str:
    """Text is no HTML: an ampersand in a name stays an ampersand."""
    template = Engine.get_default().get_template(name)
    return template.render(Context(values, autoescape=False))


def about_restricted() -> Exists:
    """Whether the row a message is about is restricted now (art. 18 GDPR)."""
    return Exists(
        Restriction.objects.filter(kind=OuterRef("about_kind"), object_id=OuterRef("about_id"), lifted_at__isnull=True)
    )


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
    mail = OutgoingMail.objects.filter(pk=mail_id).first()
    if mail is None:
        # Erased between the two steps, with the row it was about.
        return False
    if not _is_wanted(mail, now):
        OutgoingMail.objects.filter(pk=mail_id).update(status=OutgoingMail.Status.WITHHELD)
        return False
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
    """Send what still waits, oldest first; how many went. What can be unsubscribed and was cut off is given up."""
    cut_off = OutgoingMail.objects.filter(_stale(now)).exclude(unsubscribe_url="")
    cut_off.update(status=OutgoingMail.Status.FAILED)
    waiting = _sendable(now).order_by("created_at").values_list("pk", flat=True)[:limit]
    return sum(send(mail_id=pk, now=now) for pk in list(waiting))


def _stale(now: datetime) -> Q:
    """Messages whose job died while it sent them: whether they arrived nobody knows."""
    return Q(status=OutgoingMail.Status.SENDING, claimed_at__lte=now - CLAIM_LASTS)


def _sendable(now: datetime) -> "models.QuerySet[OutgoingMail]":
    return OutgoingMail.objects.filter(
        # Better twice than never, but for what can be unsubscribed: that better never than twice.
        Q(status=OutgoingMail.Status.WAITING) | (_stale(now) & Q(unsubscribe_url="")),
        ~about_restricted(),
        status__in=[OutgoingMail.Status.WAITING, OutgoingMail.Status.SENDING],
        attempts__lt=MAX_ATTEMPTS,
    )


def _is_wanted(mail: OutgoingMail, now: datetime) -> bool:
    gate = gates.get(mail.about_kind)
    return gate is None or mail.about_id is None or gate(mail.about_id, now)


def _deliver(mail: OutgoingMail) -> None:
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=_headers(mail))
    message.attach_alternative(mail.html, "text/html")
    message.send()


def _headers(mail: OutgoingMail) -> dict[str, str]:
    if not mail.unsubscribe_url:
        return {}
    return {
        "List-Unsubscribe": f"<{mail.unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
