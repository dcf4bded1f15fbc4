from collections.abc import Iterator

import pytest
import time_machine

from tests.galleries.studio import NOW

from .counter import Counter, open_counter


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock stands at the moment of publication until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counter(db: None, clock: time_machine.Traveller) -> Counter:
    return open_counter()
