"""Each rule of this app, on both sides of its boundary, through the night itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from accounts.models import User
from common.periods import ZONE
from galleries.actions import create_client, make_available, note_books_activity
from galleries.models import Assignment, Client, Group, LoginCode, Photo, Rendition, Subject, Tombstone
from privacy.erasure import erase
from privacy.models import LedgerEntry, StoredObject, SweepRun
from privacy.sweep import run_sweep

from .studio import NOW, Studio, add_photo, fill, open_studio, publish

pytestmark = pytest.mark.postgres

END = datetime(2026, 11, 23, tzinfo=ZONE).astimezone(UTC)
SECOND = timedelta(seconds=1)
BYTES = b"\xff\xd8\xff\xd9"


def night(clock: time_machine.Traveller, moment: datetime) -> SweepRun:
    """One sweep at this moment, which must end green."""
    clock.move_to(moment)
    run = run_sweep(now=moment)
    assert run is not None
    assert run.status == SweepRun.Status.GREEN, list(run.rules.values("rule", "outcome", "error", "residue"))
    return run


@pytest.mark.clauses("P17")
def test_photos_stay_until_the_last_second_of_their_month_and_go_with_the_next(
    studio: Studio, clock: time_machine.Traveller
) -> None:
    night(clock, END - SECOND)
    assert Photo.objects.count() == 6

    night(clock, END)
    assert Photo.objects.count() == 0
    assert Rendition.objects.count() == 0


@pytest.mark.clauses("P23", "P55")
def test_with_the_photos_go_their_files_codes_subjects_groups_and_tombstones(
    db: None, clock: time_machine.Traveller, places_of_my_own: Path
) -> None:
    made = open_studio()
    fill(made, content=BYTES)
    from_studio = list(places_of_my_own.rglob("*.jpg"))
    assert len(from_studio) == 18
    publish(made)
    night(clock, END)

    assert [path for path in places_of_my_own.rglob("*") if path.is_file()] == []
    for model in (StoredObject, LoginCode, Subject, Group, Tombstone):
        assert model.objects.count() == 0, model
    assert Assignment.objects.count() == Client.objects.count() == 1


@pytest.mark.clauses("P18")
def test_a_photo_under_another_term_stays_as_agreed(studio: Studio, clock: time_machine.Traveller) -> None:
    longer = END + timedelta(days=61)
    photo = Photo.objects.filter(subject=studio.anna).order_by("pk")[0]
    Photo.objects.filter(pk=photo.pk).update(expires_at=longer)

    night(clock, longer - SECOND)
    assert list(Photo.objects.all()) == [photo]
    night(clock, longer)
    assert Photo.objects.count() == 0


def test_an_upload_that_is_never_published_goes_sixty_days_after_it_came(
    db: None, clock: time_machine.Traveller
) -> None:
    made = open_studio()
    add_photo(made, subject=made.anna)

    night(clock, NOW + timedelta(days=60) - SECOND)
    assert Photo.objects.count() == 1
    night(clock, NOW + timedelta(days=60))
    assert Photo.objects.count() == 0


def test_a_published_photo_does_not_go_for_having_been_uploaded_long_ago(
    studio: Studio, clock: time_machine.Traveller
) -> None:
    Photo.objects.update(uploaded_at=NOW - timedelta(days=365))

    night(clock, NOW)

    assert Photo.objects.count() == 6


def test_a_code_goes_with_the_last_photo_it_opens_and_not_with_the_first(
    studio: Studio, clock: time_machine.Traveller
) -> None:
    late = add_photo(studio, subject=studio.anna)
    make_available(assignment_id=studio.assignment.pk, photo_ids=[late.pk], now=NOW + timedelta(days=10))
    late.refresh_from_db()
    assert late.expires_at is not None

    night(clock, END)
    assert set(LoginCode.objects.values_list("subject_id", flat=True)) == {studio.anna.pk}
    night(clock, late.expires_at - SECOND)
    assert LoginCode.objects.count() == 1
    night(clock, late.expires_at)
    assert LoginCode.objects.count() == 0


@pytest.mark.clauses("P55")
def test_subjects_and_groups_without_any_photo_wait_sixty_days_for_one(db: None, clock: time_machine.Traveller) -> None:
    open_studio()

    night(clock, NOW + timedelta(days=60) - SECOND)
    assert (Subject.objects.count(), Group.objects.count()) == (3, 2)
    night(clock, NOW + timedelta(days=60))
    assert (Subject.objects.count(), Group.objects.count()) == (0, 0)


def test_somebody_absent_from_the_portraits_stays_as_long_as_the_group_photo(
    db: None, clock: time_machine.Traveller
) -> None:
    made = open_studio()
    add_photo(made, group=made.group)
    Assignment.objects.update(term_months=3, term_reference="Contract 7")
    publish(made)

    night(clock, NOW + timedelta(days=60))
    assert set(Subject.objects.all()) == {made.anna, made.bram}
    night(clock, datetime(2027, 1, 23, tzinfo=ZONE))
    assert Subject.objects.count() == LoginCode.objects.count() == 0


def test_a_subject_stays_while_its_group_photo_does_and_its_group_while_a_member_has_a_photo(
    studio: Studio, clock: time_machine.Traveller
) -> None:
    later = END + timedelta(days=30)
    Photo.objects.filter(group=studio.group).update(expires_at=later)
    Photo.objects.filter(subject=studio.chris).update(expires_at=later)
    LoginCode.objects.update(expires_at=later)

    night(clock, END)

    assert set(Subject.objects.all()) == {studio.anna, studio.bram, studio.chris}
    assert set(Group.objects.all()) == {studio.group, studio.other_group}
    night(clock, later)
    assert Subject.objects.count() == Group.objects.count() == 0


def test_tombstones_stay_until_the_last_photo_of_their_assignment_has_gone(
    studio: Studio, clock: time_machine.Traveller
) -> None:
    photo = Photo.objects.filter(subject=studio.anna).order_by("pk")[0]
    erase(Photo, [photo.pk], reason="self_service", now=NOW)

    night(clock, END - SECOND)
    assert Tombstone.objects.get().content_digest == photo.content_digest
    night(clock, END)
    assert Tombstone.objects.count() == 0


@pytest.mark.parametrize("kind", ["private", "school", "company"])
@pytest.mark.clauses("P54", "P60")
def test_a_client_leaves_the_books_after_seven_financial_years_and_only_totals_stay(
    db: None, clock: time_machine.Traveller, kind: str
) -> None:
    client = create_client(kind=kind, name="Somebody", email="somebody@example.org", now=NOW)
    last_second = datetime(2033, 12, 31, 23, 59, 59, tzinfo=ZONE)

    night(clock, last_second)
    client.refresh_from_db()
    assert (client.name, client.email) == ("Somebody", "somebody@example.org")
    night(clock, last_second + SECOND)
    client.refresh_from_db()
    assert (client.name, client.email) == ("", "")
    assert (client.kind, client.created_at, client.person_erased_at) == (kind, NOW, last_second + SECOND)


def test_an_invoice_keeps_an_assignment_seven_years_longer(studio: Studio, clock: time_machine.Traveller) -> None:
    Assignment.objects.update(term_months=3, term_reference="Mail of A. Person")
    boss = User.objects.create_superuser("boss@example.org", "geheim")
    Assignment.objects.update(term_approved_by=boss)
    note_books_activity(assignment_ids=[studio.assignment.pk], on=datetime(2028, 2, 1, tzinfo=ZONE).date())
    last_second = datetime(2035, 12, 31, 23, 59, 59, tzinfo=ZONE)

    night(clock, last_second)
    assert Assignment.objects.get().title == "School day"
    night(clock, last_second + SECOND)

    row = Assignment.objects.get()
    assert (row.title, row.term_reference, row.term_approved_by) == ("", "-", None)
    assert (row.term_months, row.published_at, row.client_id) == (3, NOW, studio.assignment.client_id)


def test_a_second_night_finds_nothing(studio: Studio, clock: time_machine.Traveller) -> None:
    night(clock, END)
    before = LedgerEntry.objects.filter(event="erased").count()

    night(clock, END + timedelta(hours=1))

    assert LedgerEntry.objects.filter(event="erased").count() == before


def test_the_ledger_says_what_went_and_never_who(studio: Studio, clock: time_machine.Traveller) -> None:
    night(clock, END)

    entry = LedgerEntry.objects.get(event="erased", kind="galleries.photo")
    assert (entry.rule, entry.count, entry.reason) == ("RT01", 6, "sweep")
    assert entry.digest
