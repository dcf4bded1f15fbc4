"""The back office where staff decide about a removal request: who may, what a page says, and the alarm."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from accounts.roles import Role
from galleries.actions.deciding import (
    warn_of_late,
)
from galleries.models import Photo, RemovalCase
from privacy.models import AccessLogEntry, OutgoingMail, Restriction
from tests.accounts.staff import at_work

from .removals import CAMERA, OTHER, hold
from .studio import NOW, Studio

pytestmark = pytest.mark.postgres


DRAWN = {"left": "0", "top": "0.0", "width": "50", "height": "50.0", "explanation": "Left half."}


def test_staff_draw_the_rectangle_on_the_page_and_each_look_is_logged(
    made: Studio, photo: Photo, case: RemovalCase, desk: Browser
) -> None:
    base = f"/beheer/galleries/removalcase/{case.pk}"
    page = desk.get(f"{base}/mask/").content.decode()
    assert "data-mask" in page
    assert "back row" in page
    portraits = Photo.objects.filter(subject=made.anna)
    assert all(f"/beheer/galleries/photo/{portrait.pk}/thumbnail/" in page for portrait in portraits)
    others = Photo.objects.filter(subject=made.bram)
    assert not [one for one in others if f"/photo/{one.pk}/thumbnail/" in page]
    assert b"".join(desk.get(f"{base}/preview/")) == CAMERA  # type: ignore[arg-type]

    assert desk.post(f"{base}/mask/", DRAWN).status_code == 302

    case.refresh_from_db()
    assert (case.decision, case.explanation) == ("masked", "Left half.")
    logged = AccessLogEntry.objects.filter(kind="galleries.removalcase", object_id=case.pk)
    assert {"open", "decide_masked"} <= set(logged.values_list("action", flat=True))
    assert desk.post(f"{base}/mask/", DRAWN).status_code == 302
    assert logged.filter(action="decide_masked").count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"width": ""}, {"width": "0.5"}, {"left": "60"}, {"top": "-1"}, {"height": "101"}, {"left": "nan"}],
)
def test_a_rectangle_that_is_none_masks_nothing(
    made: Studio, photo: Photo, case: RemovalCase, desk: Browser, changes: dict[str, str]
) -> None:
    answer = desk.post(f"/beheer/galleries/removalcase/{case.pk}/mask/", {**DRAWN, **changes})
    assert answer.status_code == 200
    assert "Left half." in answer.content.decode()
    assert RemovalCase.objects.open().exists()


def test_staff_upload_another_photo_and_a_wrong_one_is_explained(
    made: Studio, photo: Photo, case: RemovalCase, desk: Browser
) -> None:
    address = f"/beheer/galleries/removalcase/{case.pk}/replace/"
    assert 'enctype="multipart/form-data"' in desk.get(address).content.decode()
    wrong = desk.post(address, {"file": SimpleUploadedFile("a.jpg", b"GIF89a"), "explanation": "typed"})
    assert wrong.status_code == 200
    assert "kan niet gebruikt worden" in wrong.content.decode()
    assert "typed" in wrong.content.decode()
    right = desk.post(address, {"file": SimpleUploadedFile("a.jpg", OTHER), "explanation": ""})
    assert right.status_code == 302
    assert RemovalCase.objects.get().decision == "replaced"


def test_a_held_photo_is_explained_to_staff(made: Studio, photo: Photo, case: RemovalCase, desk: Browser) -> None:
    hold(photo, made)
    answer = desk.post(f"/beheer/galleries/removalcase/{case.pk}/remove/", {})
    assert "privacyverantwoordelijke" in answer.content.decode()
    assert Photo.objects.filter(pk=photo.pk).exists()


@pytest.mark.parametrize("role", [Role.PHOTOGRAPHER, Role.ADMINISTRATION, Role.PRIVACY_OWNER])
def test_only_the_front_desk_decides(made: Studio, photo: Photo, case: RemovalCase, role: Role) -> None:
    browser = at_work(role)
    for way in ("mask", "replace", "remove", "leave"):
        assert browser.post(f"/beheer/galleries/removalcase/{case.pk}/{way}/", DRAWN).status_code == 403
    assert RemovalCase.objects.open().exists()


def test_a_restricted_photo_takes_its_request_out_of_sight(
    made: Studio, photo: Photo, case: RemovalCase, desk: Browser
) -> None:
    assert desk.get(f"/beheer/galleries/removalcase/{case.pk}/change/").status_code == 200
    Restriction.objects.create(kind="galleries.photo", object_id=photo.pk, reason="8", created_at=NOW)
    assert desk.get(f"/beheer/galleries/removalcase/{case.pk}/mask/").status_code == 404


def test_the_first_page_counts_what_waits_and_alarms_when_it_is_late(
    made: Studio, case: RemovalCase, desk: Browser, clock: time_machine.Traveller
) -> None:
    # Due on Tuesday the 27th: that day is still in time, the next is late.
    address = "/beheer/galleries/removalcase/?state=late"
    clock.move_to(NOW + timedelta(days=5))
    desk = at_work(Role.FRONT_DESK, Role.PHOTOGRAPHER)
    assert "state=open" in desk.get("/beheer/").content.decode()
    assert str(case.pk) not in [str(row.pk) for row in desk.get(address).context["cl"].result_list]
    assert warn_of_late(now=NOW + timedelta(days=5)) == 0

    clock.move_to(NOW + timedelta(days=6))
    assert [row.pk for row in desk.get(address).context["cl"].result_list] == [case.pk]
    assert warn_of_late(now=NOW + timedelta(days=6)) == 1
    assert warn_of_late(now=NOW + timedelta(days=6)) == 0

    mail = OutgoingMail.objects.get()
    assert mail.kind == "galleries.removal_late"
    assert f"verwijderverzoek {case.pk}" in mail.text
    assert "somebody" not in mail.text
