"""One mail before the photos of a code go, for who left an address for it, and the end of that address (A6, RT31).

The address is not confirmed first: that would be one more message to whoever it belongs to, and one more thing to
keep. A mistyped one gets a single mail that names nobody, with a link that forgets it.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from common.keys import digest, digest_candidates
from galleries.emails import mail_goodbye
from galleries.models import LoginCode, Photo, Reminder
from galleries.querysets import ReminderQuerySet
from galleries.reminding import ADDRESSES_PER_CODE, ends_of, goodbye, reminding_of
from galleries.terms import reminded_before
from galleries.withholding import is_hidden
from privacy import erasure
from privacy.models import OutgoingMail

# What the keyed digest of an address is made for; digests of two purposes never match.
ADDRESS_DIGEST = "galleries.reminder"


class CannotRemind(Exception):
    """The address was not kept. `message` says why."""

    message = _("The photos go within a week, so a mail would come too late.")


class TooManyAddresses(CannotRemind):
    """As many addresses wait with this code as one code may have."""

    message = _("Three addresses wait for a mail already. Forget them first, and leave yours again.")


class MustKeep(Exception):
    """A legal hold or a restriction keeps the address a while longer (A18, art. 18 GDPR)."""

    message = _("We have to keep this address a while longer for a legal reason. Ask us what it is.")


def digests_of(address: str) -> list[str]:
    """The keyed digests under which this address may stand, newest key first. Capitals make no difference."""
    return digest_candidates(ADDRESS_DIGEST, address.strip().lower())


@transaction.atomic
def leave_address(*, code_id: int, email: str, language: str, now: datetime) -> Reminder:
    """Keep an address for the mail before the photos of this code go (A6); left twice, it stands once.

    Raises `CannotRemind` when that moment has come already, and `TooManyAddresses`.
    """
    code = LoginCode.objects.select_related("subject").select_for_update(of=("self",)).get(pk=code_id)
    known = Reminder.objects.filter(code=code, digest__in=digests_of(email)).first()
    if known is not None:
        return known
    standing = reminding_of(code_id=code_id, subject_id=code.subject_id, group_id=code.subject.group_id, now=now)
    if standing.on is None or code.expires_at is None:
        raise CannotRemind
    if standing.standing >= ADDRESSES_PER_CODE:
        raise TooManyAddresses
    return Reminder.objects.create(
        code=code,
        digest=digest(ADDRESS_DIGEST, email.strip().lower()),
        address=email.strip(),
        language=language,
        left_at=now,
        told_until=now,
        closes_at=code.expires_at,
    )


def forget_addresses(*, code_id: int, now: datetime) -> int:
    """Erase every address left with this code, at the wish of who holds it; how many. Raises `MustKeep`."""
    return _forget(Reminder.objects.filter(code=code_id), now=now)


def forget_address(*, public_id: UUID, now: datetime) -> int:
    """Erase one address, by the link in its mail; 0 when it was gone already. Raises `MustKeep`."""
    return _forget(Reminder.objects.filter(public_id=public_id), now=now)


def due_reminders(*, now: datetime) -> list[int]:
    """Who is to be mailed now: their code opens photos that end within a week and that they were not mailed about."""
    return list(_due(now).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def send_reminder(*, reminder_id: int, now: datetime) -> bool:
    """Write the mail of one reminder if it is due now (A6); whether it was.

    The next one is about photos that end later than all this one speaks of: what a consent keeps 48 months, or what
    got another end. A message that no mail server accepted is replaced by a new one.
    """
    found = _due(now).filter(pk=reminder_id).select_related("code__subject", "mail")
    reminder = found.select_for_update(of=("self",)).first()
    if reminder is None:
        return False
    subject = reminder.code.subject
    told_until = reminder.told_until
    if reminder.mail and reminder.mail.status == OutgoingMail.Status.FAILED:
        erasure.erase(OutgoingMail, [reminder.mail.pk], reason="replaced", now=now)
        told_until = now
    ends = ends_of(code_id=reminder.code_id, subject_id=subject.pk, group_id=subject.group_id, now=now)
    ends = [end for end in ends if end > told_until]
    if not ends or ends[0] >= reminded_before(now):
        # The message was refused, and meanwhile the photos got a later end, or were asked away with this code.
        Reminder.objects.filter(pk=reminder.pk).update(told_until=now)
        return False
    about = goodbye(ends)
    mail = mail_goodbye(reminder, about, to=reminder.address, now=now)
    Reminder.objects.filter(pk=reminder.pk).update(told_until=about.told_until, mail=mail)
    return True


def erase_reminders(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
    """The erasure of addresses: a message to one repeats it, so that goes too, sent or not (P23)."""
    mails = list(Reminder.objects.filter(pk__in=ids, mail__isnull=False).values_list("mail_id", flat=True))
    count = erasure.erase_rows(Reminder, ids, reason=reason, rule=rule, now=now)
    if mails:
        erasure.erase(OutgoingMail, mails, reason=reason, rule=rule, now=now)
    return count


def _due(now: datetime) -> ReminderQuerySet:
    asked_away = is_hidden(OuterRef("pk"), code=OuterRef(OuterRef("code")))
    going = Photo.objects.visible(now).filter(~asked_away, expires_at__lt=reminded_before(now))
    return Reminder.objects.due(codes=LoginCode.objects.open(now), photos=going)


def _forget(rows: ReminderQuerySet, *, now: datetime) -> int:
    try:
        return erasure.erase(Reminder, list(rows.values_list("pk", flat=True)), reason="self_service", now=now)
    except erasure.Held as held:
        raise MustKeep from held
