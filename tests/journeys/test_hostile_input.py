"""What no keyboard types: control characters, half characters and endless input get an answer, never our error."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from accounts.models import Campaign
from common.periods import local_date
from galleries.admin.client_forms import CLIENT_FIELDS
from galleries.models import Contact, Photo, RemovalCase
from shop.actions.baskets import TYPED_FIELDS
from shop.models import DraftDetails
from tests.accounts.buyers import bought, link_of
from tests.galleries.studio import NOW, code_row
from tests.shop.counter import (
    Counter,
    add_fields,
    browser_of,
    checkout_form,
    open_counter,
    order_by,
    put,
)

pytestmark = pytest.mark.postgres

ODD = ["\x00", "a\x00b", "\x1b[31m\r\nBcc: x@example.org", "\u202e\ud7ff\uffff", "9" * 5000, "²", "٣", "<b>"]


@pytest.fixture
def counter(db: None) -> Iterator[Counter]:
    with time_machine.travel(NOW, tick=False):
        yield open_counter()


@pytest.fixture
def anna(counter: Counter) -> Browser:
    browser = browser_of(counter, counter.studio.anna)
    put(browser, counter.studio.anna, counter.photos["anna"], counter.print_)
    return browser


def is_answered(browser: Browser, address: str, fields: dict[str, Any]) -> None:
    for name in fields:
        for odd in ODD:
            answer = browser.post(address, {**fields, name: odd})
            assert answer.status_code < 500, (address, name, odd[:20])


def test_the_code_field_answers_whatever_is_typed(counter: Counter) -> None:
    is_answered(Browser(), "/code/", {"code": ""})


def test_the_basket_answers_whatever_is_sent(counter: Counter, anna: Browser) -> None:
    is_answered(anna, "/mandje/toevoegen/", add_fields(counter.studio.anna, counter.photos["anna"], counter.print_, 1))
    is_answered(anna, "/mandje/wijzigen/", {"line": "x", "quantity": "1"})


def test_keeping_and_deleting_answer_whatever_is_sent(counter: Counter, anna: Browser) -> None:
    gallery = f"/fotos/{code_row(counter.studio.anna).public_id}/"
    photo = str(counter.photos["anna"].public_id)
    is_answered(anna, f"{gallery}bewaren/", {"capacity": "self", "consent": "", "email": ""})
    is_answered(anna, f"{gallery}bewaren/intrekken/", {"going": "0", "email": "?"})
    is_answered(anna, f"{gallery}herinnering/", {"email": ""})
    is_answered(anna, f"{gallery}herinnering/vergeten/", {"odd": ""})
    for address in (f"{gallery}verwijderen/", f"{gallery}{photo}/verwijderen/"):
        is_answered(anna, address, {"photo": "", "email": "?"})
    is_answered(
        anna, f"{gallery}{counter.photos['group'].public_id}/weghalen/", {"note": "", "email": "?", "token": ""}
    )
    assert Photo.objects.filter(subject=counter.studio.anna).count() == 2


def test_the_checkout_answers_whatever_is_typed(anna: Browser) -> None:
    filled = checkout_form(anna)
    for name in filled:
        for odd in ODD:
            # With an error in another field, so that the page comes back and the basket stays.
            answer = anna.post("/bestellen/", {**filled, "postcode": "?", name: odd})
            assert answer.status_code == 422, (name, odd[:20])


def test_what_was_typed_is_kept_without_what_no_database_keeps(anna: Browser) -> None:
    is_answered(anna, "/bestellen/bewaren/", dict.fromkeys(TYPED_FIELDS, ""))
    anna.post("/bestellen/bewaren/", {"name": "Sanne\x00 de Vries"})
    assert DraftDetails.objects.get().name == "Sanne de Vries"


def test_half_a_character_in_another_encoding_is_answered(anna: Browser) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n+2AA-x\r\n--b--\r\n'
    answer = anna.post("/bestellen/bewaren/", body, content_type="multipart/form-data; boundary=b; charset=utf-7")
    assert answer.status_code < 500


def test_the_contact_form_answers_whatever_is_typed(db: None) -> None:
    fields = {"topic": "question", "name": "N", "email": "n@example.org", "text": "T", "website": "", "stamp": "x"}
    is_answered(Browser(), "/contact/", fields)
    body = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n+2AA-x\r\n--b--\r\n'
    answer = Browser().post("/contact/", body, content_type="multipart/form-data; boundary=b; charset=utf-7")
    assert answer.status_code == 422


def test_unsubscribing_and_objecting_answer_whatever_is_sent(db: None, admin_client: Browser) -> None:
    is_answered(Browser(), link_of(bought()), {"List-Unsubscribe": "One-Click"})
    for token in ODD:
        assert Browser().post(f"/afmelden/{quote(token, errors='replace')}/").status_code == 404
    said = {"email": "n@example.org", "street": "Kerkstraat 5", "postcode": "3241 AB"}
    is_answered(admin_client, "/beheer/accounts/relation/objection/", said)
    is_answered(admin_client, "/beheer/accounts/suppression/withdraw/", said)
    body = b'--b\r\nContent-Disposition: form-data; name="street"\r\n\r\n+2AA-x\r\n--b--\r\n'
    kind = "multipart/form-data; boundary=b; charset=utf-7"
    assert admin_client.post("/beheer/accounts/relation/objection/", body, content_type=kind).status_code == 200


def test_writing_and_sending_a_campaign_answers_whatever_is_sent(db: None, admin_client: Browser) -> None:
    said = {"category": "wall", "subject_nl": "A", "text_nl": "B", "subject_en": "C", "text_en": "D", "token": ""}
    chosen = {"ordered_from": "2026-01-01", "ordered_until": "2026-02-01", "postcode_starts": "32"}
    is_answered(admin_client, "/beheer/accounts/campaign/add/", {**said, **chosen, "category": "?"})
    is_answered(admin_client, "/beheer/accounts/campaign/add/", {**said, **chosen})
    kept = Campaign.objects.order_by("pk").first()
    assert kept is not None
    is_answered(admin_client, f"/beheer/accounts/campaign/{kept.pk}/change/", {**said, **chosen})
    is_answered(admin_client, f"/beheer/accounts/campaign/{kept.pk}/send/", {"shown": "x"})
    for page in ("preview", "preview/nl", "preview/xx", "send"):
        assert admin_client.get(f"/beheer/accounts/campaign/{kept.pk}/{page}/").status_code == 200


def test_a_provider_may_say_anything(counter: Counter) -> None:
    is_answered(Browser(), "/betaling/melding/demo/", {"id": "x"})


def test_the_back_office_answers_whatever_is_asked(counter: Counter, anna: Browser, admin_client: Browser) -> None:
    order = order_by(anna)
    case = RemovalCase.objects.create(
        form_token=uuid4(), photo=counter.photos["bram"], received_at=NOW, due_on=local_date(NOW)
    )
    for odd in ODD[:3] + ODD[5:]:
        for page in ("order", "invoice", "paymentstub"):
            assert admin_client.get(f"/beheer/shop/{page}/", {"q": odd}).status_code < 500
        for query in ("state__exact", "payment_method", "order", "placed_at__year"):
            assert admin_client.get("/beheer/shop/order/", {query: odd}).status_code < 500, (query, odd)
        assert admin_client.get("/beheer/shop/order/transfer/", {"order": odd}).status_code < 500, odd
        assert admin_client.get("/beheer/galleries/photo/", {"assignment": odd}).status_code < 500, odd
        assert admin_client.get("/beheer/galleries/logincode/", {"q": odd, "assignment": odd}).status_code < 500, odd
        is_answered(admin_client, "/beheer/shop/order/transfer/", {"reference": odd, "amount": odd})
        is_answered(admin_client, "/beheer/shop/order/find/", {"q": odd})
        code = code_row(counter.studio.anna)
        said = {"channel": "phone", "reference": odd, "capacity": odd, "consent": "", "email": odd, "language": odd}
        is_answered(admin_client, f"/beheer/galleries/logincode/{code.pk}/extend/", said)
        assignment = f"/beheer/galleries/assignment/{counter.studio.assignment.pk}/"
        is_answered(admin_client, f"{assignment}reward/", {"amount": odd})
        is_answered(admin_client, f"{assignment}quality/", {"odd": odd})
        photo = counter.photos["bram"]
        request = {"channel": "phone", "reference": odd, "received_on": odd, "note": odd, "email": odd, "token": odd}
        is_answered(admin_client, f"/beheer/galleries/photo/{photo.pk}/removal/", {**request, "language": "?"})
        box = dict.fromkeys(("left", "top", "width", "height", "explanation"), odd)
        for way, fields in (("mask", box), ("replace", {"file": odd, "explanation": odd}), ("leave", {"x": odd})):
            is_answered(admin_client, f"/beheer/galleries/removalcase/{case.pk}/{way}/", fields)
        is_answered(Browser(), "/beheer/login/", {"username": odd, "password": odd})
    assert admin_client.get(f"/beheer/shop/order/{order.pk}/change/").status_code == 200


def test_the_papers_of_an_assignment_answer_whatever_is_typed(counter: Counter, admin_client: Browser) -> None:
    contact = Contact.objects.get()
    page = f"/beheer/galleries/assignment/{counter.studio.assignment.pk}"
    person = {"name": "N", "role": "r", "email": "n@example.org", "phone": "0187 1"}
    is_answered(admin_client, f"{page}/contact/", {"known": "", **person})
    is_answered(admin_client, f"{page}/accept/", {"contact": contact.pk, "means": "email", "accepted_on": "2026-10-01"})
    said = {"contact": contact.pk, "direction": "in", "at": "2026-10-01T09:00", "text": "T", "token": "x"}
    is_answered(admin_client, f"{page}/message/", said)
    is_answered(admin_client, f"/beheer/galleries/contact/{contact.pk}/change/", person)
    is_answered(admin_client, "/beheer/galleries/contact/find/", {"q": "N"})
    client = f"/beheer/galleries/client/{counter.studio.assignment.client_id}/change/"
    is_answered(admin_client, client, {"kind": "company", **dict.fromkeys(CLIENT_FIELDS[1:], "x")})
    for odd in ODD[:3] + ODD[5:]:
        for listed in ("contact", "assignmentmessage"):
            assert admin_client.get(f"/beheer/galleries/{listed}/", {"assignment": odd, "q": odd}).status_code < 500
        for file in ("a.pdf", f"{odd[:20]}.pdf"):
            form = {**said, "token": str(uuid4()), "attachments": SimpleUploadedFile(file, odd.encode(errors="ignore"))}
            assert admin_client.post(f"{page}/message/", form).status_code < 500
    body = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n+2AA-x\r\n--b--\r\n'
    for form_of in ("message", "contact"):
        answer = admin_client.post(
            f"{page}/{form_of}/", body, content_type="multipart/form-data; boundary=b; charset=utf-7"
        )
        assert answer.status_code == 200
