"""The one mail before photos go: who gets it, when, what it says, and the end of the address (A6, RT31)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from common.periods import ZONE
from galleries.actions import change_term, make_available
from galleries.actions.codes import replace_code, revoke_code
from galleries.actions.extending import keep_longer, stop_keeping
from galleries.actions.reminding import CannotRemind, TooManyAddresses, due_reminders, send_reminder
from galleries.models import HiddenPhoto, LoginCode, Photo, Reminder
from galleries.terms import reminded_before, reminded_from
from privacy.mail import send_waiting
from privacy.models import LedgerEntry, OutgoingMail, Restriction
from tests.journeys.traces import traces

from .reminders import ADDRESS, END, MAILED, leave
from .studio import NOW, Studio, add_photo, code_of, code_row, night

pytestmark = pytest.mark.postgres


SECOND = timedelta(seconds=1)


DAY = timedelta(days=1)


MOMENTS = st.integers(0, 40 * 366 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))


RunJobs = Callable[[], AbstractContextManager[None]]


def test_the_mail_goes_once_from_seven_days_before_the_end(
    code: LoginCode, morning: Callable[[datetime], list[str]]
) -> None:
    leave(code)

    assert morning(MAILED - SECOND) == []
    assert morning(MAILED) == ["Your photos are here until 22 November 2026"]
    assert [morning(MAILED + n * DAY) for n in range(1, 8)] == [[]] * 7
    [message] = mail.outbox
    assert message.to == [ADDRESS]
    assert "stay until and including Sunday 22 November 2026" in message.body


def test_the_mail_names_nobody_and_carries_no_code(
    studio: Studio, code: LoginCode, morning: Callable[[datetime], list[str]]
) -> None:
    leave(code)
    morning(MAILED)

    said = mail.outbox[0].subject + str(mail.outbox[0].body)
    for word in (code_of(studio, studio.anna), str(code.public_id), "School day", "3B", "Number"):
        assert word not in said


@given(MOMENTS, MOMENTS)
def test_both_ways_of_asking_for_the_day_of_the_mail_agree(end: datetime, now: datetime) -> None:
    assert (reminded_from(end) <= now) == (end < reminded_before(now))


def test_another_term_moves_the_mail(
    studio: Studio, code: LoginCode, morning: Callable[[datetime], list[str]], clock: time_machine.Traveller
) -> None:
    leave(code)
    change_term(assignment_id=studio.assignment.pk, months=2, reference="Mail", now=NOW)

    assert Reminder.objects.get().closes_at == datetime(2026, 12, 23, tzinfo=ZONE)
    assert morning(MAILED) == []
    assert morning(datetime(2026, 12, 16, 9, tzinfo=ZONE)) == ["Your photos are here until 22 December 2026"]


def test_an_end_that_moves_after_the_mail_brings_a_new_one_before_the_new_end(
    studio: Studio, code: LoginCode, morning: Callable[[datetime], list[str]]
) -> None:
    leave(code)
    assert len(morning(MAILED)) == 1
    change_term(assignment_id=studio.assignment.pk, months=2, reference="Mail", now=MAILED)

    assert morning(MAILED + DAY) == []
    assert morning(datetime(2026, 12, 16, 9, tzinfo=ZONE)) == ["Your photos are here until 22 December 2026"]


def test_what_a_consent_keeps_years_longer_has_its_own_mail(
    studio: Studio, code: LoginCode, morning: Callable[[datetime], list[str]]
) -> None:
    leave(code)
    keep_longer(code_id=code.pk, capacity="self", email="", language="en", now=NOW)

    assert morning(MAILED) == ["Your photos are here until 22 November 2026"]
    assert "What is kept longer stays until and including Friday 22 November 2030." in str(mail.outbox[0].body)
    assert morning(MAILED + 300 * DAY) == []
    Photo.objects.filter(group=studio.group).delete()
    assert morning(datetime(2030, 11, 16, 9, tzinfo=ZONE)) == ["Your photos are here until 22 November 2030"]


def test_photos_that_end_soon_after_each_other_are_in_one_mail(
    studio: Studio, code: LoginCode, morning: Callable[[datetime], list[str]]
) -> None:
    late = add_photo(studio, subject=studio.anna)
    make_available(assignment_id=studio.assignment.pk, photo_ids=[late.pk], now=NOW + 10 * DAY)
    leave(code)

    assert len(morning(MAILED)) == 1
    said = str(mail.outbox[0].body)
    assert "The first photos behind your code stay until and including Sunday 22 November 2026" in said
    assert "the last until and including Tuesday 1 December 2026" in said
    assert morning(MAILED + 10 * DAY) == []


def test_a_mail_no_server_accepts_is_written_anew_until_one_does(
    code: LoginCode, morning: Callable[[datetime], list[str]]
) -> None:
    leave(code)
    morning(MAILED)
    OutgoingMail.objects.update(status=OutgoingMail.Status.FAILED)

    assert len(morning(MAILED + DAY)) == 1
    assert OutgoingMail.objects.count() == 1, "the refused one is gone, with the address in it"
    assert morning(MAILED + 2 * DAY) == []


def test_a_mail_that_was_cut_off_in_the_middle_is_written_anew(
    code: LoginCode, morning: Callable[[datetime], list[str]]
) -> None:
    """What can be unsubscribed is never sent twice by itself; here a missing mail is worse than a second one."""
    leave(code)
    morning(MAILED)
    OutgoingMail.objects.update(status=OutgoingMail.Status.SENDING, claimed_at=MAILED)

    assert send_waiting(now=MAILED + DAY) == 0
    assert len(morning(MAILED + DAY)) == 1
    assert OutgoingMail.objects.count() == 1


def test_a_refused_mail_is_not_repeated_when_the_end_moved_away(
    studio: Studio, code: LoginCode, morning: Callable[[datetime], list[str]]
) -> None:
    leave(code)
    morning(MAILED)
    OutgoingMail.objects.update(status=OutgoingMail.Status.FAILED)
    change_term(assignment_id=studio.assignment.pk, months=2, reference="Mail", now=MAILED)

    assert morning(MAILED + DAY) == []
    assert not OutgoingMail.objects.exists()
    assert len(morning(datetime(2026, 12, 16, 9, tzinfo=ZONE))) == 1


def test_two_jobs_at_once_write_one_mail(code: LoginCode) -> None:
    reminder = leave(code)

    assert send_reminder(reminder_id=reminder.pk, now=MAILED)
    assert not send_reminder(reminder_id=reminder.pk, now=MAILED)
    assert OutgoingMail.objects.count() == 1


def test_nobody_is_mailed_about_a_photo_they_asked_away(
    studio: Studio, code: LoginCode, morning: Callable[[datetime], list[str]]
) -> None:
    leave(code)
    keep_longer(code_id=code.pk, capacity="self", email="", language="en", now=NOW)
    HiddenPhoto.objects.create(photo=Photo.objects.get(group=studio.group), code=code, hidden_at=NOW)

    assert morning(MAILED) == []
    assert morning(datetime(2030, 11, 16, 9, tzinfo=ZONE)) == ["Your photos are here until 22 November 2030"]


def test_only_what_a_code_still_shows_makes_its_mail_due(studio: Studio, code: LoginCode) -> None:
    keep_longer(code_id=code.pk, capacity="self", email="", language="en", now=NOW)
    keep_longer(code_id=code_row(studio.bram).pk, capacity="self", email="", language="en", now=NOW)
    mine, other = leave(code), leave(code_row(studio.bram))
    hidden = HiddenPhoto.objects.create(photo=Photo.objects.get(group=studio.group), code=code, hidden_at=NOW)

    assert due_reminders(now=MAILED) == [other.pk], "another code of the group still shows it"
    hidden.delete()
    assert due_reminders(now=MAILED) == [mine.pk, other.pk]


@pytest.mark.parametrize("kind", ["logincode", "subject", "assignment"])
@pytest.mark.clauses("P88")
def test_nobody_is_mailed_about_what_is_restricted(studio: Studio, code: LoginCode, kind: str) -> None:
    leave(code)
    pk = {"logincode": code.pk, "subject": studio.anna.pk, "assignment": studio.assignment.pk}[kind]
    Restriction.objects.create(kind=f"galleries.{kind}", object_id=pk, reason="7", created_at=NOW)

    assert due_reminders(now=MAILED) == []


@pytest.mark.clauses("P55")
def test_the_address_is_forgotten_with_the_gallery_and_with_it_the_mail_that_repeats_it(
    code: LoginCode, morning: Callable[[datetime], list[str]], clock: time_machine.Traveller
) -> None:
    leave(code)
    morning(MAILED + 6 * DAY)

    night(clock, END - SECOND)
    assert Reminder.objects.count() == 1
    night(clock, END)
    assert (Reminder.objects.count(), OutgoingMail.objects.count()) == (0, 0)
    assert traces([ADDRESS]) == []


@pytest.mark.clauses("P55")
def test_the_address_is_stored_where_no_search_finds_it(code: LoginCode) -> None:
    leave(code)

    assert traces(["parent@example"]) == []


@pytest.mark.clauses("P55")
def test_an_address_of_a_revoked_code_goes_the_same_night_and_is_not_mailed(
    studio: Studio, code: LoginCode, clock: time_machine.Traveller
) -> None:
    leave(code)
    revoke_code(code_id=code.pk, by=studio.staff, now=MAILED - SECOND)

    assert due_reminders(now=MAILED) == []
    night(clock, MAILED)
    assert Reminder.objects.count() == 0
    assert LedgerEntry.objects.get(kind="galleries.reminder").rule == "RT31"


def test_a_new_card_of_the_same_household_keeps_its_wish(studio: Studio, code: LoginCode) -> None:
    leave(code)
    replace_code(code_id=code.pk, by=studio.staff, now=NOW)

    reminder = Reminder.objects.get()
    assert (reminder.code, reminder.closes_at) == (code_row(studio.anna), END)
    assert due_reminders(now=MAILED) == [reminder.pk]


def test_an_extension_and_its_withdrawal_move_when_the_address_is_forgotten(code: LoginCode) -> None:
    leave(code)
    keep_longer(code_id=code.pk, capacity="self", email="", language="en", now=NOW)
    assert Reminder.objects.get().closes_at == datetime(2030, 11, 23, tzinfo=ZONE)
    stop_keeping(code_id=code.pk, email="", language="en", now=NOW)
    assert Reminder.objects.get().closes_at == END


def test_one_address_stands_once_with_a_code_and_three_at_most(code: LoginCode) -> None:
    first = leave(code)
    assert leave(code, email=" parent@EXAMPLE.org ") == first
    leave(code, email="b@example.org")
    leave(code, email="c@example.org")

    with pytest.raises(TooManyAddresses):
        leave(code, email="d@example.org")
    assert Reminder.objects.count() == 3


def test_no_address_is_taken_for_a_mail_that_would_come_too_late(code: LoginCode) -> None:
    with pytest.raises(CannotRemind):
        leave(code, now=MAILED)
    leave(code, now=MAILED - SECOND)
    assert Reminder.objects.count() == 1
