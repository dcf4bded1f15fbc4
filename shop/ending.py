"""What the end of an account means for the shop: files go, orders stay as far as tax law says, those under way go on
(A30, A31, A37)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import ngettext

from accounts.models import User
from accounts.registry import Ending
from common.periods import Bound, due, local_date
from privacy import holds

from . import deadlines
from .account import file_links
from .actions.archiving import archive_on_request, wipe_extras
from .models import Order, OrderFile
from .states import State

# What no longer moves: of these only what the books need stays.
_OVER = (State.DELIVERED, State.CANCELLED)


class OrdersOfAccount:
    """The orders and bought files of an account that ends."""

    def describe(self, *, user: User, now: datetime) -> Ending:
        """Files go with the account; of each order the law keeps its record, readable by the administration alone."""
        links = file_links(user)
        orders = list(Order.objects.within_term(now).of_account(user.pk).order_by("books_year_end"))
        return Ending(
            goes=(_goes(len(links)),) if links else (),
            stays=tuple(text for text in (_kept(orders), _under_way(orders)) if text),
            files=tuple(links),
        )

    def decide(self, *, user: User, chosen: Mapping[str, str], now: datetime) -> None:
        """The shop asks nothing: an order is a contract, not a wish."""

    def carry_out(self, *, users: Sequence[User], reason: str, now: datetime) -> None:
        """Put orders that are over in the archive and wipe what the books do not need of them (A31). An order under way
        becomes that of a guest, with its files (A37, RT29), and so does one that a hold or a restriction keeps."""
        mine = Order.objects.filter(account__in=users)
        over = list(mine.filter(state__in=_OVER).order_by("pk").select_for_update().values_list("pk", flat=True))
        archive_on_request(over, now)
        free = _free(over, now=now)
        wipe_extras(free, reason=reason, now=now)
        OrderFile.objects.filter(account__in=users).exclude(line__order__in=free).update(account=None)


def _free(order_ids: Sequence[int], *, now: datetime) -> list[int]:
    """Those that no hold or restriction keeps as they are."""
    if not holds.any_excepted(Order, order_ids, now=now):
        return list(order_ids)
    return [pk for pk in order_ids if not holds.any_excepted(Order, [pk], now=now)]


def _goes(count: int) -> str:
    text = ngettext(
        "%(count)d bought file. Download it first if you want to keep it.",
        "%(count)d bought files. Download them first if you want to keep them.",
        count,
    )
    return text % {"count": count}


def _kept(orders: Sequence[Order]) -> str:
    if not orders:
        return ""
    last = due(orders[-1].books_year_end, deadlines.books_period(uses_oss=settings.USES_OSS), Bound.AT_LEAST)
    text = ngettext(
        "%(count)d order: tax law makes us keep its number, lines, amounts, name, address and e-mail address until "
        "%(day)s. Only our administration can read it, and it is used for nothing else.",
        "%(count)d orders: tax law makes us keep their numbers, lines, amounts, name, address and e-mail address until "
        "%(day)s at the latest. Only our administration can read them, and they are used for nothing else.",
        len(orders),
    )
    return text % {"count": len(orders), "day": date_format(local_date(last), "j F Y")}


def _under_way(orders: Sequence[Order]) -> str:
    numbers = [order.number for order in orders if order.state not in _OVER]
    if not numbers:
        return ""
    text = ngettext(
        "Order %(numbers)s goes on as usual: you get what you ordered, and our mails about it.",
        "Orders %(numbers)s go on as usual: you get what you ordered, and our mails about them.",
        len(numbers),
    )
    return text % {"numbers": ", ".join(numbers)}


orders_of_account = OrdersOfAccount()
