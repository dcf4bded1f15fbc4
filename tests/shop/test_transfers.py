"""Nothing leaves for a lab or a carrier without a valid agreement (P83)."""

import pytest
from django.test import Client as Browser
from django.utils import translation

from accounts.roles import Role
from privacy.declarations import Recipient
from privacy.models import DataRecipient
from shop.actions.moves import MoveRefused, move_order
from shop.models import Order, OrderFile
from shop.states import State
from tests.accounts.staff import at_work
from tests.galleries.studio import NOW

from .counter import Counter, browser_of, order_by, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(counter: Counter) -> Browser:
    return at_work(Role.FRONT_DESK)


def ordered(counter: Counter, *, product: str = "print_") -> Order:
    """A paid order that is being made."""
    browser = browser_of(counter, counter.studio.anna)
    put(browser, counter.studio.anna, counter.photos["anna"], getattr(counter, product))
    order = order_by(browser)
    Order.objects.filter(pk=order.pk).update(state=State.IN_PRODUCTION, paid_at=NOW)
    return Order.objects.get(pk=order.pk)


def end_agreement(category: Recipient) -> None:
    DataRecipient.objects.filter(category=category).update(valid_until="2020-01-01")


@pytest.mark.clauses("P83")
def test_a_print_file_stays_here_without_a_lab_that_has_an_agreement(counter: Counter, desk: Browser) -> None:
    file = OrderFile.objects.get(line__order=ordered(counter))
    address = f"/beheer/shop/order/{file.line.order_id}/print/{file.line_id}/"
    sent = desk.get(address)
    assert sent.status_code == 200
    assert b"".join(sent)

    end_agreement(Recipient.PRINT_LAB)
    refused = desk.get(address, follow=True, headers={"Accept-Language": "en"})
    assert refused.redirect_chain
    assert "No print lab has a valid agreement with us" in refused.content.decode()


@pytest.mark.clauses("P82")
def test_a_lab_gets_the_picture_and_nothing_that_names_anybody(counter: Counter, desk: Browser) -> None:
    order = ordered(counter)
    file = OrderFile.objects.get(line__order=order)
    sent = desk.get(f"/beheer/shop/order/{order.pk}/print/{file.line_id}/")
    told = f"{sent['Content-Disposition']}".encode() + b"".join(sent)
    for word in (order.name, order.street, order.postcode, order.email, "NEEDLE"):
        assert word.encode() not in told


@pytest.mark.clauses("P83")
def test_prints_are_not_sent_without_a_carrier_that_has_an_agreement(counter: Counter) -> None:
    order = ordered(counter)
    end_agreement(Recipient.CARRIER)
    with pytest.raises(MoveRefused) as refusal, translation.override("en"):
        move_order(order_id=order.pk, after=State.SHIPPED, by=None, now=NOW)
    assert "carrier" in str(refusal.value.message)
    assert Order.objects.get(pk=order.pk).state == State.IN_PRODUCTION


def test_files_need_no_carrier(counter: Counter) -> None:
    order = ordered(counter, product="file")
    end_agreement(Recipient.CARRIER)
    assert move_order(order_id=order.pk, after=State.SHIPPED, by=None, now=NOW).state == State.SHIPPED
