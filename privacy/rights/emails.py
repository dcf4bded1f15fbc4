"""The letters to who uses a right, in their language, written in the transaction that causes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from common import links
from privacy.mail import queue_mail
from privacy.models import OutgoingMail, RightsRequest

# Where the authority explains the rights and takes complaints (P91).
AUTHORITY_URL = "https://www.autoriteitpersoonsgegevens.nl/"
PROOF_PURPOSE = "privacy.proof"
PROOF_LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Stays:
    """Something that is not erased: what, on which ground, and until when (empty: until its own end is known)."""

    what: str
    ground: str
    until: str


def mail_received(request: RightsRequest, *, now: datetime) -> OutgoingMail:
    """That the request arrived, and by when we answer (L1)."""
    return _mail("received", request, {}, now=now)


def mail_proof(request: RightsRequest, *, now: datetime) -> OutgoingMail:
    """The question who asks, answered by a button behind a link to the address itself."""
    token = links.sign(PROOF_PURPOSE, str(request.public_id))
    url = settings.SITE_URL + reverse("privacy:prove_request", args=[token])
    return _mail("proof", request, {"url": url, "days": PROOF_LASTS.days}, now=now)


def mail_extension(request: RightsRequest, *, reason: str, now: datetime) -> OutgoingMail:
    """That it takes longer, until when, and why: within the first month (L1)."""
    return _mail("extension", request, {"reason": reason}, now=now)


def mail_answer(
    request: RightsRequest, *, text: str, did: Sequence[str] = (), stays: Sequence[Stays] = (), now: datetime
) -> OutgoingMail:
    """What was done, what stays, on which ground and until when, and the way to the authority and the court (P91)."""
    return _mail("answer", request, {"answer": text, "did": did, "stays": stays}, now=now)


def mail_alarm(rows: Sequence[RightsRequest], *, now: datetime) -> OutgoingMail:
    """To the privacy owner: requests whose last day is near or over, by number and day and no more (P06)."""
    return queue_mail(
        kind="privacy.request_alarm",
        to=settings.PRIVACY_OWNER_EMAIL,
        template="privacy/request_alarm",
        context={"rows": rows, "owner": settings.PRIVACY_OWNER_NAME},
        language=settings.LANGUAGE_CODE,
        now=now,
    )


def _mail(name: str, request: RightsRequest, context: dict[str, object], *, now: datetime) -> OutgoingMail:
    facts = {"request": request, "authority_url": AUTHORITY_URL, "studio_email": settings.PRIVACY_OWNER_EMAIL}
    return queue_mail(
        kind=f"privacy.request_{name}",
        to=request.email,
        template=f"privacy/request_{name}",
        context={**facts, **context},
        language=request.language,
        now=now,
    )
