"""The studio is filled by the real actions and the real import; here with a small studio, so that it takes a second."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from PIL import Image

from accounts.models import User
from accounts.roles import Role
from complaints.models import Complaint, ContactMessage, ReplyTemplate
from galleries.models import Assignment, Client, LoginCode, Photo, RemovalCase, Subject
from jkreeft.demo import filling, ordering, scenes, shooting, showing
from jkreeft.demo.customer import CUSTOMER
from jkreeft.demo.filling import fill, is_complete
from jkreeft.demo.studio import CLUB, COLLEAGUES, OWNER, PURCHASES, SCHOOL, SHOOTS, WARES
from privacy.models import AccessLogEntry, StoredObject
from reviews.models import Review
from shop.models import Draft, Invoice, Order, Product
from shop.states import State

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
# Two children and four players with two portraits each, three of the office, three photos of groups.
PHOTOS = 2 * 2 + 2 + 4 * 2 + 1 + 3
Jobs = Callable[[], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process was killed."""


def silence(_line: str) -> None:
    return None


@pytest.fixture(autouse=True)
def small_studio(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two children of a class, four players, and pictures of a quarter of the size, imported by one process."""
    school = replace(SCHOOL, parties=(replace(SCHOOL.parties[0], sitters=SCHOOL.parties[0].sitters[1:4:2]),))
    club = replace(CLUB, parties=(replace(CLUB.parties[0], sitters=CLUB.parties[0].sitters[:4]),))
    small = (school, club, SHOOTS[2])
    for module in (filling, ordering, showing):
        monkeypatch.setattr(module, "SHOOTS", small)
    monkeypatch.setattr(filling, "PURCHASES", [PURCHASES[0], PURCHASES[1], PURCHASES[4]])

    def smaller(draw: Callable[..., Image.Image]) -> Callable[..., Image.Image]:
        return lambda *args, **kwargs: draw(*args, **kwargs).reduce(4)

    monkeypatch.setattr(filling, "call_command", partial(call_command, jobs=1))
    monkeypatch.setattr(shooting, "portrait", smaller(scenes.portrait))
    monkeypatch.setattr(shooting, "group", smaller(scenes.group))


def counts() -> dict[str, int]:
    models = (
        User,
        Client,
        Assignment,
        Subject,
        LoginCode,
        Photo,
        Product,
        Order,
        Draft,
        Invoice,
        StoredObject,
        RemovalCase,
        Review,
    )
    return {model.__name__: model.objects.count() for model in models} | {"log": AccessLogEntry.objects.count()}


@pytest.fixture
def filled(run_jobs: Jobs) -> None:
    with run_jobs():
        fill(now=NOW, say=silence)


@pytest.mark.usefixtures("filled")
def test_a_filled_studio_has_what_it_promises() -> None:
    assert is_complete()
    assert Photo.objects.count() == PHOTOS
    assert Assignment.objects.filter(published_at=None).count() == 1
    assert {order.state for order in Order.objects.all()} == {State.PLACED, State.PAID, State.DELIVERED}
    assert not Draft.objects.exists()
    assert [case.photo.group.name for case in RemovalCase.objects.open() if case.photo and case.photo.group] == ["4a"]
    assert (ContactMessage.objects.count(), Complaint.objects.count(), ReplyTemplate.objects.count()) == (1, 1, 2)
    assert (Review.objects.shown().count(), Review.objects.waiting(NOW).count()) == (2, 1)
    assert Product.objects.count() == len(WARES)
    assert {row.role for user in User.objects.all() for row in user.role_rows.all()} == set(Role)
    # One gallery is about to expire, the other is not.
    assert 0 <= days_left(CLUB.title) <= 4
    assert days_left(SCHOOL.title) >= 20
    # The camera's card was wiped: originals live in private storage and nowhere else.
    assert list((Path(django_settings.VAR_DIR) / "demo-shoots").rglob("*.jpg")) == []


@pytest.mark.usefixtures("filled")
def test_what_is_told_opens_galleries_and_the_back_office() -> None:
    told = showing.codes(now=NOW)
    assert len({entry["code"] for entry in told}) == len(told) == 6
    assert {entry["family"] for entry in told} >= {"Schelp", "Strand"}
    assert AccessLogEntry.objects.filter(action="reprint").count() == 6, "reading a code is logged here too"
    logins = showing.staff()
    assert [entry["email"] for entry in logins] == [person.email for person in (OWNER, *COLLEAGUES)]
    assert [entry["email"] for entry in showing.customers()] == [CUSTOMER.email]
    assert Order.objects.filter(account__email=CUSTOMER.email).exists(), "the account finds an order"
    for entry in [*logins, *showing.customers()]:
        assert User.objects.get(email=entry["email"]).check_password(entry["password"])


@pytest.mark.usefixtures("filled")
def test_filling_again_changes_nothing_and_brings_nothing_back(run_jobs: Jobs) -> None:
    Photo.objects.filter(assignment__title=CLUB.title).delete()
    before = counts()
    with run_jobs():
        fill(now=NOW, say=silence)
    assert counts() == before


@pytest.mark.parametrize(
    ("step", "nth"),
    [("call_command", 2), ("publish_assignment", 1), ("bring_to_state", 2), ("hand_in", 3), ("write_in", 1)],
)
def test_a_fill_that_was_killed_is_finished_by_the_next_one(
    monkeypatch: pytest.MonkeyPatch, run_jobs: Jobs, step: str, nth: int
) -> None:
    real, calls = getattr(filling, step), []

    def deadly(*args: Any, **kwargs: Any) -> Any:
        calls.append(step)
        if len(calls) == nth:
            raise Killed
        return real(*args, **kwargs)

    with monkeypatch.context() as patch, run_jobs():
        patch.setattr(filling, step, deadly)
        with pytest.raises(Killed):
            fill(now=NOW, say=silence)
    assert not is_complete()
    with run_jobs():
        fill(now=NOW, say=silence)
    assert is_complete()
    found = counts()
    assert (found["Photo"], found["Order"], found["Invoice"], found["Client"]) == (PHOTOS, 3, 2, 3)


def days_left(title: str) -> int:
    ends = set(Photo.objects.filter(assignment__title=title).values_list("expires_at", flat=True))
    assert len(ends) == 1
    end = ends.pop()
    assert end is not None
    return (end - NOW).days
