"""Mailing somebody the link that shows an address is theirs. Whether we know the address makes no difference."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from common import links
from common.periods import Bound, due
from privacy.mail import queue_mail
from privacy.models import AddressProof
from privacy.rights import deadlines

PURPOSE = "privacy.address"


@transaction.atomic
def mail_address_link(*, email: str, language: str, now: datetime) -> AddressProof:
    """Mail a link to an address, known to us or not: the answer, the mail and the work are the same."""
    proof = AddressProof.objects.create(email=email, created_at=now)
    token = links.sign(PURPOSE, str(proof.public_id))
    queue_mail(
        kind="privacy.address_link",
        to=email,
        template="privacy/address_link",
        context={"url": settings.SITE_URL + reverse("privacy:open_address", args=[token])},
        language=language,
        now=now,
    )
    return proof


def address_behind(token: str, *, now: datetime) -> str:
    """The address a link was mailed to; "" when it is forged or older than a day."""
    public_id = links.read(PURPOSE, token, max_age=deadlines.PROOF_KEPT.length)
    proof = AddressProof.objects.filter(public_id=public_id).first() if public_id else None
    return proof.email if proof and due(proof.created_at, deadlines.PROOF_KEPT, Bound.AT_MOST) > now else ""
