"""Work of the shop in the background. Each task may run twice or die anywhere without harm."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from celery import shared_task
from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from common.jobs import schedule
from common.periods import Bound, cutoff

from . import deadlines
from .actions import copies, settle_payment
from .actions.archiving import finish_archiving
from .actions.repaying import settle_lapsed
from .models import DemoPayment, Payment, PaymentStub
from .providers import TRANSFER
from .querysets import UNPAID_STATES

log = logging.getLogger(__name__)
WEBHOOK_SECONDS = 10
# A payment whose buyer and webhook both stayed away is asked about for so long.
ASK_FOR = timedelta(days=2)


@shared_task(name="shop.send_demo_webhook")
def send_demo_webhook(*, demo_payment_id: int) -> None:
    """Play the provider's part: tell the shop, over HTTP, that a payment changed."""
    reference = DemoPayment.objects.values_list("reference", flat=True).filter(pk=demo_payment_id).first()
    if reference is None:
        return
    url = settings.SITE_URL + reverse("shop:notify", args=["demo"])
    request = Request(url, data=urlencode({"id": reference}).encode(), method="POST")  # noqa: S310 - our own address
    try:
        urlopen(request, timeout=WEBHOOK_SECONDS).close()  # noqa: S310
    except URLError:
        # As with a real provider the buyer's return or the next reading finds out.
        log.warning("demo webhook for payment %s found no one", demo_payment_id)


@shared_task(name="shop.finish_archiving")
def finish_archived() -> None:
    """Take what no law keeps from orders delivered since their buyer asked for erasure."""
    finish_archiving(now=timezone.now())


@shared_task(name="shop.renew_copies")
def renew_copies() -> None:
    """Find the copies whose photo was masked or replaced before anybody made their order; each has a job of its own,
    so that one never keeps another."""
    for pk in copies.outdated_copies().values_list("pk", flat=True):
        schedule("shop.renew_copy", file_id=pk)


@shared_task(name="shop.renew_copy")
def renew_copy(*, file_id: int) -> None:
    """Make one of them anew."""
    copies.renew_copy(file_id=file_id, now=timezone.now())


@shared_task(name="shop.read_open_payments")
def read_open_payments() -> None:
    """Ask the providers about payments nobody told us more about: in their first days, in the last ones of an order
    nobody paid, so that none lapses whose money came, and in the first ones after that."""
    now = timezone.now()
    soon = cutoff(now + ASK_FOR, deadlines.UNPAID, Bound.AT_MOST)
    lapses_soon = Q(order__placed_at__lte=soon, order__state__in=UNPAID_STATES)
    waiting = Payment.objects.filter(Q(created_at__gt=now - ASK_FOR) | lapses_soon, status=Payment.Status.OPEN)
    waiting = waiting.exclude(reference="")
    for payment_id in list(waiting.values_list("pk", flat=True)):
        with _by_itself("payment", payment_id):
            settle_payment(payment_id=payment_id, now=now)
    lapsed = PaymentStub.objects.exclude(provider=TRANSFER).filter(created_at__gt=now - ASK_FOR)
    for stub_id in list(lapsed.values_list("pk", flat=True)):
        with _by_itself("stub", stub_id):
            settle_lapsed(stub_id=stub_id, now=now)


@contextmanager
def _by_itself(what: str, key: int) -> Iterator[None]:
    """One that cannot be read must not keep the others from being read, now and every ten minutes."""
    try:
        yield
    except Exception as error:  # whatever a provider's library raises; its text may hold anything
        log.error("%s %s could not be read: %s", what, key, type(error).__name__)
