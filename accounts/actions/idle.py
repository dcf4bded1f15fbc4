"""Accounts nobody logs in to: the reminder, tried until it is accepted, and the alarm when it never is (P49, A15)."""

import logging
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from common.periods import Bound, cutoff
from privacy.models import OutgoingMail

from .. import deadlines
from ..emails import mail_alarm, mail_reminder
from ..models import User

log = logging.getLogger(__name__)
_ON_ITS_WAY = (OutgoingMail.Status.WAITING, OutgoingMail.Status.SENDING, OutgoingMail.Status.SENT)


def remind_idle(*, now: datetime) -> int:
    """Note which reminders were accepted, and mail those who still need one, each in a transaction of their own; how
    many were mailed. Run every day: what a night could not send, the next one tries again, and one that fails stops no
    other."""
    return sum(_try(user_id, now=now) for user_id in list(_to_remind(now).values_list("pk", flat=True)))


def _try(user_id: int, *, now: datetime) -> bool:
    try:
        return _remind(user_id, now=now)
    except Exception as error:  # whatever an app raises that says which files go: its text may hold the address
        log.error("account %s was not reminded: %s", user_id, type(error).__name__)
        return False


@transaction.atomic
def _remind(user_id: int, *, now: datetime) -> bool:
    user = _to_remind(now).select_for_update(of=("self",)).filter(pk=user_id).first()
    if user is None:
        # They logged in just now.
        return False
    mail = user.reminder
    if mail is not None and mail.status == OutgoingMail.Status.SENT:
        _note_accepted(user, at=mail.sent_at or now)
        return False
    if mail is not None and mail.status in _ON_ITS_WAY:
        return False
    User.objects.filter(pk=user_id).update(reminder=mail_reminder(user, now=now))
    return True


@transaction.atomic
def note_reminder_bounced(*, email: str, now: datetime) -> int:
    """The reminder came back for good: more tries change nothing, so it counts as accepted (A15). How many."""
    users = list(User.objects.select_for_update().filter(email=email.strip().lower(), reminder__isnull=False))
    for user in users:
        if user.reminded_at is None:
            _note_accepted(user, at=now)
    return len(users)


@transaction.atomic
def warn_of_unreminded(*, now: datetime) -> int:
    """Tell the privacy owner, once, which accounts are past five years without a reminder: they go a month later."""
    rows = unreminded(now).filter(alarmed_at__isnull=True)
    ids = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    if ids:
        mail_alarm(len(ids), now=now)
        User.objects.filter(pk__in=ids).update(alarmed_at=now)
    return len(ids)


def unreminded(now: datetime) -> "models.QuerySet[User]":
    """Accounts past five years that no reminder reached in time."""
    past = cutoff(now, deadlines.IDLE, Bound.AT_MOST)
    return _customers().filter(active_at__lte=past, was_reminded=False)


def _to_remind(now: datetime) -> "models.QuerySet[User]":
    past = cutoff(now, deadlines.TO_REMIND, Bound.AT_MOST)
    return _customers().filter(active_at__lte=past, was_reminded=False, reminded_at=None).select_related("reminder")


def _customers() -> "models.QuerySet[User]":
    """Those who can be reminded; a restricted account gets no mail and does not go (art. 18 GDPR)."""
    free = User.objects.exclude(pk__in=User.objects.restricted().values("pk"))
    return free.filter(Q(is_staff=False, confirmed_at__isnull=False))


def _note_accepted(user: User, *, at: datetime) -> None:
    assert user.active_at is not None  # noqa: S101  (a confirmed account has one)
    in_time = deadlines.is_in_time(at, active_at=user.active_at)
    User.objects.filter(pk=user.pk).update(reminded_at=at, was_reminded=in_time)
