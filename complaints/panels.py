"""What complaints add to the page of an order: the way to complain, and where each complaint stands."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from common.requests import VisitorRequest
from shop.models import Order

from .models import Complaint, Letter


def complaint_panel(request: VisitorRequest, *, order: Order, now: datetime) -> str:
    """Every living complaint about the order with its state and outcome, and the way to another one (P74-P76)."""
    found = Complaint.objects.of_order(order.pk, now).select_related("line")
    rows: list[dict[str, Any]] = [{"complaint": complaint, "told": _told(complaint)} for complaint in found]
    return render_to_string("complaints/_order_panel.html", {"order": order, "rows": rows}, request=request)


def _told(complaint: Complaint) -> str:
    """What we told about the outcome, in our words."""
    letters = complaint.letters.filter(kind=Letter.Kind.OUTCOME).order_by("-pk").values_list("text", flat=True)
    return letters.first() or ""
