"""What staff decide about a removal request, and what follows for files, codes, buyers and who asked."""

import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client as Browser
from PIL import Image, ImageStat

from galleries.actions.asking import ask_removal
from galleries.actions.deciding import (
    AlreadyDecided,
    PhotoHeld,
    ReasonMissing,
    delete_photo,
    leave_photo,
    mask_photo,
    replace_photo,
)
from galleries.actions.importing import import_shoot
from galleries.actions.swapping import FileKnown, FileRefused, PhotoChanged, rendered
from galleries.models import HiddenPhoto, Photo, RemovalCase, Tombstone
from privacy import files
from privacy.files import store
from privacy.models import LedgerEntry, OutgoingMail, Restriction, StoredObject
from privacy.registry import registry
from privacy.selection import selection

from .removals import BOX, OTHER, hold, jpeg, who
from .studio import NOW, Studio, code_of, code_row, enter

pytestmark = pytest.mark.postgres


def names_of(photo: Photo) -> set[str]:
    return {photo.original.name, photo.thumbnail_name, photo.preview_name}


def mean_difference(data: bytes, box: tuple[int, int, int, int]) -> float:
    picture = Image.open(io.BytesIO(data)).convert("L").crop(box)
    return float(ImageStat.Stat(picture).stddev[0])


def is_gone(names: set[str], root: Path) -> bool:
    files.drain()
    left = [name for name in names if (root / name).exists()]
    return not left and not StoredObject.objects.filter(name__in=names).exists()


@pytest.mark.clauses("P22", "P23", "P32")
def test_a_masked_photo_shows_nobody_in_the_rectangle_and_the_old_bytes_are_gone(
    made: Studio, photo: Photo, case: RemovalCase, places_of_my_own: Path
) -> None:
    old, before = names_of(photo), photo.content_digest

    mask_photo(case_id=case.pk, box=BOX, **who(made, explanation="Only the left half."))

    photo = Photo.objects.select_related("original").get(pk=photo.pk)
    assert not old & names_of(photo)
    with store.open(photo.original.name) as file:
        masked = file.read()
    assert mean_difference(masked, (4, 4, 40, 26)) < 12 < mean_difference(masked, (56, 4, 92, 60))
    assert b"NEEDLE" not in masked
    for name in (photo.thumbnail_name, photo.preview_name):
        assert store.exists(name)
    assert {one.stored.name for one in photo.renditions.all()} == {photo.thumbnail_name, photo.preview_name}
    assert is_gone(old, places_of_my_own)
    assert Tombstone.objects.get().content_digest == before
    entry = LedgerEntry.objects.get(event="replaced")
    assert (entry.kind, entry.count, entry.reason) == ("galleries.photo", 1, "masked")


def test_the_code_that_asked_sees_the_masked_photo_again_and_everybody_orders_it(
    made: Studio, photo: Photo, case: RemovalCase
) -> None:
    mask_photo(case_id=case.pk, box=BOX, **who(made))
    photo.refresh_from_db()

    for subject in (made.anna, made.bram):
        browser = enter(Browser(), code_of(made, subject))
        assert photo.thumbnail_name in browser.get(f"/fotos/{code_row(subject).public_id}/").content.decode()
    assert not RemovalCase.objects.open().exists()
    assert not HiddenPhoto.objects.exists()


@pytest.mark.clauses("P22")
def test_who_asked_gets_the_outcome_by_mail_and_on_the_page_of_the_request(
    made: Studio, photo: Photo, case: RemovalCase
) -> None:
    mask_photo(case_id=case.pk, box=BOX, **who(made, explanation="We blurred the left half."))

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == ("somebody@example.org", "The photo you asked about is changed")
    assert "can no longer be recognised" in mail.text
    assert "We blurred the left half." in mail.text
    assert str(case.public_id) in mail.text
    assert "back row" not in mail.text
    anna = enter(Browser(HTTP_ACCEPT_LANGUAGE="en"), code_of(made, made.anna))
    page = anna.get(f"/fotos/{code_row(made.anna).public_id}/verzoek/{case.public_id}/").content.decode()
    assert "We blurred the left half." in page


