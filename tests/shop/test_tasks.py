"""The background work of the shop, which may run twice and finds nobody at home without harm."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
import time_machine

from shop.actions import decide_demo_payment, start_payment
from shop.models import DemoPayment, Order, Payment
from shop.states import State
from shop.tasks import read_open_payments, send_demo_webhook
from tests.conftest import Jobs
from tests.galleries.studio import NOW

from .counter import Counter, placed_order


@pytest.fixture
def payment(counter: Counter) -> Payment:
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 1))
    start_payment(order_id=order.pk, method="demo", now=NOW)
    return order.payments.get()


def pay(payment: Payment) -> None:
    decide_demo_payment(reference=payment.reference, outcome=Payment.Status.PAID, now=NOW)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """A web server on the loopback that writes down what it is sent."""
    heard: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_demo_bank_calls_the_shop_over_http(payment: Payment, listener: Any, settings: Any) -> None:
    settings.SITE_URL, heard = listener
    send_demo_webhook(demo_payment_id=DemoPayment.objects.get().pk)
    assert heard == [("/betaling/melding/demo/", f"id={payment.reference}".encode())]


def test_a_webhook_that_finds_no_one_is_no_accident(
    payment: Payment, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SITE_URL = "http://127.0.0.1:9"
    with caplog.at_level(logging.WARNING):
        send_demo_webhook(demo_payment_id=DemoPayment.objects.get().pk)
    assert "found no one" in caplog.text
    assert payment.reference not in caplog.text


def test_a_demo_payment_that_is_gone_is_not_told(counter: Counter, settings: Any, listener: Any) -> None:
    settings.SITE_URL, heard = listener
    send_demo_webhook(demo_payment_id=987654)
    assert heard == []


def test_the_webhook_is_scheduled_once_after_the_choice(
    payment: Payment, scheduled_jobs: Jobs, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pay(payment)
        pay(payment)
    row = DemoPayment.objects.get()
    assert scheduled_jobs == [("shop.send_demo_webhook", {"demo_payment_id": row.pk})]


def test_a_payment_nobody_told_about_is_found_by_asking(payment: Payment) -> None:
    pay(payment)
    read_open_payments()
    assert Order.objects.get().state == State.PAID
    read_open_payments()
    assert Order.objects.get().state == State.PAID


@pytest.mark.parametrize(("later", "state"), [(timedelta(days=2, seconds=-1), "paid"), (timedelta(days=2), "placed")])
def test_asking_stops_after_two_days(
    payment: Payment, clock: time_machine.Traveller, later: timedelta, state: str
) -> None:
    pay(payment)
    clock.move_to(NOW + later)
    read_open_payments()
    assert Order.objects.get().state == state
