from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from galleries.models import LoginCode, Photo, Subject
from privacy.models import Restriction, StoredObject

from .studio import NOW, Studio, add_photo, code_row

pytestmark = pytest.mark.postgres


def opened(subject: Subject) -> set[Photo]:
    photos = Photo.objects.opened_by(subject_id=subject.pk, group_id=subject.group_id)
    return set(photos.visible(NOW))


def test_a_subject_opens_its_portraits_and_its_groups_photos(studio: Studio) -> None:
    assert opened(studio.anna) == set(Photo.objects.filter(subject=studio.anna)) | set(
        Photo.objects.filter(group=studio.group)
    )


def test_a_subject_without_a_group_opens_its_portraits_alone(studio: Studio) -> None:
    Subject.objects.filter(pk=studio.anna.pk).update(group=None)
    studio.anna.refresh_from_db()

    assert opened(studio.anna) == set(Photo.objects.filter(subject=studio.anna))


def test_what_is_not_published_or_past_its_term_is_not_visible(studio: Studio) -> None:
    unpublished = add_photo(studio, subject=studio.anna)
    end = Photo.objects.filter(subject=studio.anna, expires_at__isnull=False)[0].expires_at
    assert end is not None

    assert unpublished not in Photo.objects.visible(NOW)
    assert Photo.objects.visible(NOW - timedelta(microseconds=1)).count() == 0
    assert Photo.objects.visible(NOW).count() == 6
    assert Photo.objects.visible(end - timedelta(microseconds=1)).count() == 6
    assert Photo.objects.visible(end).count() == 0


@pytest.mark.parametrize(("kind", "left"), [("photo", 5), ("subject", 4), ("group", 5), ("assignment", 0)])
def test_what_is_restricted_is_not_visible_until_the_restriction_is_lifted(
    studio: Studio, kind: str, left: int
) -> None:
    rows = {
        "photo": Photo.objects.filter(subject=studio.anna)[0].pk,
        "subject": studio.anna.pk,
        "group": studio.group.pk,
        "assignment": studio.assignment.pk,
    }
    restriction = Restriction.objects.create(
        kind=f"galleries.{kind}", object_id=rows[kind], reason="asked", created_at=NOW
    )
    assert Photo.objects.visible(NOW).count() == left

    restriction.lifted_at = NOW
    restriction.save()
    assert Photo.objects.visible(NOW).count() == 6


def test_a_restriction_on_something_else_with_the_same_key_hides_nothing(studio: Studio) -> None:
    photo = Photo.objects.filter(subject=studio.anna)[0]
    Restriction.objects.create(kind="shop.order", object_id=photo.pk, reason="asked", created_at=NOW)

    assert Photo.objects.visible(NOW).count() == 6


def test_open_codes_are_neither_revoked_nor_expired_nor_restricted(studio: Studio) -> None:
    anna, bram, chris = (code_row(subject) for subject in (studio.anna, studio.bram, studio.chris))
    assert set(LoginCode.objects.open(NOW)) == {anna, bram, chris}

    LoginCode.objects.filter(pk=anna.pk).update(revoked_at=NOW)
    LoginCode.objects.filter(pk=bram.pk).update(expires_at=NOW)
    Restriction.objects.create(kind="galleries.logincode", object_id=chris.pk, reason="asked", created_at=NOW)

    assert not LoginCode.objects.open(NOW).exists()


def test_a_code_that_still_waits_for_its_photos_is_open(studio: Studio) -> None:
    row = code_row(studio.anna)
    LoginCode.objects.filter(pk=row.pk).update(expires_at=None)

    assert row in LoginCode.objects.open(NOW)


def test_a_wall_is_found_by_an_index_among_thousands_of_photos(studio: Studio) -> None:
    shown = Photo.objects.filter(subject=studio.chris)[0]
    stored = StoredObject.objects.bulk_create(
        [StoredObject(name=f"original/{uuid4().hex}.jpg", created_at=NOW, attached_at=NOW) for _ in range(5000)]
    )
    Photo.objects.bulk_create(
        [
            Photo(
                assignment=studio.assignment,
                subject=studio.chris,
                original=one,
                content_digest=f"1${one.pk}",
                width=4000,
                height=6000,
                uploaded_at=NOW,
                available_from=shown.available_from,
                expires_at=shown.expires_at,
            )
            for one in stored
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    photos = Photo.objects.visible(NOW).opened_by(subject_id=studio.anna.pk, group_id=studio.group.pk)
    plan = photos.explain()

    assert "Seq Scan on galleries_photo" not in plan
    assert "SCAN galleries_photo" not in plan
    assert "subject" in plan.partition("galleries_photo")[2]
