"""What follows when photos are erased, whoever asked."""

from datetime import timedelta

import pytest

from galleries.models import Assignment, Group, LoginCode, Photo, Rendition, Subject, Tombstone
from privacy.erasure import erase
from privacy.models import StoredObject

from .studio import NOW, Studio, add_photo, code_row, fill, open_studio, publish

pytestmark = pytest.mark.postgres
LATER = NOW + timedelta(days=2)


def remove(*photos: Photo) -> int:
    return erase(Photo, [photo.pk for photo in photos], reason="self_service", now=LATER)


def photos_of(subject: Subject) -> list[Photo]:
    return list(Photo.objects.filter(subject=subject).order_by("pk"))


@pytest.mark.clauses("P22", "P23")
def test_a_removed_photo_takes_its_renditions_and_dooms_all_its_files(studio: Studio) -> None:
    photo = photos_of(studio.anna)[0]
    names = {photo.original.name, photo.thumbnail_name, photo.preview_name}

    assert remove(photo) == 1

    assert not Photo.objects.filter(pk=photo.pk).exists()
    assert not Rendition.objects.filter(photo_id=photo.pk).exists()
    assert set(StoredObject.objects.filter(doomed_at=LATER).values_list("name", flat=True)) == names


def test_a_removed_photo_leaves_a_tombstone_in_its_assignment(studio: Studio) -> None:
    photo = photos_of(studio.anna)[0]

    remove(photo)

    stone = Tombstone.objects.get()
    assert (stone.assignment, stone.content_digest, stone.emptied_at) == (
        studio.assignment,
        photo.content_digest,
        None,
    )


def test_every_removal_makes_the_kept_walls_stale(studio: Studio) -> None:
    before = Assignment.objects.get().revision

    remove(photos_of(studio.anna)[0])

    assert Assignment.objects.get().revision == before + 1


def test_a_subject_with_photos_left_alone_or_in_its_group_is_not_emptied(studio: Studio) -> None:
    remove(*photos_of(studio.anna))

    assert not Subject.objects.filter(emptied_at__isnull=False).exists()
    assert code_row(studio.anna).expires_at == Photo.objects.get(group=studio.group).expires_at


def test_with_its_last_photo_a_subject_is_emptied_and_its_code_ends(studio: Studio) -> None:
    remove(*photos_of(studio.anna), Photo.objects.get(group=studio.group))

    assert {s.pk: s.emptied_at for s in Subject.objects.all()} == {
        studio.anna.pk: LATER,
        studio.bram.pk: None,
        studio.chris.pk: None,
    }
    assert code_row(studio.anna).expires_at == LATER
    assert Group.objects.get(pk=studio.group.pk).emptied_at is None


def test_a_group_is_emptied_with_the_last_photo_of_it_and_of_its_members(studio: Studio) -> None:
    remove(Photo.objects.get(group=studio.group), *photos_of(studio.anna), *photos_of(studio.bram))

    assert Group.objects.get(pk=studio.group.pk).emptied_at == LATER
    assert Group.objects.get(pk=studio.other_group.pk).emptied_at is None


def test_with_the_last_photo_of_an_assignment_everything_in_it_is_emptied(studio: Studio) -> None:
    remove(photos_of(studio.anna)[0])

    remove(*Photo.objects.all())

    for model in (Subject, Group, Tombstone):
        assert set(model.objects.values_list("emptied_at", flat=True)) == {LATER}, model
    assert set(LoginCode.objects.values_list("expires_at", flat=True)) == {LATER}


def test_another_assignment_keeps_all_it_has(studio: Studio) -> None:
    other = open_studio()
    fill(other)
    publish(other)

    remove(*Photo.objects.filter(assignment=studio.assignment))

    assert Photo.objects.filter(assignment=other.assignment).count() == 6
    assert not Subject.objects.filter(assignment=other.assignment, emptied_at__isnull=False).exists()
    assert Assignment.objects.get(pk=other.assignment.pk).revision == 1


def test_removing_what_is_gone_does_nothing(studio: Studio) -> None:
    photo = photos_of(studio.anna)[0]
    remove(photo)

    assert remove(photo) == 0
    assert Tombstone.objects.count() == 1


def test_a_photo_that_comes_back_after_a_removal_keeps_its_subject(studio: Studio) -> None:
    remove(*photos_of(studio.anna), Photo.objects.get(group=studio.group))

    add_photo(studio, subject=studio.anna)

    assert Subject.objects.get(pk=studio.anna.pk).emptied_at is None
