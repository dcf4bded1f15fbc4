"""When an assignment is completed (A16): both sides of every boundary."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from common.periods import ZONE
from galleries.actions import change_term, create_assignment, make_available
from galleries.actions.completion import (
    AlreadyCompleted,
    StillOnline,
    complete_assignment,
    complete_quiet,
    warn_of_open,
)
from galleries.completion import closes_at, latest
from galleries.models import Acceptance, Assignment, AssignmentMessage, ContactLink, Photo
from galleries.tasks import complete as nightly
from privacy.models import AccessLogEntry, OutgoingMail
from shop.models import OrderLine, Product
from tests.journeys.world import add_line, make_order

from .dossier import speak_to, write
from .studio import NOW, Studio, add_photo, fill, open_studio, publish

pytestmark = pytest.mark.postgres
SECOND = timedelta(seconds=1)
# The month from 22 October ends with 22 November; the three quiet months after that with 23 February.
WINDOW_END = datetime(2026, 11, 23, tzinfo=ZONE).astimezone(UTC)
QUIET_END = datetime(2027, 2, 24, tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def studio(db: None) -> Studio:
    made = open_studio()
    fill(made)
    publish(made)
    return made


def completed(studio: Studio) -> datetime | None:
    return Assignment.objects.get(pk=studio.assignment.pk).completed_at


def sell(studio: Studio, *, paid_at: datetime, delivered_at: datetime | None = None) -> OrderLine:
    """An order of one print of this assignment."""
    order = make_order(number=f"2026-{uuid4().hex[:6]}", placed_at=paid_at)
    type(order).objects.filter(pk=order.pk).update(delivered_at=delivered_at)
    product = Product.objects.create(
        kind="print", title_nl="A", title_en="A", price_cents=1000, width_mm=100, height_mm=150
    )
    return add_line(order, product=product, photo=Photo.objects.filter(assignment=studio.assignment)[0])


def test_the_latest_of_the_moments_that_are_there() -> None:
    assert latest(None, NOW, NOW - SECOND, None) == NOW
    assert latest(None, None) is None


def test_without_a_fact_nothing_closes_before_the_alarm_was_heard() -> None:
    made = datetime(2026, 1, 31, 12, tzinfo=ZONE)
    early = closes_at(fact=None, created_at=made, sign_of_life=made)
    assert early == datetime(2027, 11, 1, tzinfo=ZONE), "21 months, to the end of the day"
    late = datetime(2027, 10, 15, 9, tzinfo=ZONE)
    assert closes_at(fact=None, created_at=made, sign_of_life=late) == datetime(2028, 1, 16, tzinfo=ZONE)


@pytest.mark.clauses("P56", "P58")
def test_three_quiet_months_after_the_term_an_assignment_is_completed_as_of_its_end(studio: Studio) -> None:
    contact = speak_to(studio.assignment.pk, now=NOW)
    write(contact, studio.assignment.pk, now=NOW)

    assert complete_quiet(now=QUIET_END - SECOND) == 0
    assert completed(studio) is None
    assert complete_quiet(now=QUIET_END) == 1
    assert completed(studio) == WINDOW_END
    for model in (ContactLink, AssignmentMessage, Acceptance):
        assert set(model._base_manager.values_list("completed_at", flat=True)) == {WINDOW_END}
    assert complete_quiet(now=QUIET_END) == 0


@pytest.mark.clauses("P56")
def test_a_later_payment_or_delivery_is_what_completion_counts_from(studio: Studio) -> None:
    paid, delivered = WINDOW_END - timedelta(days=1), WINDOW_END + timedelta(days=20)
    sell(studio, paid_at=paid, delivered_at=delivered)
    assert complete_quiet(now=QUIET_END) == 0
    assert complete_quiet(now=QUIET_END + timedelta(days=30)) == 1
    assert completed(studio) == delivered


def test_a_payment_without_a_delivery_counts_and_an_order_of_another_assignment_does_not(studio: Studio) -> None:
    paid = WINDOW_END + timedelta(days=5)
    sell(studio, paid_at=paid)
    other = create_assignment(client_id=studio.assignment.client_id, title="Other", now=NOW)
    line = sell(studio, paid_at=WINDOW_END + timedelta(days=300))
    OrderLine.objects.filter(pk=line.pk).update(assignment=other)
    complete_assignment(assignment_id=studio.assignment.pk, by=studio.staff, now=paid + timedelta(days=400))
    assert completed(studio) == paid


def test_staff_complete_by_hand_once_the_client_has_had_its_term(studio: Studio) -> None:
    key = studio.assignment.pk
    with pytest.raises(StillOnline):
        complete_assignment(assignment_id=key, by=studio.staff, now=WINDOW_END - SECOND)
    assert complete_assignment(assignment_id=key, by=studio.staff, now=WINDOW_END) == WINDOW_END
    assert AccessLogEntry.objects.filter(action="complete", user=studio.staff, object_id=key).exists()
    with pytest.raises(AlreadyCompleted):
        complete_assignment(assignment_id=key, by=studio.staff, now=WINDOW_END)


def test_an_assignment_without_any_fact_is_completed_when_staff_say_so(studio: Studio) -> None:
    never = create_assignment(client_id=studio.assignment.client_id, title="Called off", now=NOW)
    later = NOW + timedelta(days=40)
    assert complete_assignment(assignment_id=never.pk, by=studio.staff, now=later) == later


def test_photos_that_come_later_open_it_again(studio: Studio) -> None:
    contact = speak_to(studio.assignment.pk, now=NOW)
    complete_assignment(assignment_id=studio.assignment.pk, by=studio.staff, now=WINDOW_END)
    late = add_photo(studio, subject=studio.anna, now=WINDOW_END)

    make_available(assignment_id=studio.assignment.pk, photo_ids=[late.pk], now=WINDOW_END + timedelta(days=9))

    row = Assignment.objects.get(pk=studio.assignment.pk)
    late.refresh_from_db()
    assert (row.completed_at, row.window_ends_at) == (None, late.expires_at)
    assert ContactLink.objects.get(contact=contact).completed_at is None


def test_another_term_moves_the_end_while_it_runs_and_never_after(studio: Studio) -> None:
    key = studio.assignment.pk
    change_term(assignment_id=key, months=3, reference="mail of 1 May", now=NOW)
    assert Assignment.objects.get(pk=key).window_ends_at == datetime(2027, 1, 23, tzinfo=ZONE)
    change_term(assignment_id=key, months=2, reference="mail of 2 May", now=datetime(2027, 2, 1, tzinfo=ZONE))
    assert Assignment.objects.get(pk=key).window_ends_at == datetime(2027, 1, 23, tzinfo=ZONE)


@pytest.mark.clauses("P54")
def test_completion_keeps_the_books_of_its_year(studio: Studio) -> None:
    delivered = datetime(2027, 1, 5, tzinfo=ZONE)
    sell(studio, paid_at=WINDOW_END, delivered_at=delivered)
    complete_quiet(now=delivered + timedelta(days=100))
    assert Assignment.objects.get(pk=studio.assignment.pk).books_year_end == date(2027, 12, 31)
    assert Acceptance.objects.get().books_year_end == date(2027, 12, 31)


def test_what_is_open_for_eighteen_months_calls_the_privacy_owner_once(studio: Studio) -> None:
    Assignment.objects.update(window_ends_at=NOW + timedelta(days=2000))
    alarm = datetime(2028, 4, 23, tzinfo=ZONE)
    assert warn_of_open(now=alarm - SECOND) == 0
    assert warn_of_open(now=alarm) == 1
    assert warn_of_open(now=alarm + timedelta(days=1)) == 0
    message = OutgoingMail.objects.get(kind="galleries.open_assignments")
    assert str(studio.assignment.pk) in message.text
    assert studio.assignment.title not in message.text + message.html


def test_no_anchor_stays_empty_for_ever(studio: Studio) -> None:
    never = create_assignment(client_id=studio.assignment.client_id, title="Forgotten", now=NOW)
    contact = speak_to(never.pk, now=NOW)
    said_at = NOW + timedelta(days=200)
    write(contact, never.pk, now=said_at)
    last_call = datetime(2028, 7, 23, tzinfo=ZONE)
    complete_quiet(now=last_call - SECOND)
    assert Assignment.objects.get(pk=never.pk).completed_at is None
    complete_quiet(now=last_call)
    assert Assignment.objects.get(pk=never.pk).completed_at == said_at


def test_the_nightly_job_does_both_and_may_run_twice(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    Assignment.objects.create(
        client=studio.assignment.client,
        title="Old",
        created_at=NOW - timedelta(days=600),
        window_ends_at=datetime(2100, 1, 1, tzinfo=UTC),
        books_year_end=date(2026, 12, 31),
    )
    monkeypatch.setattr("galleries.tasks.timezone.now", lambda: QUIET_END)
    nightly()
    nightly()
    assert completed(studio) == WINDOW_END
    assert OutgoingMail.objects.filter(kind="galleries.open_assignments").count() == 1
