"""No list of the back office shows the title of an assignment that is left alone (art. 18 GDPR), nor of its client."""

import pytest

from accounts.roles import Role
from galleries.models import RemovalCase, Subject
from privacy.actions.exceptions import restrict
from tests.accounts.staff import at_work

from .measuring import aggregate
from .studio import NOW, Studio, add_photo
from .test_recording import record

LISTS = ("assignment", "subject", "photo", "logincode", "extension", "removalcase", "qualityaggregate")
TITLE = "NEEDLE-TITLE"


@pytest.fixture
def busy(studio: Studio) -> Studio:
    """A studio with a row in every list."""
    type(studio.assignment).objects.filter(pk=studio.assignment.pk).update(title=TITLE)
    record(studio)
    photo = add_photo(studio, subject=studio.anna)
    RemovalCase.objects.create(photo=photo, form_token=photo.public_id, received_at=NOW, due_on=NOW.date())
    aggregate(studio)
    return studio


@pytest.mark.clauses("P88")
@pytest.mark.parametrize("kind", ["assignment", "client"])
@pytest.mark.parametrize("model", LISTS)
def test_a_restriction_hides_it_in_every_list_but_from_the_privacy_owner(busy: Studio, model: str, kind: str) -> None:
    desk = at_work(Role.FRONT_DESK, Role.PHOTOGRAPHER)
    owner = at_work(Role.FRONT_DESK, Role.PHOTOGRAPHER, Role.PRIVACY_OWNER)
    address = f"/beheer/galleries/{model}/"
    assert TITLE in desk.get(address).content.decode()
    row = busy.assignment if kind == "assignment" else busy.assignment.client
    restrict(kind=f"galleries.{kind}", object_id=row.pk, reason="art. 18", now=NOW)
    assert TITLE not in desk.get(address).content.decode()
    assert TITLE in owner.get(address).content.decode()


@pytest.mark.clauses("P88")
def test_a_restricted_subject_is_not_named_on_the_page_of_its_assignment(busy: Studio) -> None:
    Subject.objects.filter(pk=busy.anna.pk).update(number="NEEDLE-NUMBER")
    desk = at_work(Role.FRONT_DESK)
    owner = at_work(Role.FRONT_DESK, Role.PRIVACY_OWNER)
    address = f"/beheer/galleries/assignment/{busy.assignment.pk}/change/"
    assert "NEEDLE-NUMBER" in desk.get(address).content.decode()
    restrict(kind="galleries.subject", object_id=busy.anna.pk, reason="art. 18", now=NOW)
    assert "NEEDLE-NUMBER" not in desk.get(address).content.decode()
    assert "NEEDLE-NUMBER" in owner.get(address).content.decode()
