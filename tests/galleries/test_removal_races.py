"""Two at once about one removal request, on a database that lets two work at once."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from galleries.actions.asking import ask_removal
from galleries.actions.deciding import DecisionRefused, delete_photo, leave_photo, replace_photo
from galleries.actions.swapping import SwapRefused
from galleries.models import HiddenPhoto, Photo, RemovalCase, Subject
from privacy import erasure
from privacy.models import AccessLogEntry, OutgoingMail, StoredObject
from tests import races

from .removals import CAMERA, OTHER
from .studio import NOW, Studio, code_row, fill, open_studio, publish

pytestmark = [
    pytest.mark.postgres,
    races.needs_two_writers,
]
at_once = partial(races.at_once, refusals=(DecisionRefused, SwapRefused))


@pytest.fixture
def studio(transactional_db: None) -> Studio:
    made = open_studio()
    fill(made, content=CAMERA)
    publish(made, now=NOW)
    return made


def asking(studio: Studio, subject: Subject) -> Callable[[], RemovalCase]:
    code, photo = code_row(subject), Photo.objects.get(group=studio.group)

    def ask() -> RemovalCase:
        return ask_removal(
            code_id=code.pk,
            photo_id=photo.public_id,
            note="",
            email="somebody@example.org",
            language="nl",
            form_token=uuid4(),
            now=NOW,
        )

    return ask


def test_one_household_that_asks_twice_at_once_has_one_request(studio: Studio) -> None:
    first, second = at_once(asking(studio, studio.anna), asking(studio, studio.anna))

    assert first == second
    assert RemovalCase.objects.count() == HiddenPhoto.objects.count() == 1


def test_two_households_that_ask_at_once_have_a_request_each(studio: Studio) -> None:
    at_once(asking(studio, studio.anna), asking(studio, studio.bram))

    assert RemovalCase.objects.count() == HiddenPhoto.objects.count() == 2


def test_two_of_the_staff_decide_once(studio: Studio) -> None:
    case = asking(studio, studio.anna)()
    said: dict[str, Any] = {"case_id": case.pk, "explanation": "x", "by": studio.staff, "now": NOW}

    done = at_once(lambda: delete_photo(**said), lambda: leave_photo(**said), lambda: replace_photo(data=OTHER, **said))

    assert sum(one is None for one in done) == 1
    assert RemovalCase.objects.exclude(closed_at=None).count() == 1
    assert OutgoingMail.objects.count() == 1
    assert AccessLogEntry.objects.filter(action__startswith="decide_").count() == 1
    assert not StoredObject.objects.filter(attached_at=None, doomed_at=None).exists()


def test_a_decision_and_the_night_do_not_wait_for_each_other_for_ever(studio: Studio) -> None:
    case = asking(studio, studio.anna)()
    photo = Photo.objects.get(group=studio.group)

    done = at_once(
        lambda: delete_photo(case_id=case.pk, explanation="", by=studio.staff, now=NOW),
        lambda: erasure.erase(Photo, [photo.pk], reason="sweep", now=NOW),
    )

    assert any(one in (None, 1) for one in done)
    assert not Photo.objects.filter(pk=photo.pk).exists()
    assert OutgoingMail.objects.count() == 1
