"""The whole way of a buyer through the browser: basket, checkout, paying, downloading."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client as Browser
from django.utils import translation

from privacy.models import OutgoingMail, StoredObject
from shop.models import DraftDetails, Invoice, Order, OrderFile, Product
from shop.references import in_groups
from tests.galleries.studio import NOW

from .counter import Counter, browser_of, checkout_form, order_by, put

BUTTON = "Bestelling met betalingsverplichting"


@pytest.fixture
def anna(counter: Counter) -> Browser:
    """Anna's parent, with a print and a file in the basket."""
    browser = browser_of(counter, counter.studio.anna)
    put(browser, counter.studio.anna, counter.photos["anna"], counter.print_, 2)
    put(browser, counter.studio.anna, counter.photos["anna"], counter.file)
    return browser


@pytest.mark.clauses("P36")
def test_a_parent_orders_pays_and_downloads(anna: Browser, counter: Counter) -> None:
    answer = anna.post("/bestellen/", checkout_form(anna))
    order = Order.objects.get()
    assert answer.status_code == 302
    bank = answer["Location"]
    assert bank.startswith("/demo/betalen/")
    assert b"JK-" in anna.get(bank).content

    back = anna.post(bank, {"outcome": "paid"}, follow=True)
    assert back.redirect_chain[-1][0] == f"/bestelling/{order.public_id}/"
    order.refresh_from_db()
    assert order.state == "paid"
    invoice = Invoice.objects.get()
    assert invoice.number in back.content.decode()

    file = OrderFile.objects.get(purpose="download")
    download = anna.get(f"/bestelling/{order.public_id}/bestand/{file.public_id}/")
    content = download.getvalue()
    assert content.startswith(b"\xff\xd8")
    assert b"NEEDLE" not in content
    assert download["Content-Disposition"] == f'attachment; filename="{order.number}-1.jpg"'
    assert "no-store" in download["Cache-Control"]
    assert [mail.kind for mail in OutgoingMail.objects.order_by("pk")] == ["shop.placed", "shop.paid"]


@pytest.mark.clauses("P37")
def test_only_the_text_on_the_button_counts_and_it_is_frozen(anna: Browser) -> None:
    page = anna.get("/bestellen/").content.decode()
    assert f'<button class="button primary wide">{BUTTON}</button>' in page
    assert order_by(anna).button_text == BUTTON


def test_the_english_page_has_the_english_button(anna: Browser) -> None:
    anna.cookies["django_language"] = "en"
    page = anna.get("/bestellen/").content.decode()
    assert '<button class="button primary wide">Order with obligation to pay</button>' in page
    order = order_by(anna)
    assert (order.language, order.button_text) == ("en", "Order with obligation to pay")
    assert order.lines.first().title == "Print 13 × 18"  # type: ignore[union-attr]


@pytest.mark.clauses("P38")
def test_the_checkout_asks_exactly_the_fields_of_the_policy(anna: Browser) -> None:
    form = anna.get("/bestellen/").context["form"]
    personal = {"salutation", "name", "street", "postcode", "city", "email", "phone", "delivery_note"}
    others = {"payment_method", "refused_marketing", "file_consent", "file_waiver", "token", "shown"}
    assert set(form.fields) == personal | others
    assert {name for name in personal if form.fields[name].required} == personal - {"salutation", "delivery_note"}
    assert not any(form[name].initial for name in ("refused_marketing", "file_consent", "file_waiver"))


@pytest.mark.clauses("P40")
def test_beside_the_fields_stands_why_they_are_needed_and_what_happens_without(anna: Browser) -> None:
    anna.cookies["django_language"] = "en"
    page = anna.get("/bestellen/").content.decode()
    fields = page[page.index('id="who-heading"') : page.index('name="name"')]
    assert "without these data there is no order" in fields
    assert 'href="/privacy' in fields


def test_the_phone_may_be_made_optional(anna: Browser, settings: object) -> None:
    settings.PHONE_REQUIRED = False  # type: ignore[attr-defined]
    assert order_by(anna, phone="").phone == ""


def test_without_a_print_nobody_is_asked_about_delivery_nor_without_a_file_about_files(counter: Counter) -> None:
    bram = counter.studio.bram
    browser = browser_of(counter, bram)
    put(browser, bram, counter.photos["bram"], counter.file)
    assert "delivery_note" not in browser.get("/bestellen/").context["form"].fields
    put(browser, bram, counter.photos["bram"], counter.print_)
    browser.post("/mandje/wijzigen/", {"line": line_of(browser, "Digitaal bestand"), "quantity": 0})
    fields = browser.get("/bestellen/").context["form"].fields
    assert "delivery_note" in fields
    assert "file_consent" not in fields


