"""The mails about an order: what they say, to whom, in which language, and that they read as well without HTML."""

import re
from html import unescape

import pytest

from privacy.models import OutgoingMail
from shop.actions import record_transfer
from shop.models import Order
from tests.galleries.studio import NOW

from .counter import Counter, placed_order


def ordered(counter: Counter, *, file: bool, method: str = "demo", language: str = "nl") -> Order:
    photo = counter.photos["anna"]
    product = counter.file if file else counter.print_
    return placed_order(counter, (photo, product, 1), method=method, language=language)


def pay(order: Order, counter: Counter) -> OutgoingMail:
    record_transfer(
        reference=order.payment_reference or "", amount_cents=order.total_cents, by=counter.studio.staff, now=NOW
    )
    return OutgoingMail.objects.get(kind="shop.paid")


def test_the_subject_says_what_it_is_about(counter: Counter) -> None:
    order = ordered(counter, file=True, language="en")
    assert OutgoingMail.objects.get().subject == f"Your order {order.number} is placed"
    assert pay(order, counter).subject == f"Order {order.number} is paid: download your files"


def test_an_order_of_prints_promises_no_download(counter: Counter) -> None:
    order = ordered(counter, file=False, language="en")
    mail = pay(order, counter)
    assert mail.subject == f"Order {order.number} is paid"
    assert "download" not in (mail.text + mail.html).lower()


def test_a_transfer_is_told_what_to_do_and_by_when(counter: Counter) -> None:
    order = ordered(counter, file=False, method="transfer", language="en")
    mail = OutgoingMail.objects.get()
    assert mail.subject == f"Your order {order.number}: transfer the amount to finish it"
    for body in (mail.text, mail.html):
        assert "Thursday 12 November 2026" in body or "12 November 2026" in body
        assert "RF" in body
        assert "NL02 ABNA 0123 4567 89" in body


def test_the_download_is_told_with_its_end_and_the_two_statements(counter: Counter) -> None:
    order = ordered(counter, file=True, language="en")
    mail = pay(order, counter)
    for body in (mail.text, mail.html):
        assert "21 November 2026" in body
        assert "can no longer cancel" in body
        assert "2026-00001" in body
        assert "/bestelling/via/" in body


@pytest.mark.parametrize("language", ["nl", "en"])
def test_money_is_written_in_the_language_of_the_order(counter: Counter, language: str) -> None:
    ordered(counter, file=True, language=language)
    mail = OutgoingMail.objects.get()
    dutch, english = "€\N{NO-BREAK SPACE}14,95", "€14.95"
    shown, other = (dutch, english) if language == "nl" else (english, dutch)
    for body in (mail.text, unescape(mail.html)):
        assert shown in body
        assert other not in body


def test_a_mail_loads_nothing_and_follows_nobody(counter: Counter) -> None:
    order = ordered(counter, file=True)
    pay(order, counter)
    for mail in OutgoingMail.objects.all():
        assert not re.search(r"<(img|script|link|iframe)|url\(|@import", mail.html)
        links_in_text = set(re.findall(r"http://\S+/bestelling/via/\S+", mail.text))
        assert set(re.findall(r'href="([^"]*)"', mail.html)) == links_in_text


def test_the_text_is_text(counter: Counter) -> None:
    order = ordered(counter, file=True)
    Order.objects.filter(pk=order.pk).update(name="Sanne & Co")
    mail = pay(order, counter)
    assert "<" not in mail.text
    assert "&amp;" not in mail.text
    assert "×" in mail.html or "Digitaal bestand" in mail.html
