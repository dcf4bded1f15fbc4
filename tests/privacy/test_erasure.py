from datetime import datetime, timedelta

import pytest

from accounts.models import StaffRole, User
from galleries.models import Assignment, Client, Group, LoginCode, Photo, Rendition, Subject
from privacy import erasure
from privacy.models import Hold, LedgerEntry, OutgoingMail, Restriction, StoredObject
from privacy.registry import registry

from .conftest import a_mail, an_object

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def an_assignment(now: datetime) -> Assignment:
    client = Client.objects.create(kind="school", name="De Brug", created_at=now, books_year_end=now.date())
    return Assignment.objects.create(client=client, title="Foto's", created_at=now, books_year_end=now.date())


def a_photo(assignment: Assignment, number: str, now: datetime) -> Photo:
    subject = Subject.objects.create(assignment=assignment, number=number)
    photo = Photo.objects.create(
        assignment=assignment,
        subject=subject,
        original=an_object(f"p/{number}.jpg", created=now, attached_at=now),
        content_digest=number,
        width=1,
        height=1,
        uploaded_at=now,
    )
    stored = an_object(f"p/{number}-small.jpg", created=now, attached_at=now)
    Rendition.objects.create(photo=photo, kind="thumbnail", stored=stored)
    return photo


@pytest.mark.clauses("P23", "P87")
def test_rows_go_with_children_and_their_files_are_doomed(now: datetime, scheduled_jobs: list[object]) -> None:
    photo = a_photo(an_assignment(now), "1", now)
    an_object("p/other.jpg", created=now, attached_at=now)
    assert erasure.erase(Photo, [photo.pk], reason="self_service", now=now) == 1
    assert not Photo.objects.exists()
    assert not Rendition.objects.exists()
    doomed = StoredObject.objects.filter(doomed_at=now).values_list("name", flat=True)
    assert set(doomed) == {"p/1.jpg", "p/1-small.jpg"}


def test_each_table_leaves_one_entry_that_names_nobody(now: datetime) -> None:
    assignment = an_assignment(now)
    photos = [a_photo(assignment, str(n), now).pk for n in range(3)]
    erasure.erase(Photo, photos, reason="self_service", now=now)
    entries = LedgerEntry.objects.filter(event="erased").order_by("pk")
    assert [(e.kind, e.count, e.reason) for e in entries] == [
        ("galleries.rendition", 3, "self_service"),
        ("galleries.photo", 3, "self_service"),
    ]
    assert all(entry.digest.startswith("1$") for entry in entries)


def test_grandchildren_go_and_references_that_may_be_empty_stay_without(now: datetime) -> None:
    assignment = an_assignment(now)
    group = Group.objects.create(assignment=assignment, name="3B")
    subject = Subject.objects.create(assignment=assignment, number="1", group=group)
    LoginCode.objects.create(subject=subject, digest="d", encrypted="e", issued_at=now)
    erasure.erase(Group, [group.pk], reason="test", now=now)
    subject.refresh_from_db()
    assert subject.group_id is None
    erasure.erase(Assignment, [assignment.pk], reason="test", now=now)
    assert not Subject.objects.exists()
    assert not LoginCode.objects.exists()


def test_a_protected_row_stops_the_whole_batch(now: datetime) -> None:
    assignment = an_assignment(now)
    free = Client.objects.create(kind="school", name="Los", created_at=now, books_year_end=now.date())
    with pytest.raises(erasure.ProtectedRows, match=r"galleries\.Assignment protects galleries\.Client"):
        erasure.erase(Client, [assignment.client_id, free.pk], reason="test", now=now)
    assert Client.objects.count() == 2
    assert not LedgerEntry.objects.exists()


def test_rows_that_are_gone_already_are_no_error(now: datetime) -> None:
    assert erasure.erase(OutgoingMail, [10_000], reason="test", now=now) == 0
    assert not LedgerEntry.objects.exists()


def test_an_erasure_of_an_app_is_asked_also_for_children(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    user = User.objects.create(email="a@b.nl")
    role = StaffRole.objects.create(user=user, role="front_desk")
    asked: list[tuple[list[int], str, str]] = []

    def mine(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
        asked.append((ids, reason, rule))
        return erasure.erase_rows(StaffRole, ids, reason=reason, rule=rule, now=now)

    monkeypatch.setitem(registry.erasures, StaffRole, mine)  # type: ignore[misc]
    erasure.erase(User, [user.pk], reason="rights", rule="RT32", now=now)
    assert asked == [([role.pk], "rights", "RT32")]
    assert not StaffRole.objects.exists()


def test_many_rows_go_in_chunks(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "CHUNK", 2)
    ids = [a_mail(kept_from=now).pk for _ in range(5)]
    assert erasure.erase(OutgoingMail, ids, reason="test", now=now) == 5
    assert list(LedgerEntry.objects.order_by("pk").values_list("count", flat=True)) == [2, 2, 1]


def place(kind: str, pk: int, now: datetime, *, is_restriction: bool) -> None:
    if is_restriction:
        Restriction.objects.create(kind=kind, object_id=pk, reason="r", created_at=now)
    else:
        Hold.objects.create(kind=kind, object_id=pk, reason="r", created_at=now, until=now + timedelta(days=1))


@pytest.mark.clauses("P88")
@pytest.mark.parametrize("is_restriction", [False, True], ids=["hold", "restriction"])
@pytest.mark.parametrize("on", ["self", "owner", "child", "grandchild", "sibling"])
def test_who_is_held_keeps_what_it_belongs_to_and_what_belongs_to_it(
    on: str, is_restriction: bool, now: datetime
) -> None:
    assignment = an_assignment(now)
    photo = a_photo(assignment, "1", now)
    sibling = a_photo(assignment, "2", now)
    subject = photo.subject
    assert subject is not None
    held = {
        "self": ("galleries.subject", subject.pk),
        "owner": ("galleries.assignment", assignment.pk),
        "child": ("galleries.photo", photo.pk),
        "grandchild": ("galleries.rendition", photo.renditions.get().pk),
        "sibling": ("galleries.photo", sibling.pk),
    }
    place(*held[on], now, is_restriction=is_restriction)
    if on == "sibling":
        assert erasure.erase(Subject, [subject.pk], reason="test", now=now) == 1
        return
    with pytest.raises(erasure.Held):
        erasure.erase(Subject, [subject.pk], reason="test", now=now)
    assert Photo.objects.count() == 2
    assert not StoredObject.objects.filter(doomed_at__isnull=False).exists()


def test_a_hold_that_ended_keeps_nothing(now: datetime) -> None:
    mail = a_mail(kept_from=now)
    Hold.objects.create(kind="privacy.outgoingmail", object_id=mail.pk, reason="r", created_at=now, until=now)
    assert erasure.erase(OutgoingMail, [mail.pk], reason="test", now=now) == 1
