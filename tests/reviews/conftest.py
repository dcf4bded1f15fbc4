from collections.abc import Iterator

import pytest
import time_machine

from shop.actions import record_transfer
from shop.models import Order
from tests.accounts.staff import hire
from tests.galleries.studio import NOW
from tests.shop.counter import Counter, open_counter, placed_order


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counter() -> Counter:
    return open_counter()


@pytest.fixture
def paid_order(counter: Counter) -> Order:
    """Anna's order of one print, paid."""
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 1), method="transfer")
    reference = order.payment_reference or ""
    record_transfer(reference=reference, amount_cents=order.total_cents, by=hire(email="bank@jkreeft.example"), now=NOW)
    order.refresh_from_db()
    return order
