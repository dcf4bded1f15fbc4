"""A right used on one's own page, by who proved who they are: what can be done at once is done at once (P92)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from privacy.models import Proof, RequestChannel, Right, RightsRequest
from privacy.people import Person, as_stored

from .exports import ask_export
from .requests import receive_request


@transaction.atomic
def ask(
    *, person: Person, right: str, text: str, email: str, language: str, form_token: UUID, now: datetime
) -> RightsRequest:
    """Keep a request of who proved who they are, and begin with it. The same form twice is one request.

    An export is made in the background; what a person has to decide waits for the privacy owner.
    """
    known = RightsRequest.objects.filter(form_token=form_token).first()
    if known is not None:
        return known
    request = receive_request(
        form_token=form_token,
        right=right,
        channel=RequestChannel.SITE,
        proof=proof_of(person),
        person=as_stored(person),
        name="",
        email=person.email or email,
        text=text,
        language=language,
        received_at=now,
        now=now,
    )
    if right in {Right.ACCESS, Right.PORTABILITY}:
        ask_export(request_id=request.pk, now=now)
    return request


def proof_of(person: Person) -> Proof:
    """What shows who somebody is, the strongest first."""
    if person.user_id is not None:
        return Proof.ACCOUNT
    return Proof.LINK if person.email else Proof.CODE
