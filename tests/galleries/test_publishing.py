from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from common.periods import ZONE
from galleries.actions import change_term, create_assignment, make_available, publish_assignment
from galleries.actions.clients import OwnerMissing, ReferenceMissing
from galleries.actions.publishing import AlreadyPublished, NothingToPublish, NotPublished, NotReady, TermNotApproved
from galleries.models import Acceptance, Assignment, Client, Group, LoginCode, Photo, Subject
from privacy.models import AccessLogEntry

from .dossier import accept
from .studio import NOW, Studio, add_photo, code_row, fill, open_studio, publish

pytestmark = pytest.mark.postgres
END = datetime(2026, 11, 23, tzinfo=ZONE)


@pytest.fixture
def unpublished(db: None) -> Studio:
    made = open_studio()
    fill(made)
    return made


@pytest.fixture
def owner(db: None) -> User:
    user = User.objects.create_user("owner@example.org", "geheim", is_staff=True)
    user.role_rows.create(role=Role.PRIVACY_OWNER)
    return user


@pytest.mark.clauses("P17")
def test_publication_gives_every_photo_its_month_to_the_end_of_its_last_day(unpublished: Studio) -> None:
    count = publish_assignment(assignment_id=unpublished.assignment.pk, by=unpublished.staff, now=NOW)

    assert count == 6
    assert set(Photo.objects.values_list("available_from", "expires_at")) == {(NOW, END)}
    assignment = Assignment.objects.get()
    assert assignment.published_at == NOW
    assert assignment.revision == 1


def test_publication_locks_photos_before_their_assignment_as_the_night_does(unpublished: Studio) -> None:
    with CaptureQueriesContext(connection) as captured:
        publish_assignment(assignment_id=unpublished.assignment.pk, by=unpublished.staff, now=NOW)

    read = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    photos = next(place for place, sql in enumerate(read) if 'FROM "galleries_photo"' in sql)
    assignment = next(place for place, sql in enumerate(read) if 'FROM "galleries_assignment"' in sql)
    assert photos < assignment
    if connection.features.has_select_for_update:
        assert "FOR UPDATE" in read[photos]
        assert "FOR UPDATE" in read[assignment]


@pytest.mark.clauses("P25")
def test_each_subject_on_a_photo_gets_one_code_that_lives_as_long_as_its_photos(unpublished: Studio) -> None:
    publish(unpublished)

    codes = LoginCode.objects.values_list("subject_id", "expires_at", "issued_at")

    assert sorted(codes) == [(s.pk, END, NOW) for s in (unpublished.anna, unpublished.bram, unpublished.chris)]


def test_a_subject_on_the_group_photo_alone_gets_a_code_and_one_on_no_photo_gets_none(db: None) -> None:
    studio = open_studio()
    add_photo(studio, group=studio.group)

    publish(studio)

    assert set(LoginCode.objects.values_list("subject_id", flat=True)) == {studio.anna.pk, studio.bram.pk}


def test_publication_is_done_once_and_only_with_photos(unpublished: Studio, db: None) -> None:
    publish(unpublished)
    with pytest.raises(AlreadyPublished):
        publish(unpublished)

    empty = create_assignment(client_id=unpublished.assignment.client_id, title="Empty", now=NOW)
    accept(empty.pk, now=NOW)
    with pytest.raises(NotReady) as refused:
        publish_assignment(assignment_id=empty.pk, by=unpublished.staff, now=NOW)
    assert [item.key for item in refused.value.items] == ["photos"]
    empty.refresh_from_db()
    assert empty.published_at is None


@pytest.mark.clauses("P34")
def test_without_accepted_terms_nothing_goes_online(unpublished: Studio) -> None:
    Acceptance.objects.all().delete()

    with pytest.raises(NotReady) as refused:
        publish(unpublished)

    assert [item.key for item in refused.value.items] == ["acceptance"]
    assert not Photo.objects.filter(available_from__isnull=False).exists()
    accept(unpublished.assignment.pk, now=NOW)
    publish(unpublished)
    assert not Photo.objects.filter(available_from=None).exists()


def test_publication_is_in_the_access_log(unpublished: Studio) -> None:
    publish(unpublished)

    entry = AccessLogEntry.objects.get(action="publish")
    assert (entry.user, entry.object_id) == (unpublished.staff, unpublished.assignment.pk)


def test_a_late_photo_gets_its_own_whole_month_and_its_code_lives_as_long(unpublished: Studio) -> None:
    publish(unpublished)
    late = add_photo(unpublished, subject=unpublished.anna)
    later = NOW + timedelta(days=10)

    assert make_available(assignment_id=unpublished.assignment.pk, photo_ids=[late.pk], now=later) == 1

    late.refresh_from_db()
    end = datetime(2026, 12, 2, tzinfo=ZONE)
    assert (late.available_from, late.expires_at) == (later, end)
    assert code_row(unpublished.anna).expires_at == end
    assert code_row(unpublished.bram).expires_at == END
    assert Photo.objects.filter(expires_at=END).count() == 6
    assert Assignment.objects.get().revision == 2


def test_a_late_group_photo_lengthens_the_codes_of_its_group_only(unpublished: Studio) -> None:
    publish(unpublished)
    late = add_photo(unpublished, group=unpublished.group)

    make_available(assignment_id=unpublished.assignment.pk, photo_ids=[late.pk], now=NOW + timedelta(days=10))

    ends = [code_row(subject).expires_at for subject in (unpublished.anna, unpublished.bram, unpublished.chris)]
    assert ends == [datetime(2026, 12, 2, tzinfo=ZONE)] * 2 + [END]


