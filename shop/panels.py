"""What the shop adds to the galleries: the products on the page of one photo, and the basket found with a code."""

from datetime import datetime

from django.template.loader import render_to_string

from common.money import format_cents
from common.requests import VisitorRequest
from galleries.access import OpenCode, open_codes
from galleries.models import Photo

from . import visit
from .basket import read_basket
from .models import Product


def order_panel(request: VisitorRequest, *, code: OpenCode, photo: Photo, now: datetime) -> str:
    """The order form of one photo, or nothing when nothing is for sale (P36)."""
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
