"""Every write about requests of who uses a right: received from any channel, proven, extended, answered, closed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.periods import local_date
from privacy import erasure, ledger
from privacy.models import OutgoingMail, Proof, RequestLetter, RequestMove, Right, RightsRequest
from privacy.rights import deadlines
from privacy.rights.emails import Stays, mail_alarm, mail_answer, mail_extension, mail_proof, mail_received
from privacy.rights.states import OPEN_STATES, OUTCOMES, State, may_move

# Who asks for these gets something, or takes something away: first it has to be clear who asks (art. 12(6) GDPR). To
# stop using data harms nobody, and an objection to marketing is never asked for proof.
NEEDS_PROOF = frozenset({Right.ACCESS, Right.PORTABILITY, Right.ERASURE, Right.RECTIFICATION})
# Two clicks are one question.
SAME_QUESTION = timedelta(minutes=1)


class RequestRefused(Exception):
    """The step cannot be taken. `message` says why."""

    message = _("This cannot be done with this request.")


class NotOpen(RequestRefused):
    """Closed already, or past its term."""

    message = _("This request is closed already, or gone.")


class NotProven(RequestRefused):
    """Nothing shows who asks."""

    message = _("First find out who asks: send the link to their address, or note how you saw it.")


class WordsMissing(RequestRefused):
    """A letter without words, or an outcome that is none (P91)."""

    message = _("An answer has an outcome and words that explain it.")


class TooLateToExtend(RequestRefused):
    """Extended already, or the first month is over (L1)."""

    message = _("A request is extended once, and only within the first month.")


class NoAddress(RequestRefused):
    """There is no address to write to."""

    message = _("There is no e-mail address to send this to.")


@transaction.atomic
def receive_request(
    *,
    form_token: UUID,
    right: str,
    channel: str,
    name: str,
    email: str,
    text: str,
    language: str,
    received_at: datetime,
    now: datetime,
    recorded_by_id: int | None = None,
    proof: str = Proof.NONE,
    person: Mapping[str, Any] | None = None,
) -> RightsRequest:
    """Keep a request, whichever way it came (P92), and confirm it by mail where there is an address.

    `received_at` is when it reached us: the month runs from there (P93, L1). `recorded_by_id` is who of the staff wrote
    it down. The same form twice is one request.
    """
    request, is_new = RightsRequest.objects.get_or_create(
        form_token=form_token,
        defaults={
            "right": Right(right),
            "channel": channel,
            "proof": proof,
            "name": name,
            "email": email,
            "text": text,
            "language": language,
            "person": dict(person or {}),
            "received_at": received_at,
            "recorded_by_id": recorded_by_id,
            "answer_by": deadlines.last_day(local_date(received_at), is_extended=False),
        },
    )
    if is_new:
        _note("request_received", request, now=now)
        if email:
            log(RequestLetter.Kind.RECEIVED, request, mail=mail_received(request, now=now), now=now)
    return request


@transaction.atomic
def ask_proof(*, request_id: int, by_id: int | None, now: datetime) -> RequestLetter:
    """Mail a link to the address of the request: who opens it shows that the address is theirs. Asked again within a
    minute it is the same question, and the same letter. Raises NotOpen, NoAddress."""
    request = opened(request_id)
    if not request.email:
        raise NoAddress
    asked = request.letters.filter(kind=RequestLetter.Kind.PROOF, written_at__gt=now - SAME_QUESTION).first()
    if asked is not None and request.state == State.ASKED:
        return asked
    if request.state != State.ASKED:
        _move(request, State.ASKED, by_id=by_id, now=now)
    return log(RequestLetter.Kind.PROOF, request, mail=mail_proof(request, now=now), by_id=by_id, now=now)


@transaction.atomic
def prove(*, request_id: int, proof: str, by_id: int | None, person: Mapping[str, Any] | None, now: datetime) -> None:
    """Note what shows who asks; the request waits for its answer again. Its month never stopped. Raises NotOpen."""
    request = opened(request_id)
    if request.state == State.ASKED:
        _move(request, State.RECEIVED, by_id=by_id, now=now)
    changes: dict[str, Any] = {"proof": Proof(proof)}
    if person is not None:
        changes["person"] = dict(person)
    RightsRequest.objects.filter(pk=request.pk).update(**changes)


@transaction.atomic
def extend_request(*, request_id: int, reason: str, by_id: int, now: datetime) -> RightsRequest:
    """Take two months more, and say so with the reasons within the first month (L1). Without an address the words are
    kept as what was told otherwise. Raises NotOpen, TooLateToExtend, WordsMissing."""
    if not reason.strip():
        raise WordsMissing
    request = opened(request_id)
    day = local_date(request.received_at)
    if request.extended_at is not None or not deadlines.may_extend(day, local_date(now)):
        raise TooLateToExtend
    request.extended_at, request.answer_by = now, deadlines.last_day(day, is_extended=True)
    request.warned_on = None
    request.save(update_fields=["extended_at", "answer_by", "warned_on"])
    mail = mail_extension(request, reason=reason, now=now) if request.email else None
    log(RequestLetter.Kind.EXTENSION, request, mail=mail, text=reason, by_id=by_id, now=now)
    _note("request_extended", request, now=now)
    return request


@transaction.atomic
def answer_request(
    *,
    request_id: int,
    outcome: str,
    text: str,
    by_id: int | None,
    now: datetime,
    did: Sequence[str] = (),
    stays: Sequence[Stays] = (),
) -> RightsRequest:
    """Close a request with its outcome, and tell who asked what was done, what stays, on which ground and until when,
    and where they can complain (P91). RT19 counts from here. Raises NotOpen, NotProven, WordsMissing."""
    if outcome not in OUTCOMES or not (text.strip() or did):
        raise WordsMissing
    request = opened(request_id)
    if request.right in NEEDS_PROOF and not request.proof and outcome != State.REFUSED:
        raise NotProven
    _move(request, State(outcome), by_id=by_id, now=now)
    mail = mail_answer(request, text=text, did=did, stays=stays, now=now) if request.email else None
    log(RequestLetter.Kind.ANSWER, request, mail=mail, text=_kept(text, did, stays), by_id=by_id, now=now)
    return request


@transaction.atomic
def withdraw_request(*, request_id: int, by_id: int | None, now: datetime) -> None:
    """Close a request because who asked takes it back. Raises NotOpen."""
    _move(opened(request_id), State.WITHDRAWN, by_id=by_id, now=now)


@transaction.atomic
def warn_of_deadlines(*, now: datetime) -> int:
    """Tell the privacy owner which requests wait: once when a week is left, every day when their day is over (P06, L1).

    Returns how many requests the mail names; none, and there is no mail.
    """
    today = local_date(now)
    rows = RightsRequest.objects.near(now).exclude(warned_on=today).order_by("answer_by", "pk").select_for_update()
    due = [row for row in rows if row.warned_on is None or row.answer_by < today]
    if due:
        mail_alarm(due, now=now)
        RightsRequest.objects.filter(pk__in=[row.pk for row in due]).update(warned_on=today)
    return len(due)


def opened(request_id: int) -> RightsRequest:
    """The open request with this key, locked. Raises NotOpen."""
    request = RightsRequest.objects.open().filter(pk=request_id).select_for_update().first()
    if request is None:
        raise NotOpen
    return request


def log(
    kind: RequestLetter.Kind,
    request: RightsRequest,
    *,
    mail: OutgoingMail | None,
    now: datetime,
    text: str = "",
    by_id: int | None = None,
) -> RequestLetter:
    """Keep what we wrote with the request it is about."""
    return RequestLetter.objects.create(request=request, kind=kind, text=text, written_at=now, by_id=by_id, mail=mail)


def erase_letters(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
    """The erasure of letters: the mails they stand for repeat their text, so they go too (P23)."""
    mails = list(RequestLetter.objects.filter(pk__in=ids, mail__isnull=False).values_list("mail_id", flat=True))
    count = erasure.erase_rows(RequestLetter, ids, reason=reason, rule=rule, now=now)
    if mails:
        erasure.erase(OutgoingMail, mails, reason=reason, rule=rule, now=now)
    return count


def _move(request: RightsRequest, after: State, *, by_id: int | None, now: datetime) -> None:
    before = State(request.state)
    if not may_move(before, after):
        raise RequestRefused if before is not State.ASKED else NotProven
    RequestMove.objects.create(request=request, before=before, after=after, at=now, by_id=by_id)
    request.state = after
    request.closed_at = None if after in OPEN_STATES else now
    request.save(update_fields=["state", "closed_at"])
    if request.closed_at:
        _note(f"request_{after}", request, now=now)


def _note(event: str, request: RightsRequest, *, now: datetime) -> None:
    ledger.record(event, now=now, kind="privacy.rightsrequest", count=1, reason=request.right, ids=[request.public_id])


def _kept(text: str, did: Sequence[str], stays: Sequence[Stays]) -> str:
    """The answer as the log keeps it: one text, also where there was no mail."""
    rows = [f"{row.what}: {row.ground} {row.until}".strip() for row in stays]
    return "\n".join(filter(None, [text, *did, *rows]))
