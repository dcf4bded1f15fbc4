"""Two households with a code each for one child, and one family with several codes: what they share and what they never
see of each other (A40)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.cache import caches
from django.test import Client as Browser

from common.periods import ZONE
from galleries.actions import issue_code, reprint
from galleries.models import Extension, LoginCode, Photo, RemovalCase
from privacy.mail import send_waiting
from privacy.models import Consent
from privacy.sweep import run_sweep
from shop.models import Draft, Order
from tests.galleries.studio import NOW, code_row, enter
from tests.shop.counter import (
    TYPED,
    Counter,
    add_fields,
    browser_of,
    checkout_form,
    open_counter,
    order_by,
    put,
)

pytestmark = pytest.mark.postgres

# The client's own month; NOW is 22 October.
OWN = datetime(2026, 11, 23, tzinfo=ZONE)
AGREED = {"capacity": "representative", "consent": "on", "email": "first@example.org"}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counter(db: None, clock: time_machine.Traveller) -> Iterator[Counter]:
    yield open_counter()
    caches["fragments"].clear()


@pytest.fixture
def codes(counter: Counter) -> tuple[LoginCode, LoginCode]:
    issue_code(subject_id=counter.studio.anna.pk, now=NOW)
    first, second = counter.studio.anna.codes.order_by("pk")
    return first, second


def household(counter: Counter, code: LoginCode) -> Browser:
    return enter(Browser(HTTP_ACCEPT_LANGUAGE="en"), reprint(code_id=code.pk, by=counter.studio.staff, now=NOW))


def gallery(code: LoginCode, what: str = "") -> str:
    return f"/fotos/{code.public_id}/{what}"


def portraits(counter: Counter) -> list[Photo]:
    return list(Photo.objects.filter(subject=counter.studio.anna).order_by("pk"))


def everything_seen(browser: Browser, code: LoginCode, photo: Photo) -> str:
    """Every page this household can open, as one text."""
    pages = [
        gallery(code),
        gallery(code, f"{photo.public_id}/"),
        gallery(code, "bewaren/"),
        gallery(code, "verwijderen/"),
        gallery(code, "verwijderd/"),
        "/mandje/",
        "/bestellen/",
    ]
    return "".join(browser.get(page, follow=True).content.decode() for page in pages)


@pytest.mark.clauses("P36")
def test_two_households_see_nothing_of_each_other(counter: Counter, codes: tuple[LoginCode, LoginCode]) -> None:
    photo = counter.photos["anna"]
    here, there = household(counter, codes[0]), household(counter, codes[1])
    before = everything_seen(there, codes[1], photo)

    here.post(gallery(codes[0], "bewaren/"), AGREED)
    here.post(
        "/mandje/toevoegen/",
        {**add_fields(counter.studio.anna, photo, counter.print_, 1), "code": str(codes[0].public_id)},
    )
    here.post("/bestellen/bewaren/", TYPED)
    order = order_by(here)
    here.post(
        "/mandje/toevoegen/",
        {**add_fields(counter.studio.anna, photo, counter.print_, 3), "code": str(codes[0].public_id)},
    )
    asked = {"note": "NEEDLE-NOTE", "email": "", "token": str(uuid4())}
    here.post(gallery(codes[0], f"{counter.photos['group'].public_id}/weghalen/"), asked)
    assert RemovalCase.objects.get().code == codes[0]

    after = everything_seen(there, codes[1], photo)
    for word in (
        "first@example.org",
        TYPED["name"],
        TYPED["street"],
        TYPED["email"],
        order.number,
        "You agreed on",
        "NEEDLE-NOTE",
        "/verzoek/",
    ):
        assert word not in after, word
    assert there.get("/mandje/").context["rows"] == []
    assert there.get(f"/bestelling/{order.public_id}/").status_code == 404
    assert "Keep 48 months longer" in before
    assert Draft.objects.get().code == codes[0]


@pytest.mark.clauses("P31")
def test_a_withdrawal_by_one_keeps_the_photo_and_the_last_takes_it(
    counter: Counter, codes: tuple[LoginCode, LoginCode], clock: time_machine.Traveller
) -> None:
    here, there = household(counter, codes[0]), household(counter, codes[1])
    for browser, code in ((here, codes[0]), (there, codes[1])):
        assert browser.post(gallery(code, "bewaren/"), {**AGREED, "email": ""}).status_code == 302
    clock.move_to(OWN)
    run_sweep(now=OWN)
    here, there = household(counter, codes[0]), household(counter, codes[1])

    going = here.get(gallery(codes[0], "bewaren/")).context["keeping"].going
    answer = here.post(gallery(codes[0], "bewaren/intrekken/"), {"going": str(going)})

    assert answer.status_code == 302
    assert len(portraits(counter)) == 2
    assert there.get(gallery(codes[1])).status_code == 200
    assert "You agreed on" in there.get(gallery(codes[1], "bewaren/")).content.decode()
    assert Consent.objects.filter(withdrawn_at=None).count() == 1

    there.post(gallery(codes[1], "bewaren/intrekken/"), {"going": "2"})

    assert not portraits(counter)
    assert not Extension.objects.standing().exists()


@pytest.mark.clauses("P32")
def test_a_deletion_by_one_is_for_all_and_the_question_says_so(
    counter: Counter, codes: tuple[LoginCode, LoginCode]
) -> None:
    here, there = household(counter, codes[0]), household(counter, codes[1])
    there.post(gallery(codes[1], "bewaren/"), {**AGREED, "email": ""})
    page = here.get(gallery(codes[0], "verwijderen/")).content.decode()
    assert "It goes for everybody: others with a code" in page
    assert "You agreed on" not in page

    here.post(
        gallery(codes[0], "verwijderen/"),
        {"photo": [str(photo.public_id) for photo in portraits(counter)], "email": "first@example.org"},
    )

    assert not portraits(counter)
    assert counter.photos["anna"].thumbnail_name not in there.get(gallery(codes[1])).content.decode()
    assert there.get(gallery(codes[1], "verwijderd/")).status_code == 404
    assert there.get(gallery(codes[1], "bewaren/")).status_code == 404
    send_waiting(now=NOW)
    assert [message.to for message in mail.outbox] == [["first@example.org"]]


def test_a_paid_order_of_the_other_household_is_not_named_at_a_deletion_and_ones_own_is(
    counter: Counter, codes: tuple[LoginCode, LoginCode]
) -> None:
    here, there = household(counter, codes[0]), household(counter, codes[1])
    photo = counter.photos["anna"]
    fields = {**add_fields(counter.studio.anna, photo, counter.print_, 1), "code": str(codes[1].public_id)}
    there.post("/mandje/toevoegen/", fields)
    order = order_by(there, payment_method="demo")
    Order.objects.filter(pk=order.pk).update(state="in_production", paid_at=NOW)
    for line in order.lines.all():
        line.file.kept_from = NOW + timedelta(days=90)
        line.file.save()

    question = f"{photo.public_id}/verwijderen/"
    assert f"Order {order.number} goes on" in there.get(gallery(codes[1], question)).content.decode()
    assert order.number not in here.get(gallery(codes[0], question)).content.decode()


class TestSeveralCodesInOneVisit:
    """One family, two cards, one basket."""

    @pytest.fixture
    def family(self, counter: Counter) -> Browser:
        browser = browser_of(counter, counter.studio.anna)
        return browser_of(counter, counter.studio.chris, browser=browser)

    def test_each_card_has_its_tab_and_both_lines_are_in_one_basket(self, counter: Counter, family: Browser) -> None:
        put(family, counter.studio.anna, counter.photos["anna"], counter.print_)
        put(family, counter.studio.chris, counter.photos["chris"], counter.file)

        page = family.get("/mandje/")

        assert len(page.context["rows"]) == 2
        assert family.session["basket_count"] == 2
        for subject in (counter.studio.anna, counter.studio.chris):
            shown = family.get(gallery(code_row(subject))).content.decode()
            for other in (counter.studio.anna, counter.studio.chris):
                assert f'href="{gallery(code_row(other))}"' in shown

    def test_one_order_holds_both_and_empties_both_baskets(self, counter: Counter, family: Browser) -> None:
        put(family, counter.studio.anna, counter.photos["anna"], counter.print_)
        put(family, counter.studio.chris, counter.photos["chris"], counter.print_)

        order = order_by(family)

        bought = {line.photo_ref for line in order.lines.all()}
        assert bought == {counter.photos["anna"].public_id, counter.photos["chris"].public_id}
        assert not Draft.objects.exists()
        assert order.shipping_cents == 395, "posted once"

    def test_a_code_cannot_order_the_photo_of_the_other_card_under_its_own_name(
        self, counter: Counter, family: Browser
    ) -> None:
        put(family, counter.studio.anna, counter.photos["chris"], counter.print_)
        assert not Draft.objects.exists()

    def test_with_one_card_later_only_its_own_line_is_found(
        self, counter: Counter, family: Browser, clock: time_machine.Traveller
    ) -> None:
        put(family, counter.studio.anna, counter.photos["anna"], counter.print_)
        put(family, counter.studio.chris, counter.photos["chris"], counter.print_)
        alone: Any = browser_of(counter, counter.studio.chris)

        rows = alone.get("/mandje/").context["rows"]

        assert [row["label"] for row in rows] == [f"Portret nr. {counter.photos['chris'].pk}"]
        assert checkout_form(alone)["token"]

    def test_leaving_forgets_every_card(self, counter: Counter, family: Browser) -> None:
        family.post("/verlaten/")
        for subject in (counter.studio.anna, counter.studio.chris):
            assert family.get(gallery(code_row(subject))).status_code == 404
