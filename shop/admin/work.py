"""What waits on the first page: orders to make and to send, and money that should come."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from privacy import today
from privacy.backoffice import without_restricted
from shop.models import Order
from shop.providers import TRANSFER
from shop.states import State

from .rows import current_orders

_FULFILMENT = ((State.PAID, _("orders to make")), (State.IN_PRODUCTION, _("orders to send")))


def orders_today(now: datetime) -> list[today.Figure]:
    """Paid orders that wait to be made, and those being made that wait to be sent."""
    return [
        _figure(_open(now).filter(state=state), label, f"?state__exact={state.value}") for state, label in _FULFILMENT
    ]


def payments_today(now: datetime) -> list[today.Figure]:
    """Orders that wait for a bank transfer."""
    waiting = _open(now).filter(state=State.PLACED, payment_method=TRANSFER)
    query = f"?state__exact={State.PLACED.value}&payment_method={TRANSFER}"
    return [_figure(waiting, _("orders waiting for a bank transfer"), query)]


def _open(now: datetime) -> QuerySet[Order]:
    return without_restricted(current_orders(now), {})


def _figure(rows: QuerySet[Order], label: today.Text, query: str) -> today.Figure:
    count = rows.count()
    tone = today.Tone.WORK if count else today.Tone.CALM
    return today.Figure(count=count, label=label, url=reverse("admin:shop_order_changelist") + query, tone=tone)


today.register(today.Panel(title=_("Orders"), permission="shop.move_order", figures=orders_today))
today.register(today.Panel(title=_("Payments"), permission="shop.record_transfer", figures=payments_today))