def test_what_is_online_does_not_start_again(unpublished: Studio) -> None:
    publish(unpublished)
    ids = list(Photo.objects.values_list("pk", flat=True))

    with pytest.raises(NothingToPublish):
        make_available(assignment_id=unpublished.assignment.pk, photo_ids=ids, now=NOW + timedelta(days=10))

    assert set(Photo.objects.values_list("expires_at", flat=True)) == {END}


def test_late_photos_follow_a_publication_and_stay_in_their_assignment(unpublished: Studio) -> None:
    ids = list(Photo.objects.values_list("pk", flat=True))
    with pytest.raises(NotPublished):
        make_available(assignment_id=unpublished.assignment.pk, photo_ids=ids, now=NOW)

    publish(unpublished)
    other = open_studio()
    theirs = add_photo(other, subject=other.anna)
    with pytest.raises(NothingToPublish):
        make_available(assignment_id=unpublished.assignment.pk, photo_ids=[theirs.pk], now=NOW)


@pytest.mark.clauses("P18")
def test_another_term_needs_its_written_reference(unpublished: Studio) -> None:
    client_id = unpublished.assignment.client_id
    with pytest.raises(ReferenceMissing):
        create_assignment(client_id=client_id, title="Team", term_months=2, now=NOW)
    with pytest.raises(ReferenceMissing):
        change_term(assignment_id=unpublished.assignment.pk, months=2, reference="  ", now=NOW)

    made = create_assignment(client_id=client_id, title="Team", term_months=2, term_reference="Mail of 1 May", now=NOW)
    assert made.term_months == 2


@pytest.mark.clauses("P18")
def test_more_than_twelve_months_needs_the_owner(unpublished: Studio, owner: User) -> None:
    pk = unpublished.assignment.pk
    change_term(assignment_id=pk, months=12, reference="Contract 7", now=NOW)
    for nobody in (None, unpublished.staff):
        with pytest.raises(OwnerMissing):
            change_term(assignment_id=pk, months=13, reference="Contract 7", approved_by=nobody, now=NOW)

    change_term(assignment_id=pk, months=13, reference="Contract 7", approved_by=owner, now=NOW)
    publish(unpublished)

    assert Assignment.objects.get().term_approved_by == owner
    assert set(Photo.objects.values_list("expires_at", flat=True)) == {datetime(2027, 11, 23, tzinfo=ZONE)}


def test_a_long_term_without_approval_is_not_published(unpublished: Studio) -> None:
    Assignment.objects.update(term_months=13, term_reference="Contract 7")

    with pytest.raises(NotReady) as refused:
        publish(unpublished)

    assert [item.key for item in refused.value.items] == ["term"]
    assert Photo.objects.filter(expires_at__isnull=False).count() == 0


def test_late_photos_of_a_long_term_need_its_approval_too(unpublished: Studio) -> None:
    publish(unpublished)
    late = add_photo(unpublished, subject=unpublished.anna)
    Assignment.objects.update(term_months=13, term_reference="Contract 7")
    with pytest.raises(TermNotApproved):
        make_available(assignment_id=unpublished.assignment.pk, photo_ids=[late.pk], now=NOW)
    Assignment.objects.update(term_months=1)
    with pytest.raises(NothingToPublish):
        make_available(assignment_id=unpublished.assignment.pk, photo_ids=[], now=NOW)


def test_a_term_agreed_later_counts_from_each_photos_own_start(unpublished: Studio) -> None:
    publish(unpublished)
    late = add_photo(unpublished, subject=unpublished.anna)
    make_available(assignment_id=unpublished.assignment.pk, photo_ids=[late.pk], now=NOW + timedelta(days=10))

    change_term(assignment_id=unpublished.assignment.pk, months=3, reference="Mail of 1 May", now=NOW)

    late.refresh_from_db()
    assert late.expires_at == datetime(2027, 2, 2, tzinfo=ZONE)
    assert Photo.objects.filter(expires_at=datetime(2027, 1, 23, tzinfo=ZONE)).count() == 6
    assert code_row(unpublished.anna).expires_at == late.expires_at
    assert Assignment.objects.get().books_year_end == date(2027, 12, 31)
    assert Assignment.objects.get().revision == 3


@pytest.mark.parametrize(
    ("early", "end"), [(timedelta(microseconds=1), datetime(2027, 1, 23, tzinfo=ZONE)), (timedelta(0), END)]
)
def test_a_term_agreed_after_the_last_day_brings_nothing_back(
    unpublished: Studio, early: timedelta, end: datetime
) -> None:
    publish(unpublished)

    change_term(assignment_id=unpublished.assignment.pk, months=3, reference="Mail of 1 May", now=END - early)

    assert set(Photo.objects.values_list("expires_at", flat=True)) == {end}


def test_publication_keeps_the_books_of_the_year_in_which_the_photos_go(db: None) -> None:
    december = datetime(2026, 12, 10, 12, tzinfo=UTC)
    studio = open_studio(now=december)
    fill(studio, now=december)
    assert Client.objects.get().books_year_end == date(2026, 12, 31)

    publish(studio, now=december)

    assert Assignment.objects.get().books_year_end == date(2027, 12, 31)
    assert Client.objects.get().books_year_end == date(2027, 12, 31)


def test_whoever_is_on_a_published_photo_waits_for_photos_no_longer(db: None) -> None:
    studio = open_studio()
    add_photo(studio, group=studio.group)
    Group.objects.update(emptied_at=NOW + timedelta(days=60))

    publish(studio)

    waiting = set(Subject.objects.filter(emptied_at__isnull=False).values_list("pk", flat=True))
    assert waiting == {studio.chris.pk}
    assert list(Group.objects.filter(emptied_at__isnull=False)) == [studio.other_group]
