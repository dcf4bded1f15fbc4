"""A customer at a known moment, logged in, for the tests that begin there."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import User
from tests.galleries.studio import NOW

from .customers import customer, log_in


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def user(clock: time_machine.Traveller) -> User:
    return customer(now=NOW)


@pytest.fixture
def visit(user: User) -> Browser:
    visit = Browser()
    log_in(visit)
    return visit
