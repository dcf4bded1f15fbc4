from collections.abc import Iterator

import pytest
import time_machine

from .studio import NOW, Studio, fill, open_studio, publish


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
