"""Rows as templates print them: a basket's, a basket's totals."""

from datetime import datetime

from common.money import format_cents
from galleries.models import Photo
from galleries.proofs import image_url

from ..actions.orders import photo_label
from ..basket import Basket, BasketLine
from ..pricing import Totals

# The basket shows the thumbnail in a box of this height.
THUMBNAIL_EDGE = 400


def basket_rows(basket: Basket, *, viewer: str, now: datetime) -> list[dict[str, object]]:
    """One row per line, its thumbnail's address bound to this browser."""
    return [_basket_row(line, viewer=viewer, now=now) for line in basket.lines]


def withheld_rows(basket: Basket) -> list[dict[str, object]]:
    """What waits for a decision about its photo: named, not shown, as who asked it away sees it here too."""
    return [
        {
            "title": line.row.product.title,
            "label": _label(line.row.photo),
            "line": str(line.row.public_id),
        }
        for line in basket.withheld
    ]


def totals_rows(totals: Totals) -> dict[str, object]:
    """The amounts of a basket or an order, written."""
    return {
        "goods": format_cents(totals.goods_cents),
        "shipping": format_cents(totals.shipping_cents) if totals.shipping_cents else "",
        "total": format_cents(totals.total_cents),
        "vat": vat_rows(totals.vat),
    }


def vat_rows(vat: tuple[tuple[int, int], ...]) -> list[dict[str, object]]:
    """The VAT contained in the total, per rate: 2100 is written 21."""
    return [{"rate": f"{rate / 100:g}", "amount": format_cents(cents)} for rate, cents in vat]


def _basket_row(line: BasketLine, *, viewer: str, now: datetime) -> dict[str, object]:
    photo, product, priced = line.row.photo, line.row.product, line.priced
    assert photo.expires_at is not None  # noqa: S101  (a photo in a basket is online)
    width, height = _thumbnail_size(photo.width, photo.height)
    return {
        "src": image_url(photo.thumbnail_name, viewer=viewer, now=now, expires_at=photo.expires_at),
        "width": width,
        "height": height,
        "title": product.title,
        "label": _label(photo),
        "line": str(line.row.public_id),
        "quantity": priced.quantity,
        "unit": format_cents(priced.unit_cents),
        "total": format_cents(priced.total_cents),
        "is_file": not priced.is_print,
    }


def _label(photo: Photo) -> str:
    return photo_label(photo_number=photo.pk, is_group=photo.group_id is not None)


def _thumbnail_size(width: int, height: int) -> tuple[int, int]:
    longest = max(width, height, 1)
    return max(1, round(width * THUMBNAIL_EDGE / longest)), max(1, round(height * THUMBNAIL_EDGE / longest))
