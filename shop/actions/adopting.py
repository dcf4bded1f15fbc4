"""Orders that find their account: those placed as a guest with the address its owner proved."""

from datetime import datetime

from django.db.models import Q

from accounts.models import User
from common.periods import Bound, cutoff

from .. import deadlines
from ..models import Order, OrderFile


def adopt_orders(*, user: User, now: datetime) -> None:
    """Give an account the orders of its proved address, with the bought files that are still there (P44, P51).

    Files past their thirty days stay out of sight and go in the night (RT29); those of an order that still waits for
    its payment are kept from then on. Runs inside the transaction of a login.
    """
    found = Order.objects.within_term(now).of_address(user.email).filter(account__isnull=True)
    ids = list(found.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    if not ids:
        return
    Order.objects.filter(pk__in=ids).update(account=user)
    still_there = Q(kept_from__isnull=True) | Q(kept_from__gt=cutoff(now, deadlines.DOWNLOAD, Bound.AT_MOST))
    files = OrderFile.objects.filter(still_there, line__order__in=ids, purpose=OrderFile.Purpose.DOWNLOAD)
    files.update(account=user)
