"""What orders say about the assignment their photos are of."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max

from .models import OrderLine


def last_business(*, assignment_ids: Collection[int]) -> dict[int, datetime]:
    """The last payment or delivery of an order with a photo of each assignment (A16). Lines forget their assignment
    after six months (RT08): by then it is completed."""
    lines = OrderLine.objects.filter(assignment__in=assignment_ids).order_by()
    rows = lines.values_list("assignment").annotate(paid=Max("order__paid_at"), delivered=Max("order__delivered_at"))
    moments = {key: [moment for moment in (paid, delivered) if moment] for key, paid, delivered in rows}
    return {key: max(found) for key, found in moments.items() if found}
