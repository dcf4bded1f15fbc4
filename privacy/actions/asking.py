"""A right used on one's own page, by who proved who they are: what can be done at once is done at once (P92)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from privacy.models import Proof, RequestChannel, Right, RightsRequest
from privacy.people import Person, as_stored

from .erasing import carry_out_erasure
from .exports import ask_export
from .requests import NEEDS_PROOF, NotProven, opened, receive_request
from .restricting import begin_objection, carry_out_restriction


@transaction.atomic
def ask(
    *, person: Person, right: str, text: str, email: str, language: str, form_token: UUID, now: datetime
) -> RightsRequest:
    """Keep a request of who proved who they are, and begin with it. The same form twice is one request.

    An export is made in the background; an erasure or restriction is done when this returns, marketing has stopped.
    What a person has to decide waits for the privacy owner.
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
    if may_carry_out(request):
        carry_out(request_id=request.pk, by_id=None, now=now)
        request.refresh_from_db()
    return request


def may_carry_out(request: RightsRequest) -> bool:
    """Whether a program can do what was asked: everything but a correction, which somebody has to make by hand."""
    return request.right != Right.RECTIFICATION and (bool(request.proof) or request.right not in NEEDS_PROOF)


@transaction.atomic
def carry_out(*, request_id: int, by_id: int | None, now: datetime) -> None:
    """Do what was asked, whoever took the request in. An objection stays open until it is decided. Raises NotOpen,
    NotProven."""
    request = opened(request_id)
    if not may_carry_out(request):
        raise NotProven
    if request.right in {Right.ACCESS, Right.PORTABILITY}:
        ask_export(request_id=request.pk, now=now)
    elif request.right == Right.ERASURE:
        carry_out_erasure(request_id=request.pk, by_id=by_id, now=now)
    elif request.right == Right.RESTRICTION:
        carry_out_restriction(request_id=request.pk, by_id=by_id, now=now)
    else:
        begin_objection(request_id=request.pk, now=now)


def proof_of(person: Person) -> Proof:
    """What shows who somebody is, the strongest first."""
    if person.user_id is not None:
        return Proof.ACCOUNT
    return Proof.LINK if person.email else Proof.CODE
