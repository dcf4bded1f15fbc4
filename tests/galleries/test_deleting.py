"""Portraits deleted by who holds a code, as owner, second household, other code holder, stranger and staff."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client as Browser

from accounts.roles import Role
from galleries.actions import issue_code, reprint
from galleries.actions.deleting import MustStay, NothingToDelete, delete_portraits
from galleries.models import Photo, Subject, Tombstone
from privacy import files
from privacy.models import Hold, LedgerEntry, OutgoingMail, StoredObject
from privacy.registry import registry
from privacy.selection import selection
from tests.accounts.staff import at_work

from .studio import NOW, Studio, add_photo, code_of, code_row, enter, fill, open_studio, publish

pytestmark = pytest.mark.postgres


def portraits(subject: Subject) -> list[Photo]:
    return list(Photo.objects.filter(subject=subject).order_by("pk"))


def url_of_all(subject: Subject) -> str:
    return f"/fotos/{code_row(subject).public_id}/verwijderen/"


def url_of(subject: Subject, photo: Photo) -> str:
    return f"/fotos/{code_row(subject).public_id}/{photo.public_id}/verwijderen/"


def sent(*photos: Photo, email: str = "") -> dict[str, Any]:
    return {"photo": [str(photo.public_id) for photo in photos], "email": email}


@pytest.mark.clauses("P32")
def test_the_question_names_how_many_go_for_whom_and_that_it_is_for_good(studio: Studio, anna: Browser) -> None:
    one = anna.get(url_of(studio.anna, portraits(studio.anna)[0])).content.decode()
    all_of_them = anna.get(url_of_all(studio.anna)).content.decode()

    assert "Delete 1 photo for good?" in one
    assert "Delete 2 photos for good?" in all_of_them
    for page in (one, all_of_them):
        assert "others with a code" in page
        assert "cannot be undone" in page
    assert Photo.objects.count() == 6


@pytest.mark.clauses("P22", "P23", "P32")
def test_a_deleted_portrait_is_gone_at_once_for_every_code_with_its_files(
    db: None, clock: time_machine.Traveller, places_of_my_own: Path, client: Browser
) -> None:
    made = open_studio()
    fill(made, content=b"\xff\xd8\xff\xd9")
    publish(made)
    second_household = enter(Browser(), issue_code(subject_id=made.anna.pk, now=NOW))
    first, second = made.anna.codes.order_by("pk")
    enter(client, reprint(code_id=first.pk, by=made.staff, now=NOW))
    photo = portraits(made.anna)[0]
    names = {photo.original.name, photo.thumbnail_name, photo.preview_name}
    here, there = (f"/fotos/{code.public_id}/{photo.public_id}/" for code in (first, second))
    assert second_household.get(there).status_code == client.get(here).status_code == 200

    answer = client.post(f"{here}verwijderen/", sent(photo))
    files.drain()

    assert answer.status_code == 302
    assert client.get(here).status_code == second_household.get(there).status_code == 404
    assert not [name for name in names if (places_of_my_own / name).exists()]
    assert not StoredObject.objects.filter(name__in=names).exists()
    assert Tombstone.objects.get().content_digest == photo.content_digest
    assert all(selection(rule).count_due(NOW) == 0 for rule in registry.sorted_rules())


@pytest.mark.clauses("P32")
def test_all_portraits_go_together_and_the_group_photo_stays(studio: Studio, anna: Browser) -> None:
    answer = anna.post(url_of_all(studio.anna), sent(*portraits(studio.anna)))

    receipt = anna.get(answer["Location"]).content.decode()
    assert "2 photos are deleted" in receipt
    assert not portraits(studio.anna)
    assert Photo.objects.count() == 4
    assert anna.get(f"/fotos/{code_row(studio.anna).public_id}/").status_code == 200


def test_a_code_with_nothing_left_ends_and_its_receipt_can_still_be_read(studio: Studio, anna: Browser) -> None:
    Photo.objects.filter(group=studio.group).delete()
    url = url_of_all(studio.anna)
    going = portraits(studio.anna)

    answer = anna.post(url, sent(*going))

    assert "has ended too" in anna.get(answer["Location"]).content.decode()
    assert anna.get(url).status_code == 410
    assert anna.post(url, sent(*going))["Location"] == answer["Location"]


def test_the_receipt_is_an_entry_of_the_ledger_with_its_moment(studio: Studio, anna: Browser) -> None:
    answer = anna.post(url_of_all(studio.anna), sent(*portraits(studio.anna)))

    entry = LedgerEntry.objects.get(event="receipt")
    page = anna.get(answer["Location"]).content.decode()
    assert (entry.kind, entry.count, entry.reason, entry.at) == ("galleries.photo", 2, "self_service", NOW)
    assert f"<dd>{entry.pk}</dd>" in page
    assert "Thursday 22 October 2026, 09:30" in page


def test_the_same_form_sent_twice_deletes_once_and_shows_the_same_receipt(studio: Studio, anna: Browser) -> None:
    photo = portraits(studio.anna)[0]

    first = anna.post(url_of(studio.anna, photo), sent(photo))
    again = anna.post(url_of(studio.anna, photo), sent(photo))

    assert first["Location"] == again["Location"]
    assert LedgerEntry.objects.filter(event="receipt").count() == 1


def test_a_photo_that_came_after_the_question_is_not_deleted_unseen(studio: Studio, anna: Browser) -> None:
    seen = portraits(studio.anna)
    late = add_photo(studio, subject=studio.anna)
    Photo.objects.filter(pk=late.pk).update(available_from=NOW - timedelta(1), expires_at=NOW + timedelta(1))

    anna.post(url_of_all(studio.anna), sent(*seen))

    assert portraits(studio.anna) == [late]


def test_a_page_that_names_nothing_is_asked_again(studio: Studio, anna: Browser) -> None:
    answer = anna.post(url_of_all(studio.anna), {"photo": ["nonsense", str(uuid4())]})

    assert answer.status_code == 422
    assert "out of date" in answer.content.decode()
    assert len(portraits(studio.anna)) == 2


def test_a_receipt_is_mailed_once_to_the_address_given_and_kept_nowhere_else(studio: Studio, anna: Browser) -> None:
    anna.post(url_of_all(studio.anna), sent(*portraits(studio.anna), email="somebody@example.org"))

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.kind, mail.subject) == ("somebody@example.org", "galleries.deleted", "2 photos are deleted")
    assert f"Number of this receipt: {LedgerEntry.objects.get(event='receipt').pk}" in mail.text
    assert "ordered" not in mail.text
    assert "somebody" not in str(dict(anna.session))


def test_a_wrong_address_deletes_nothing_and_is_shown_again(studio: Studio, anna: Browser) -> None:
    answer = anna.post(url_of_all(studio.anna), sent(*portraits(studio.anna), email="somebody@"))

    assert answer.status_code == 422
    assert 'value="somebody@"' in answer.content.decode()
    assert len(portraits(studio.anna)) == 2
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("days", [-1, 1])
def test_a_hold_keeps_everything_and_the_page_says_so_until_it_ends(studio: Studio, anna: Browser, days: int) -> None:
    kept = portraits(studio.anna)[0]
    Hold.objects.create(
        kind="galleries.photo",
        object_id=kept.pk,
        reason="claim 7",
        owner=studio.staff,
        until=NOW + timedelta(days=days),
        created_at=NOW - timedelta(days=9),
    )

    answer = anna.post(url_of_all(studio.anna), sent(*portraits(studio.anna), email="somebody@example.org"))

    assert (answer.status_code, len(portraits(studio.anna))) == ((409, 2) if days > 0 else (302, 0))
    assert OutgoingMail.objects.exists() is (days < 0)
    assert ("Nothing was deleted" in answer.content.decode()) is (days > 0)


def test_the_action_passes_over_group_photos_and_the_portraits_of_others(studio: Studio) -> None:
    others = Photo.objects.exclude(subject=studio.anna)
    with pytest.raises(NothingToDelete):
        delete_portraits(
            subject_id=studio.anna.pk,
            photo_ids=list(others.values_list("pk", flat=True)),
            email="",
            language="nl",
            now=NOW,
        )
    assert Photo.objects.count() == 6


def test_the_action_says_that_a_held_photo_must_stay(studio: Studio) -> None:
    photo = portraits(studio.anna)[0]
    Hold.objects.create(
        kind="galleries.photo", object_id=photo.pk, reason="7", until=NOW + timedelta(days=1), created_at=NOW
    )
    with pytest.raises(MustStay):
        delete_portraits(subject_id=studio.anna.pk, photo_ids=[photo.pk], email="", language="nl", now=NOW)


def test_a_group_photo_has_no_delete_page_and_its_own_page_lets_one_ask(studio: Studio, anna: Browser) -> None:
    group = Photo.objects.get(group=studio.group)
    own = portraits(studio.anna)[0]
    base = f"/fotos/{code_row(studio.anna).public_id}/"

    assert anna.get(url_of(studio.anna, group)).status_code == 404
    assert anna.post(url_of(studio.anna, group), sent(group)).status_code == 404
    of_group, of_portrait = (anna.get(f"{base}{p.public_id}/").content.decode() for p in (group, own))
    assert f"{base}{group.public_id}/weghalen/" in of_group
    assert "verwijderen" not in of_group
    assert url_of(studio.anna, own) in of_portrait
    assert 'id="group-photo"' in anna.get("/hulp/").content.decode()


@pytest.mark.parametrize("who", ["stranger", "other code", *Role.values])
@pytest.mark.clauses("P36")
def test_without_the_code_nothing_can_be_deleted(studio: Studio, who: str) -> None:
    browser = at_work(Role(who)) if who in Role.values else Browser()
    if who == "other code":
        enter(browser, code_of(studio, studio.bram))
    photo = portraits(studio.anna)[0]

    for url in (url_of(studio.anna, photo), url_of_all(studio.anna)):
        assert browser.get(url).status_code == 404
        assert browser.post(url, sent(photo)).status_code == 404
    assert browser.get(f"/fotos/{code_row(studio.anna).public_id}/verwijderd/").status_code == 404
    assert Photo.objects.count() == 6


def test_another_code_cannot_delete_through_its_own_gallery(studio: Studio) -> None:
    bram = enter(Browser(), code_of(studio, studio.bram))
    photo = portraits(studio.anna)[0]

    assert bram.post(url_of(studio.bram, photo), sent(photo)).status_code == 404
    assert bram.post(url_of_all(studio.bram), sent(photo)).status_code == 422
    assert Photo.objects.count() == 6