@pytest.mark.parametrize("missing", ["file_consent", "file_waiver"])
def test_a_file_is_not_sold_without_both_ticks(anna: Browser, missing: str) -> None:
    answer = anna.post("/bestellen/", checkout_form(anna, **{missing: None}))
    assert answer.status_code == 422
    assert missing in answer.context["form"].errors
    assert not Order.objects.exists()


def test_the_ticks_of_a_file_are_kept_with_their_moment(anna: Browser) -> None:
    order = order_by(anna)
    assert order.file_consent_at == order.file_waiver_at == NOW


@pytest.mark.parametrize(("ticked", "kept"), [(None, False), ("on", True)])
@pytest.mark.clauses("P65")
def test_the_opt_out_is_kept_as_it_was_ticked(anna: Browser, ticked: str | None, kept: bool) -> None:
    assert order_by(anna, refused_marketing=ticked).refused_marketing is kept


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("street", " "),
        ("postcode", "0123 AB"),
        ("postcode", "3241"),
        ("city", ""),
        ("email", "sanne"),
        ("phone", "bel maar"),
        ("payment_method", ""),
        ("payment_method", "bitcoin"),
        ("token", "x"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(anna: Browser, field: str, value: str) -> None:
    answer = anna.post("/bestellen/", checkout_form(anna, **{field: value}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    page = answer.content.decode()
    assert 'value="Bij de buren"' in page
    assert "data-errors" in page
    assert not Order.objects.exists()
    # Nor by leaving: the same browser finds it again.
    assert 'value="Bij de buren"' in anna.get("/bestellen/").content.decode()


def test_an_error_is_tied_to_its_field(anna: Browser) -> None:
    page = anna.post("/bestellen/", checkout_form(anna, email="sanne")).content.decode()
    assert 'href="#id_email"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_email_helptext id_email_error"' in page or "id_email_error" in page


@pytest.mark.clauses("P52")
def test_what_was_typed_shows_only_in_the_browser_that_typed_it(anna: Browser, counter: Counter) -> None:
    anna.post("/bestellen/bewaren/", {"name": "Sanne de Vries", "street": "Kerkstraat 5"})
    assert "Sanne de Vries" in anna.get("/bestellen/").content.decode()
    other = browser_of(counter, counter.studio.anna)
    page = other.get("/bestellen/")
    assert page.status_code == 200
    assert "Sanne de Vries" not in page.content.decode()
    assert DraftDetails.objects.count() == 1


def test_the_script_keeps_what_is_typed_without_leaving_the_page(anna: Browser) -> None:
    answer = anna.post("/bestellen/bewaren/", {"name": "Sanne"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 204
    assert DraftDetails.objects.get().name == "Sanne"


def test_typing_more_than_fits_is_kept_as_far_as_it_fits(anna: Browser) -> None:
    anna.post("/bestellen/bewaren/", {"postcode": "x" * 500})
    assert DraftDetails.objects.get().postcode == "x" * 12


def test_a_form_sent_twice_is_one_order(anna: Browser) -> None:
    form = checkout_form(anna)
    first = anna.post("/bestellen/", form)
    second = anna.post("/bestellen/", form)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_a_form_sent_again_from_another_browser_opens_nothing(anna: Browser, counter: Counter) -> None:
    form = checkout_form(anna)
    anna.post("/bestellen/", form)
    other = browser_of(counter, counter.studio.anna)
    answer = other.post("/bestellen/", form)
    assert answer["Location"] == "/mandje/"
    assert other.get(f"/bestelling/{Order.objects.get().public_id}/").status_code == 404


def test_a_price_that_changed_is_said_and_shown_again(anna: Browser, counter: Counter) -> None:
    form = checkout_form(anna)
    Product.objects.filter(pk=counter.print_.pk).update(price_cents=800)
    answer = anna.post("/bestellen/", form)
    assert answer.status_code == 409
    assert answer.context["form"].non_field_errors()
    assert "€\N{NO-BREAK SPACE}16,00" in answer.content.decode()
    assert not Order.objects.exists()
    assert anna.post("/bestellen/", {**form, "shown": answer.context["shown"]}).status_code == 302
    assert Order.objects.get().goods_cents == 2 * 800 + 1495


def test_an_empty_basket_has_no_checkout(counter: Counter) -> None:
    browser = browser_of(counter, counter.studio.anna)
    assert browser.get("/bestellen/")["Location"] == "/mandje/"
    assert browser.post("/bestellen/", {})["Location"] == "/mandje/"
    assert browser.get("/mandje/").status_code == 200


def test_an_expired_session_ends_at_the_basket_and_loses_nothing(anna: Browser) -> None:
    form = checkout_form(anna)
    del anna.cookies["sessionid"]
    assert anna.post("/bestellen/", form)["Location"] == "/mandje/"
    assert not Order.objects.exists()


def test_a_photo_that_vanished_is_said_and_leaves_no_half_order(anna: Browser, counter: Counter) -> None:
    form = checkout_form(anna)
    default_storage.delete(counter.photos["anna"].original.name)
    answer = anna.post("/bestellen/", form)
    assert answer.status_code == 409
    assert answer.context["form"].non_field_errors()
    assert not Order.objects.exists()
    assert not StoredObject.objects.filter(name__startswith="ordered/", doomed_at__isnull=True).exists()


def test_a_transfer_shows_how_to_pay_and_says_so_by_mail(anna: Browser, settings: object) -> None:
    answer = anna.post("/bestellen/", checkout_form(anna, payment_method="transfer"), follow=True)
    page = answer.content.decode()
    order = Order.objects.get()
    reference = in_groups(order.payment_reference or "")
    assert in_groups(settings.STUDIO_IBAN) in page  # type: ignore[attr-defined]
    assert reference in page
    mail = OutgoingMail.objects.get()
    assert mail.to == "sanne@example.org"
    assert reference in mail.text
    assert reference in mail.html
    assert "€\N{NO-BREAK SPACE}33,90" in mail.text


def test_the_basket_is_empty_after_the_order(anna: Browser) -> None:
    order_by(anna)
    assert anna.session["basket_count"] == 0
    assert anna.get("/mandje/").context["rows"] == []


@pytest.mark.parametrize("outcome", ["failed", "cancelled"])
def test_a_payment_that_did_not_succeed_can_be_tried_again(anna: Browser, outcome: str) -> None:
    bank = anna.post("/bestellen/", checkout_form(anna))["Location"]
    page = anna.post(bank, {"outcome": outcome}, follow=True)
    order = Order.objects.get()
    assert order.state == "placed"
    again = anna.post(f"/bestelling/{order.public_id}/betalen/")
    assert again["Location"].startswith("/demo/betalen/")
    assert again["Location"] != bank
    anna.post(again["Location"], {"outcome": "paid"}, follow=True)
    order.refresh_from_db()
    assert order.state == "paid"
    assert page.status_code == 200


def test_paying_twice_from_two_tabs_is_one_payment(anna: Browser) -> None:
    bank = anna.post("/bestellen/", checkout_form(anna))["Location"]
    order = Order.objects.get()
    assert anna.post(f"/bestelling/{order.public_id}/betalen/")["Location"] == bank
    assert order.payments.count() == 1


def test_a_buyer_who_paid_but_did_not_come_back_is_not_sent_to_pay_again(anna: Browser) -> None:
    bank = anna.post("/bestellen/", checkout_form(anna))["Location"]
    anna.post(bank, {"outcome": "paid"})
    order = Order.objects.get()
    assert order.state == "placed"
    answer = anna.post(f"/bestelling/{order.public_id}/betalen/")
    assert answer["Location"] == f"/bestelling/{order.public_id}/"
    order.refresh_from_db()
    assert (order.state, order.payments.count()) == ("paid", 1)


def test_the_demo_bank_settles_once(anna: Browser) -> None:
    bank = anna.post("/bestellen/", checkout_form(anna))["Location"]
    anna.post(bank, {"outcome": "failed"})
    anna.post(bank, {"outcome": "paid"}, follow=True)
    assert Order.objects.get().state == "placed"
    assert anna.post(bank, {"outcome": "nonsense"}).status_code == 200
    assert anna.get("/demo/betalen/unknown/").status_code == 404


@pytest.mark.clauses("P52", "P53")
def test_typed_details_and_basket_live_three_weeks_with_the_code(
    anna: Browser, counter: Counter, clock: time_machine.Traveller
) -> None:
    anna.post("/bestellen/bewaren/", {"name": "Sanne de Vries"})
    clock.move_to(NOW + timedelta(days=20, hours=23))
    assert "Sanne de Vries" in anna.get("/bestellen/").content.decode()
    back = browser_of(counter, counter.studio.anna)
    assert len(back.get("/mandje/").context["rows"]) == 2
    clock.move_to(NOW + timedelta(days=21))
    assert back.get("/mandje/").context["rows"] == []
    assert back.get("/bestellen/")["Location"] == "/mandje/"


def test_dutch_and_english_pages_say_the_same(anna: Browser) -> None:
    with translation.override("en"):
        anna.cookies["django_language"] = "en"
        assert "€33.90" in anna.get("/mandje/").content.decode()
    anna.cookies["django_language"] = "nl"
    assert "€\N{NO-BREAK SPACE}33,90" in anna.get("/mandje/").content.decode()


def line_of(browser: Browser, title: str) -> str:
    rows = browser.get("/mandje/").context["rows"]
    return str(next(row["line"] for row in rows if row["title"] == title))
