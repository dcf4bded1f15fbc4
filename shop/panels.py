"""What the shop adds to the galleries: the products on the page of one photo, and the basket found with a code."""

from collections.abc import Collection
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from common.money import format_cents
from common.requests import VisitorRequest
from galleries.access import OpenCode, open_codes
from galleries.models import Photo
from galleries.withholding import can_be_ordered
from privacy.dossier import Section

from . import deadlines, visit
from .basket import read_basket
from .dossier import sections_of
from .models import Order, OrderFile, Product


def order_panel(request: VisitorRequest, *, code: OpenCode, photo: Photo, now: datetime) -> str:
    """The order form of one photo, or nothing when nothing is for sale (P36); while a request to take the photo away
    waits, the reason why it cannot be ordered (A7)."""
    if not can_be_ordered(photo.pk):
        return render_to_string("shop/_withheld_panel.html", request=request)
    products = list(Product.objects.for_sale())
    if not products:
        return ""
    rows = [
        {"product": product, "price": format_cents(product.price_cents), "is_file": product.kind == Product.Kind.FILE}
        for product in products
    ]
    return render_to_string("shop/_order_panel.html", {"rows": rows, "code": code, "photo": photo}, request=request)


def find_basket(request: VisitorRequest, *, now: datetime) -> None:
    """Let the number in the header know the basket that belongs to the code just entered (P53)."""
    visit.remember_basket(request, read_basket(visit.ids(open_codes(request, now=now)), now=now))


def ordered_copies(request: VisitorRequest, *, photos: Collection[Photo], now: datetime) -> list[str]:
    """What a deletion of these photos leaves: an order's own copy, until its own term ends (RT09, RT29). Only paid
    orders this browser may open are named; those of another household are none of its business (A40)."""
    orders = Order.objects.within_term(now).of_session(request.session.get("orders", []))
    files = OrderFile.objects.filter(
        line__order__in=orders, line__photo_ref__in=[photo.public_id for photo in photos], kept_from__isnull=False
    )
    ends: dict[str, datetime] = {}
    for file in files.select_related("line__order").order_by("line__order__placed_at", "pk"):
        assert file.kept_from is not None  # noqa: S101  (asked for above)
        number, end = file.line.order.number, deadlines.file_ends(file.purpose, file.kept_from)
        if end > now:
            ends[number] = max(end, ends.get(number, end))
    sentence = gettext(
        "Order %(number)s goes on as usual. It has its own copy, which we keep until %(moment)s at the latest."
    )
    return [sentence % {"number": number, "moment": _moment(end)} for number, end in ends.items()]


def orders_of_code(request: VisitorRequest, *, code: OpenCode, now: datetime) -> list[Section]:
    """What we hold of orders with photos of this code, of those this browser may open: those of another household are
    none of its business (A40), and who reads the mail of an order finds all of it."""
    photos = Photo.objects.of_codes([code.id]).values("public_id")
    orders = Order.objects.within_term(now).of_session(request.session.get("orders", []))
    return sections_of(orders.filter(lines__photo_ref__in=photos).distinct(), now=now)


def _moment(end: datetime) -> str:
    return date_format(timezone.localtime(end), "l j F Y, H:i")
