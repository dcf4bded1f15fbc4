"""Every write about complaints."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.periods import local_date
from privacy import erasure

from ..deadlines import closed_anchor
from ..emails import mail_acknowledgement, mail_alarm, mail_outcome
from ..models import Complaint, ComplaintCount, Letter, Outcome
from .letters import log


class ComplaintRefused(Exception):
    """The step cannot be taken. `message` says why."""

    message = _("This cannot be done with this complaint.")


class NotOpen(ComplaintRefused):
    """Closed already, or past its term."""

    message = _("This complaint is closed already, or gone.")


class OutcomeMissing(ComplaintRefused):
    """A complaint closes with an outcome and words for who complained, and not otherwise (P75)."""

    message = _("A complaint closes with an outcome and an explanation of it.")


@transaction.atomic
def open_complaint(
    *,
    form_token: UUID,
    channel: str,
    name: str,
    email: str,
    text: str,
    language: str,
    submitted_at: datetime,
    order_id: int | None = None,
    line_id: int | None = None,
    reason: str = "",
    picture_id: int | None = None,
    now: datetime,
) -> Complaint:
    """Open a case, whichever way the complaint came (P74, P92), and confirm it by mail where there is an address (P76).

    `submitted_at` is when it reached us: the year of P77 runs from there. What it is about is kept by reference. The
    same form twice is one case.
    """
    complaint, is_new = Complaint.objects.get_or_create(
        form_token=form_token,
        defaults={
            "channel": channel,
            "name": name,
            "email": email,
            "text": text,
            "language": language,
            "submitted_at": submitted_at,
            "order_id": order_id,
            "line_id": line_id,
            "reason": reason,
            "picture_id": picture_id,
        },
    )
    if is_new and email:
        log(Letter.Kind.ACKNOWLEDGEMENT, complaint=complaint, mail=mail_acknowledgement(complaint, now=now), now=now)
    return complaint


@transaction.atomic
def close_complaint(*, complaint_id: int, outcome: str, text: str, by: User, now: datetime) -> Complaint:
    """Close a case with its outcome, tell who complained, and keep what was told (P75, P76). RT15 counts from here.

    Without an address the words are kept as what was told otherwise. Raises OutcomeMissing or NotOpen.
    """
    if outcome not in Outcome.values or not text.strip():
        raise OutcomeMissing
    complaint = Complaint.objects.open(now).filter(pk=complaint_id).select_for_update().first()
    if complaint is None:
        raise NotOpen
    anchor = closed_anchor(submitted_at=complaint.submitted_at, closed_at=now)
    Complaint.objects.filter(pk=complaint.pk).update(outcome=outcome, closed_at=now, kept_from=anchor)
    complaint.refresh_from_db()
    mail = mail_outcome(complaint, text=text, now=now) if complaint.email else None
    log(Letter.Kind.OUTCOME, complaint=complaint, mail=mail, now=now, text=text, by=by)
    return complaint


def erase_on_request(*, complaint_id: int, now: datetime) -> int:
    """Erase a case at once because who complained asks it (P78); how many went. Raises privacy.erasure.Held."""
    return erasure.erase(Complaint, [complaint_id], reason="request", now=now)


def erase_complaints(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
    """The erasure of complaints: each is counted without its person first, and the count stays (A19)."""
    for row in Complaint.objects.filter(pk__in=ids).values("channel", "outcome", "submitted_at"):
        year = local_date(row["submitted_at"]).year
        key: dict[str, Any] = {"year": year, "channel": row["channel"], "outcome": row["outcome"]}
        ComplaintCount.objects.get_or_create(**key)
        ComplaintCount.objects.filter(**key).update(count=F("count") + 1)
    return erasure.erase_rows(Complaint, ids, reason=reason, rule=rule, now=now)


@transaction.atomic
def warn_of_ending(*, now: datetime) -> int:
    """Tell the privacy owner, once, which open cases go within a month (P75, P77); how many."""
    rows = Complaint.objects.ending(now).filter(alarmed_at__isnull=True)
    ending = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    if ending:
        mail_alarm(ending, now=now)
        Complaint.objects.filter(pk__in=ending).update(alarmed_at=now)
    return len(ending)
