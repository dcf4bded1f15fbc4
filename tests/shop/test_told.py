"""Buyers hear that a photo they bought was changed or deleted at somebody's request, and never whose."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from galleries.actions.asking import record_removal_request
from galleries.actions.deciding import delete_photo, leave_photo
from galleries.models import RemovalCase
from privacy.models import OutgoingMail
from shop.actions.told import tell_buyers
from shop.models import Order, OrderLine
from tests.galleries.studio import NOW

from .counter import BUYER, Counter, open_counter, placed_order

pytestmark = pytest.mark.postgres


@pytest.fixture
def counter(db: None) -> Iterator[Counter]:
    with time_machine.travel(NOW, tick=False):
        yield open_counter()


def asked(counter: Counter) -> RemovalCase:
    return record_removal_request(
        photo_id=counter.photos["group"].pk,
        channel="phone",
        reference="call of 22 October",
        note="NEEDLE-NOTE",
        email="",
        language="nl",
        received_at=NOW,
        form_token=uuid4(),
        by=counter.studio.staff,
        now=NOW,
    )


def told() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind="shop.photo_changed").order_by("pk"))


@pytest.mark.clauses("P32")
def test_each_order_with_the_photo_is_told_once_and_names_nobody(counter: Counter) -> None:
    group, portrait = counter.photos["group"], counter.photos["anna"]
    order = placed_order(counter, (group, counter.print_, 1), (group, counter.file, 1), language="en")
    placed_order(counter, (portrait, counter.print_, 1), language="en")
    case = asked(counter)

    delete_photo(case_id=case.pk, explanation="", by=counter.studio.staff, now=NOW)

    (mail,) = told()
    assert (mail.to, mail.subject) == (BUYER.email, f"About a photo in your order {order.number}")
    assert f"Group photo no. {group.pk}" in mail.text
    assert "We deleted it" in mail.text
    assert "NEEDLE" not in mail.text
    assert "call of" not in mail.text
    assert order.lines.filter(file__isnull=False).count() == 2, "the order goes on with its own copies"


def test_a_photo_that_stays_is_no_news_to_buyers(counter: Counter) -> None:
    placed_order(counter, (counter.photos["group"], counter.print_, 1))
    leave_photo(case_id=asked(counter).pk, explanation="Nobody is on it.", by=counter.studio.staff, now=NOW)
    assert not told()


@pytest.mark.parametrize("why", ["cancelled", "lapsed", "six months later"])
def test_who_has_no_order_of_it_any_more_is_left_in_peace(counter: Counter, why: str) -> None:
    order = placed_order(counter, (counter.photos["group"], counter.print_, 1))
    now = NOW
    if why == "cancelled":
        Order.objects.filter(pk=order.pk).update(state="cancelled")
    elif why == "lapsed":
        now = NOW + timedelta(days=21)
    else:
        Order.objects.filter(pk=order.pk).update(state="delivered")
        OrderLine.objects.update(photo_ref=None)

    tell_buyers(photo=counter.photos["group"], decision="masked", now=now)

    assert not told()