def test_no_import_brings_the_unmasked_photo_back(
    made: Studio, photo: Photo, case: RemovalCase, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    folder = tmp_path / "card" / "groep-3B"
    folder.mkdir(parents=True)
    (folder / "1.jpg").write_bytes(jpeg(9))
    first = import_shoot(assignment_id=made.assignment.pk, folder=folder.parent, jobs=1, clock=lambda: NOW)
    imported = Photo.objects.latest("pk")
    RemovalCase.objects.filter(pk=case.pk).update(photo=imported)
    assert first.imported

    mask_photo(case_id=case.pk, box=BOX, **who(made))
    again = import_shoot(assignment_id=made.assignment.pk, folder=folder.parent, jobs=1, clock=lambda: NOW)

    assert (again.imported, again.deleted) == ([], ["groep-3B/1.jpg"])


def test_a_replaced_photo_is_the_new_file_and_the_old_bytes_are_gone(
    made: Studio, photo: Photo, case: RemovalCase, places_of_my_own: Path
) -> None:
    old, other = names_of(photo), OTHER

    replace_photo(case_id=case.pk, data=other, **who(made))

    photo = Photo.objects.select_related("original").get(pk=photo.pk)
    with store.open(photo.original.name) as file:
        assert file.read() == other
    assert (photo.width, photo.height) == (96, 64)
    assert is_gone(old, places_of_my_own)
    case.refresh_from_db()
    assert (case.decision, case.closed_at) == ("replaced", NOW)


@pytest.mark.parametrize("data", [b"", b"GIF89a....", jpeg()[:900]])
def test_a_file_that_is_no_photo_replaces_nothing_and_leaves_nothing(
    made: Studio, photo: Photo, case: RemovalCase, data: bytes
) -> None:
    count = StoredObject.objects.filter(doomed_at=None).count()
    with pytest.raises(FileRefused):
        replace_photo(case_id=case.pk, data=data, **who(made))
    assert StoredObject.objects.filter(doomed_at=None).count() == count
    assert RemovalCase.objects.open().count() == 1


def test_the_file_that_was_taken_away_cannot_come_back_as_the_replacement(
    made: Studio, photo: Photo, case: RemovalCase
) -> None:
    replace_photo(case_id=case.pk, data=OTHER, **who(made))
    again = ask_removal(
        code_id=code_row(made.bram).pk,
        photo_id=photo.public_id,
        note="",
        email="",
        language="nl",
        form_token=uuid4(),
        now=NOW,
    )
    with pytest.raises(FileKnown):
        replace_photo(case_id=again.pk, data=OTHER, **who(made))
    assert not StoredObject.objects.filter(attached_at=None, doomed_at=None).exists()


@pytest.mark.clauses("P22", "P23")
@pytest.mark.parametrize("whose", ["group", "portrait"])
def test_a_deleted_photo_is_gone_for_everybody_within_the_target(
    made: Studio, photo: Photo, places_of_my_own: Path, desk: Browser, whose: str
) -> None:
    """The whole way of who has no code: a call, a case, and the photo is gone within its three working days."""
    about = photo if whose == "group" else Photo.objects.select_related("original").filter(subject=made.bram)[0]
    names = names_of(about)
    said = {
        "channel": "phone",
        "reference": "call of 22 October",
        "received_on": "2026-10-21",
        "note": "",
        "email": "somebody@example.org",
        "language": "en",
        "token": str(uuid4()),
    }
    answer = desk.post(f"/beheer/galleries/photo/{about.pk}/removal/", said)
    case = RemovalCase.objects.get()
    assert answer["Location"] == f"/beheer/galleries/removalcase/{case.pk}/change/"

    assert desk.post(f"/beheer/galleries/removalcase/{case.pk}/remove/", {}).status_code == 302

    case.refresh_from_db()
    assert (case.decision, case.photo) == ("deleted", None)
    assert case.closed_at is not None
    assert case.closed_at.date() <= case.due_on
    assert not Photo.objects.filter(pk=about.pk).exists()
    assert is_gone(names, places_of_my_own)
    assert OutgoingMail.objects.get().subject == "The photo you asked about is deleted"
    assert all(selection(rule).count_due(NOW) == 0 for rule in registry.sorted_rules())


def test_a_deletion_answers_the_others_who_asked_about_it_too(made: Studio, photo: Photo, case: RemovalCase) -> None:
    other = ask_removal(
        code_id=code_row(made.bram).pk,
        photo_id=photo.public_id,
        note="",
        email="other@example.org",
        language="en",
        form_token=uuid4(),
        now=NOW,
    )

    delete_photo(case_id=case.pk, **who(made))

    other.refresh_from_db()
    assert other.decision == "deleted"
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {"somebody@example.org", "other@example.org"}


def test_a_second_request_keeps_a_masked_photo_from_sale_until_it_is_decided_too(
    made: Studio, photo: Photo, case: RemovalCase
) -> None:
    other = ask_removal(
        code_id=code_row(made.bram).pk,
        photo_id=photo.public_id,
        note="",
        email="",
        language="en",
        form_token=uuid4(),
        now=NOW,
    )

    mask_photo(case_id=case.pk, box=BOX, **who(made))

    assert list(RemovalCase.objects.open()) == [other]
    assert [row.code for row in HiddenPhoto.objects.all()] == [code_row(made.bram)]


@pytest.mark.clauses("P22")
def test_nothing_changes_only_with_a_reason_that_who_asked_reads(made: Studio, photo: Photo, case: RemovalCase) -> None:
    with pytest.raises(ReasonMissing):
        leave_photo(case_id=case.pk, **who(made, explanation="  "))

    leave_photo(case_id=case.pk, **who(made, explanation="Nobody of your household is on it."))

    mail = OutgoingMail.objects.get()
    assert mail.subject == "Our answer: the photo stays as it is"
    assert "Nobody of your household is on it." in mail.text
    assert "Autoriteit Persoonsgegevens" in mail.text
    anna = enter(Browser(), code_of(made, made.anna))
    assert photo.thumbnail_name not in anna.get(f"/fotos/{code_row(made.anna).public_id}/").content.decode()
    assert Photo.objects.filter(pk=photo.pk, original=photo.original).exists()


def decide(way: str, case: RemovalCase, studio: Studio) -> None:
    said = who(studio, explanation="x")
    if way == "mask":
        mask_photo(case_id=case.pk, box=BOX, **said)
    elif way == "replace":
        replace_photo(case_id=case.pk, data=OTHER, **said)
    else:
        {"delete": delete_photo, "leave": leave_photo}[way](case_id=case.pk, **said)


@pytest.mark.parametrize("way", ["mask", "replace", "delete"])
@pytest.mark.parametrize("kept_by", ["hold", "restriction"])
def test_what_a_hold_or_restriction_keeps_stays_as_it_is(
    made: Studio, photo: Photo, case: RemovalCase, way: str, kept_by: str
) -> None:
    if kept_by == "hold":
        hold(photo, made)
    else:
        Restriction.objects.create(kind="galleries.photo", object_id=photo.pk, reason="8", created_at=NOW)
    living = StoredObject.objects.filter(doomed_at=None).count()

    with pytest.raises(PhotoHeld):
        decide(way, case, made)

    assert Photo.objects.get(pk=photo.pk).original == photo.original
    assert StoredObject.objects.filter(doomed_at=None).count() == living
    assert RemovalCase.objects.open().exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("way", ["mask", "replace", "delete", "leave"])
def test_a_request_is_decided_once(made: Studio, photo: Photo, case: RemovalCase, way: str) -> None:
    leave_photo(case_id=case.pk, **who(made, explanation="Decided."))
    with pytest.raises(AlreadyDecided):
        decide(way, case, made)
    assert OutgoingMail.objects.count() == 1
    assert Photo.objects.get(pk=photo.pk).original == photo.original


def test_a_photo_that_changed_while_its_mask_was_made_is_looked_at_again(
    made: Studio, photo: Photo, case: RemovalCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ask_removal(
        code_id=code_row(made.bram).pk,
        photo_id=photo.public_id,
        note="",
        email="",
        language="nl",
        form_token=uuid4(),
        now=NOW,
    )

    def meanwhile(data: bytes) -> Any:
        monkeypatch.setattr("galleries.actions.deciding.rendered", rendered)
        replace_photo(case_id=other.pk, data=OTHER, **who(made))
        return rendered(data)

    monkeypatch.setattr("galleries.actions.deciding.rendered", meanwhile)
    with pytest.raises(PhotoChanged):
        mask_photo(case_id=case.pk, box=BOX, **who(made))
    assert not StoredObject.objects.filter(attached_at=None, doomed_at=None).exists()
    assert list(RemovalCase.objects.open()) == [case]
