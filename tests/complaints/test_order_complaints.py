"""A complaint from the page of an order, as its buyer makes it and as staff see it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from accounts.roles import Role
from complaints.actions import close_complaint, erase_on_request
from complaints.models import Complaint, ComplaintCount, Letter
from complaints.order_views import PER_MAILBOX
from privacy import files
from privacy.actions.exceptions import restrict
from privacy.dossier import dossier
from privacy.models import OutgoingMail, StoredObject
from privacy.people import Person
from privacy.sweep import run_sweep
from shop.emails import order_link
from shop.models import Order
from tests.accounts.staff import at_work, hire
from tests.galleries.studio import NOW
from tests.shop.counter import Counter, open_counter, placed_order

pytestmark = pytest.mark.postgres
ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counter() -> Counter:
    return open_counter()


@pytest.fixture
def order(counter: Counter) -> Order:
    photo = counter.photos["anna"]
    return placed_order(counter, (photo, counter.print_, 1), (photo, counter.file, 1))


@pytest.fixture
def buyer(order: Order) -> Browser:
    """Who came by the link in the mail."""
    browser = Browser()
    browser.get(order_link(order).removeprefix("http://testserver"))
    return browser


def page_of(order: Order) -> str:
    return f"/bestelling/{order.public_id}/"


def form(browser: Browser, order: Order, **changes: Any) -> dict[str, Any]:
    page = browser.get(f"{page_of(order)}klacht/")
    line = order.lines.order_by("id")[0]
    chosen = {"line": str(line.public_id), "reason": "damaged", "text": "Er zit een vouw in."}
    return {"token": page.context["token"], **chosen, **changes}


def complain(browser: Browser, order: Order, **changes: Any) -> Any:
    return browser.post(f"{page_of(order)}klacht/", form(browser, order, **changes))


@pytest.mark.clauses("P74", "P76")
def test_a_buyer_complains_about_one_line_and_sees_where_it_stands(buyer: Browser, order: Order) -> None:
    answer = complain(buyer, order)
    assert answer["Location"] == f"{page_of(order)}#complaints"
    case = Complaint.objects.get()
    line = order.lines.order_by("id")[0]
    assert (case.channel, case.order, case.line, case.reason) == ("order", order, line, "damaged")
    assert (case.email, case.submitted_at) == (order.email, NOW)
    assert OutgoingMail.objects.filter(kind="complaints.received", to=order.email).count() == 1
    page = buyer.get(page_of(order), headers=ENGLISH).content.decode()
    assert "we are looking into it" in page
    close_complaint(complaint_id=case.pk, outcome="solved", text="We sturen een nieuwe.", by=hire(), now=NOW)
    page = buyer.get(page_of(order), headers=ENGLISH).content.decode()
    assert "We sturen een nieuwe." in page
    assert "we are looking into it" not in page


def test_the_whole_order_may_be_wrong_too(buyer: Browser, order: Order) -> None:
    complain(buyer, order, line="order", reason="missing")
    case = Complaint.objects.get()
    assert (case.order, case.line, case.reason) == (order, None, "missing")


def test_more_than_a_few_in_a_quarter_of_an_hour_are_asked_to_wait_and_lose_no_word(
    buyer: Browser, order: Order, phone_photo: bytes
) -> None:
    for _number in range(PER_MAILBOX):
        assert complain(buyer, order).status_code == 302
    picture = SimpleUploadedFile("a.jpg", phone_photo, "image/jpeg")
    answer = complain(buyer, order, text="NEEDLE-WORDS", picture=picture)
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "over een kwartier" in page
    assert "NEEDLE-WORDS" in page
    assert answer.context["lost_picture"]
    assert Complaint.objects.count() == PER_MAILBOX
    assert not StoredObject.objects.filter(name__startswith="complaint/").exists()
    caches["default"].clear()
    assert complain(buyer, order).status_code == 302


@pytest.mark.clauses("P77")
def test_the_photo_is_kept_clean_and_private_and_goes_with_the_case(
    buyer: Browser, order: Order, phone_photo: bytes
) -> None:
    complain(buyer, order, picture=SimpleUploadedFile("../vouw.jpg", phone_photo, "text/html"))
    case = Complaint.objects.get()
    stored = case.picture
    assert stored is not None
    assert stored.name.startswith("complaint/")
    assert "vouw" not in stored.name
    with files.store.open(stored.name) as kept:
        assert b"NEEDLE" not in kept.read()
    run_sweep(now=NOW + timedelta(days=2))
    assert StoredObject.objects.filter(pk=stored.pk, doomed_at__isnull=True).exists(), "it is no orphan"
    erase_on_request(complaint_id=case.pk, now=NOW)
    files.drain()
    assert not files.store.exists(stored.name)
    assert not StoredObject.objects.filter(pk=stored.pk).exists()
    assert ComplaintCount.objects.get().channel == "order"


def test_sent_twice_it_is_one_case_with_one_photo(buyer: Browser, order: Order, phone_photo: bytes) -> None:
    fields = form(buyer, order)
    before = StoredObject.objects.filter(doomed_at__isnull=True).count()
    for _ in range(2):
        photo = SimpleUploadedFile("p.jpg", phone_photo)
        buyer.post(f"{page_of(order)}klacht/", {**fields, "picture": photo})
    assert Complaint.objects.count() == 1
    assert StoredObject.objects.filter(doomed_at__isnull=True).count() == before + 1


@pytest.mark.parametrize("wrong", [{"line": ""}, {"line": "x"}, {"reason": ""}, {"text": ""}, {"text": "x" * 5001}])
def test_an_error_keeps_what_was_typed_and_the_same_form(
    buyer: Browser, order: Order, wrong: dict[str, str], phone_photo: bytes
) -> None:
    filled = form(buyer, order, **wrong)
    photo = SimpleUploadedFile("p.jpg", phone_photo)
    answer = buyer.post(f"{page_of(order)}klacht/", {**filled, "picture": photo}, headers=ENGLISH)
    assert answer.status_code == 422
    assert not Complaint.objects.exists()
    assert answer.context["token"] == filled["token"]
    assert "Choose your photo once more" in answer.content.decode()
    for name in ("line", "reason", "text"):
        assert answer.context["form"][name].value() == filled[name]


def test_what_is_no_photo_is_a_sentence_and_leaves_nothing(buyer: Browser, order: Order) -> None:
    before = StoredObject.objects.count()
    for content in (b"<svg></svg>", b""):
        answer = complain(buyer, order, picture=SimpleUploadedFile("p.jpg", content, "image/jpeg"))
        assert answer.status_code == 422
        assert answer.context["form"].errors["picture"]
    assert StoredObject.objects.count() == before
    assert not Complaint.objects.exists()


@pytest.mark.clauses("P36")
def test_only_who_may_open_the_order_complains_about_it(order: Order) -> None:
    stranger = Browser()
    assert stranger.get(f"{page_of(order)}klacht/").status_code == 404
    fields = {"token": str(uuid4()), "line": "order", "reason": "other", "text": "T"}
    assert stranger.post(f"{page_of(order)}klacht/", fields).status_code == 404
    assert not Complaint.objects.exists()


def test_a_line_of_another_order_is_no_choice(buyer: Browser, order: Order, counter: Counter) -> None:
    other = placed_order(counter, (counter.photos["anna"], counter.print_, 2))
    line = other.lines.get()
    assert complain(buyer, order, line=str(line.public_id)).status_code == 422


@pytest.mark.parametrize(
    "archived", [{"placed_at": NOW - timedelta(days=190)}, {"archive_asked_at": NOW}, {"contact_erased_at": NOW}]
)
def test_an_archived_order_is_used_for_no_complaint(order: Order, archived: dict[str, datetime]) -> None:
    Order.objects.update(state="delivered", **archived)
    browser = Browser()
    browser.get(order_link(order).removeprefix("http://testserver"))
    assert browser.get(page_of(order)).status_code == 200
    assert browser.get(f"{page_of(order)}klacht/").status_code == 404


def test_a_restricted_or_ended_case_is_on_no_order_page(
    buyer: Browser, order: Order, clock: time_machine.Traveller
) -> None:
    complain(buyer, order)
    case = Complaint.objects.get()
    assert list(Complaint.objects.of_order(order.pk, NOW)) == [case]
    assert not Complaint.objects.of_order(order.pk, NOW + timedelta(days=366)).exists()
    restrict(kind="complaints.complaint", object_id=case.pk, reason="r", now=NOW)
    assert "Er zit een vouw in" not in buyer.get(page_of(order)).content.decode()
    assert not Complaint.objects.of_order(order.pk, NOW).exists()


@pytest.mark.clauses("P08")
def test_staff_see_the_photo_and_the_order_by_reference(buyer: Browser, order: Order, phone_photo: bytes) -> None:
    complain(buyer, order, picture=SimpleUploadedFile("p.jpg", phone_photo))
    case = Complaint.objects.get()
    page = f"/beheer/complaints/complaint/{case.pk}/"
    desk, owner = at_work(Role.FRONT_DESK), at_work(Role.PRIVACY_OWNER)
    content = desk.get(f"{page}change/").content.decode()
    assert f'href="/beheer/shop/order/{order.pk}/change/">{order.number}<' in content
    assert order.number not in owner.get(f"{page}change/").content.decode()
    shown = desk.get(f"{page}picture/")
    assert shown["Content-Type"] == "image/jpeg"
    assert "no-store" in shown["Cache-Control"]
    assert b"".join(shown).startswith(b"\xff\xd8")
    assert at_work(Role.PHOTOGRAPHER).get(f"{page}picture/").status_code == 403
    Complaint.objects.update(picture=None)
    assert desk.get(f"{page}picture/").status_code == 404


def test_no_way_leads_from_a_case_to_an_order_in_the_archive(buyer: Browser, order: Order) -> None:
    complain(buyer, order)
    page = f"/beheer/complaints/complaint/{Complaint.objects.get().pk}/change/"
    link = f"/beheer/shop/order/{order.pk}/change/"
    desk = at_work(Role.FRONT_DESK)
    assert link in desk.get(page).content.decode()
    Order.objects.update(placed_at=NOW - timedelta(days=190))
    shown = desk.get(page).content.decode()
    assert order.number in shown
    assert link not in shown


def test_the_desk_notes_which_order_a_call_was_about(order: Order) -> None:
    desk = at_work(Role.FRONT_DESK)
    form_page = desk.get("/beheer/complaints/complaint/record/")
    said = {
        "channel": "phone",
        "submitted_on": "2026-10-21",
        "name": "",
        "email": "",
        "language": "nl",
        "text": "T",
        "token": str(form_page.context["form"]["token"].value()),
    }
    assert desk.post("/beheer/complaints/complaint/record/", {**said, "order": "2026-NONE"}).status_code == 200
    desk.post("/beheer/complaints/complaint/record/", {**said, "order": order.number.lower()})
    assert Complaint.objects.get().order == order


@pytest.mark.clauses("P85")
def test_a_person_is_told_of_their_messages_complaints_and_our_letters(buyer: Browser, order: Order) -> None:
    complain(buyer, order)
    case = Complaint.objects.get()
    close_complaint(complaint_id=case.pk, outcome="solved", text="Nieuwe onderweg", by=hire(), now=NOW)
    found = {section.source.model: section for section in dossier(Person(email=order.email), now=NOW)}
    assert [entry.row for entry in found[Complaint].entries] == [case]
    assert found[Complaint].entries[0].until == NOW + timedelta(days=14)
    assert [entry.row.text for entry in found[Letter].entries] == ["Nieuwe onderweg"]
    others = {section.source.model for section in dossier(Person(email="x@example.org"), now=NOW)}
    assert not {Complaint, Letter} & others
