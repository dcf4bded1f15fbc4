"""A photo somebody asked us to take away: for sale to nobody until that is decided, and every basket says so."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
import time_machine
from django.test import Client as Browser

from galleries.actions.asking import ask_removal
from galleries.models import Photo, RemovalCase
from galleries.wall import photos_of
from shop.actions.baskets import NotForSale, add_line
from shop.basket import read_basket
from shop.models import Draft, DraftLine, Order
from tests.galleries.studio import NOW, code_row

from .counter import Counter, browser_of, checkout_form, open_code, open_counter, order_by, put

pytestmark = pytest.mark.postgres


@pytest.fixture
def counter(db: None) -> Iterator[Counter]:
    with time_machine.travel(NOW, tick=False):
        yield open_counter()


def ask(counter: Counter) -> RemovalCase:
    """Anna's household asks the group photo away."""
    return ask_removal(
        code_id=code_row(counter.studio.anna).pk,
        photo_id=counter.photos["group"].public_id,
        note="",
        email="",
        language="nl",
        form_token=uuid4(),
        now=NOW,
    )


def english(browser: Browser) -> Browser:
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


@pytest.mark.clauses("P32")
def test_a_photo_that_was_asked_away_is_for_sale_to_nobody(counter: Counter) -> None:
    ask(counter)
    for subject in (counter.studio.anna, counter.studio.bram):
        with pytest.raises(NotForSale):
            add_line(
                code=open_code(subject),
                entered_at=NOW,
                photo_id=counter.photos["group"].public_id,
                product_id=counter.print_.public_id,
                quantity=1,
                now=NOW,
            )
    assert not DraftLine.objects.exists()


def test_its_page_says_so_instead_of_the_order_form_and_names_nobody(counter: Counter) -> None:
    bram = english(browser_of(counter, counter.studio.bram))
    address = f"/fotos/{code_row(counter.studio.bram).public_id}/{counter.photos['group'].public_id}/"
    assert "Order this photo" in bram.get(address).content.decode()

    ask(counter)

    page = bram.get(address).content.decode()
    assert "Order this photo" not in page
    assert "Not for sale at the moment" in page


@pytest.mark.clauses("P32")
def test_a_basket_line_of_it_waits_and_says_why_and_comes_back(counter: Counter) -> None:
    bram = english(browser_of(counter, counter.studio.bram))
    put(bram, counter.studio.bram, counter.photos["group"], counter.print_, 2)
    put(bram, counter.studio.bram, counter.photos["bram"], counter.print_)
    case = ask(counter)

    page = bram.get("/mandje/")

    assert len(page.context["rows"]) == 1
    assert [row["label"] for row in page.context["withheld"]] == [f"Group photo no. {counter.photos['group'].pk}"]
    assert page.context["gone"] == 0
    assert "We were asked to look at these photos first" in page.content.decode()
    assert page.context["totals"]["goods"] == "€7.50"
    RemovalCase.objects.filter(pk=case.pk).update(closed_at=NOW, decision="unchanged")
    assert len(bram.get("/mandje/").context["rows"]) == 2


def test_what_waits_cannot_be_ordered_and_stays_when_the_rest_is(counter: Counter) -> None:
    bram = browser_of(counter, counter.studio.bram)
    put(bram, counter.studio.bram, counter.photos["group"], counter.print_)
    put(bram, counter.studio.bram, counter.photos["bram"], counter.print_)
    ask(counter)

    order = order_by(bram)

    assert [line.photo_ref for line in order.lines.all()] == [counter.photos["bram"].public_id]
    assert [line.photo for line in DraftLine.objects.all()] == [counter.photos["group"]]
    assert bram.session["basket_count"] == 1
    assert not Draft.objects.get().details.exists()


def test_a_basket_with_nothing_else_cannot_be_checked_out(counter: Counter) -> None:
    bram = browser_of(counter, counter.studio.bram)
    put(bram, counter.studio.bram, counter.photos["group"], counter.print_)
    filled = checkout_form(bram)
    ask(counter)

    assert bram.post("/bestellen/", filled)["Location"] == "/mandje/"
    assert not Order.objects.exists()
    assert len(bram.get("/mandje/").context["withheld"]) == 1


def test_a_waiting_line_can_be_taken_out(counter: Counter) -> None:
    bram = browser_of(counter, counter.studio.bram)
    put(bram, counter.studio.bram, counter.photos["group"], counter.print_)
    ask(counter)
    row = bram.get("/mandje/").context["withheld"][0]

    bram.post("/mandje/wijzigen/", {"line": row["line"], "quantity": "0"})

    assert not DraftLine.objects.exists()
    assert bram.session["basket_count"] == 0


def test_who_asked_it_away_does_not_see_it_in_the_basket_and_cannot_order_it_afterwards(counter: Counter) -> None:
    anna = browser_of(counter, counter.studio.anna)
    put(anna, counter.studio.anna, counter.photos["group"], counter.print_)
    case = ask(counter)
    RemovalCase.objects.filter(pk=case.pk).update(closed_at=NOW, decision="unchanged")

    page = anna.get("/mandje/")

    assert counter.photos["group"].thumbnail_name not in page.content.decode()
    assert len(page.context["withheld"]) == 1
    assert not read_basket([code_row(counter.studio.anna).pk], now=NOW).lines


def test_a_line_whose_photo_is_deleted_is_gone_and_counted(counter: Counter) -> None:
    bram = english(browser_of(counter, counter.studio.bram))
    put(bram, counter.studio.bram, counter.photos["group"], counter.print_)
    Photo.objects.filter(pk=counter.photos["group"].pk).delete()

    page = bram.get("/mandje/")

    assert page.context["gone"] == 1
    assert "One line is no longer in your basket" in page.content.decode()
    assert counter.photos["group"] not in photos_of(open_code(counter.studio.bram), now=NOW)
