from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.cache import caches
from django.test import Client as Browser

from accounts.roles import Role
from galleries.actions import create_subject, issue_code
from galleries.actions.asking import ask_removal
from galleries.models import LoginCode, Photo, RemovalCase
from galleries.models.quality import FEWEST_SUBJECTS
from galleries.tasks import remind
from tests.accounts.staff import at_work

from .measuring import GREY
from .removals import CAMERA
from .studio import NOW, Studio, add_photo, code_of, code_row, enter, fill, open_studio, publish

RunJobs = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock stands at the moment of publication until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def studio(db: None, clock: time_machine.Traveller) -> Studio:
    """An assignment with photos, published now."""
    made = open_studio()
    fill(made)
    publish(made)
    return made


@pytest.fixture
def made(db: None, clock: time_machine.Traveller) -> Iterator[Studio]:
    """A published studio whose photos have bytes."""
    studio = open_studio()
    fill(studio, content=CAMERA)
    publish(studio)
    yield studio
    caches["fragments"].clear()


@pytest.fixture
def photo(made: Studio) -> Photo:
    """The photo of Anna's and Bram's group."""
    return Photo.objects.select_related("original").get(group=made.group)


@pytest.fixture
def case(made: Studio, photo: Photo) -> RemovalCase:
    """Anna's household asked the group photo away."""
    return ask_removal(
        code_id=code_row(made.anna).pk,
        photo_id=photo.public_id,
        note="back row",
        email="somebody@example.org",
        language="en",
        form_token=uuid4(),
        now=NOW,
    )


@pytest.fixture
def desk(made: Studio) -> Browser:
    """Who decides about it."""
    return at_work(Role.FRONT_DESK)


@pytest.fixture
def first(studio: Studio) -> LoginCode:
    """The code of the household that was there first."""
    return code_row(studio.anna)


@pytest.fixture
def second(studio: Studio, first: LoginCode) -> LoginCode:
    """The code of another household for the same subject."""
    issue_code(subject_id=studio.anna.pk, now=NOW)
    return code_row(studio.anna)


@pytest.fixture
def anna(studio: Studio, client: Browser) -> Iterator[Browser]:
    """A browser of Anna's household, which reads English."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    yield enter(client, code_of(studio, studio.anna))
    caches["fragments"].clear()


@pytest.fixture
def school(db: None, clock: time_machine.Traveller) -> Studio:
    """An assignment of exactly as many subjects as it takes, each with one portrait; one of them has two."""
    studio = open_studio()
    subjects = [studio.anna, studio.bram, studio.chris]
    subjects += [
        create_subject(assignment_id=studio.assignment.pk, number=str(number), now=NOW)
        for number in range(4, FEWEST_SUBJECTS + 1)
    ]
    for subject in subjects:
        add_photo(studio, subject=subject, content=GREY)
    add_photo(studio, subject=studio.anna, content=GREY)
    add_photo(studio, group=studio.group, content=GREY)
    publish(studio)
    return studio


@pytest.fixture
def code(studio: Studio) -> LoginCode:
    """The code of Anna's household."""
    return code_row(studio.anna)


@pytest.fixture
def morning(clock: time_machine.Traveller, run_jobs: RunJobs) -> Callable[[datetime], list[str]]:
    """What the daily job sends at a moment: the subjects of its mails."""

    def at(moment: datetime) -> list[str]:
        clock.move_to(moment)
        before = len(mail.outbox)
        with run_jobs():
            remind()
        return [message.subject for message in mail.outbox[before:]]

    return at
