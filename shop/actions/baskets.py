"""Writes to a basket. It belongs to the code; what was typed belongs to the browser that typed it."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Field
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from common.keys import digest, digest_candidates
from common.periods import Bound, cutoff
from galleries.access import OpenCode
from galleries.models import Photo
from galleries.withholding import can_be_ordered, opened_by_code
from privacy.erasure import Held, erase

from .. import deadlines
from ..errors import ShopError
from ..models import Draft, DraftDetails, DraftLine, Product
from ..pricing import MAX_QUANTITY

# The fields a browser gets back; the ticks and the opt-out are given anew each time.
TYPED_FIELDS = ("salutation", "name", "street", "postcode", "city", "email", "phone", "delivery_note")


class NotForSale(ShopError):
    """The photo or the product cannot be ordered (any more)."""


def add_line(
    *, code: OpenCode, entered_at: datetime, photo_id: UUID, product_id: UUID, quantity: int, now: datetime
) -> bool:
    """Put `quantity` of a product of a photo in the basket of `code`; True when that made a new line.

    The basket is opened by its first line and counts from `entered_at`, the entry of the code (P52, A14). A line
    that is there already grows, to 99 at most; a file is bought once. Raises NotForSale when the code does not open the
    photo, its term is over, somebody asked to take it away (A7), or the product is not sold (P36).
    """
    with transaction.atomic():
        opened = opened_by_code(code_id=code.id, subject_id=code.subject_id, group_id=code.group_id, now=now)
        photo = opened.filter(public_id=photo_id).first()
        if photo is None:
            raise NotForSale(_("This photo is no longer online, so it cannot be ordered."))
        if not can_be_ordered(photo.pk):
            raise NotForSale(_("This photo cannot be ordered for a few days: we were asked to look at it first."))
        product = Product.objects.for_sale().filter(public_id=product_id).first()
        if product is None:
            raise NotForSale(_("This product is no longer for sale. Choose another one."))
        draft = _open_draft(code_id=code.id, entered_at=entered_at, now=now)
        return _grow(draft=draft, photo=photo, product=product, quantity=_allowed(product, quantity))


def change_line(*, code_ids: Collection[int], line_id: UUID, quantity: int, now: datetime) -> bool:
    """Set the quantity of one line; zero takes it out, and then the answer is True. A line of somebody else's code, or
    one that is gone already, is left alone: the basket shows what there is."""
    with transaction.atomic():
        line = DraftLine.objects.of_codes(code_ids, now=now).filter(public_id=line_id).first()
        if line is None:
            return False
        if quantity < 1:
            line.delete()
            return True
        DraftLine.objects.filter(pk=line.pk).update(quantity=_allowed(line.product, quantity))
        return False


def remember_details(*, code_ids: Collection[int], viewer: str, typed: Mapping[str, str], now: datetime) -> None:
    """Keep what this browser typed at the checkout with the oldest basket of its codes, for as long as that lives
    (RT05, P52). Nothing is kept without a basket or a viewer cookie. Another browser never sees it."""
    with transaction.atomic():
        draft = Draft.objects.of_codes(code_ids).alive(now).order_by("opened_at", "id").first()
        if draft is None or not viewer:
            return
        # Kept before the form judged it, so also what PostgreSQL cannot store: a NUL.
        fields = {name: typed.get(name, "").replace("\0", "")[: _longest(name)] for name in TYPED_FIELDS}
        known = draft.details.filter(viewer_digest__in=_viewer_digests(viewer)).first()
        if known is not None:
            DraftDetails.objects.filter(pk=known.pk).update(**fields)
            return
        DraftDetails.objects.update_or_create(draft=draft, viewer_digest=digest("shop.viewer", viewer), defaults=fields)


def typed_details(*, code_ids: Collection[int], viewer: str, now: datetime) -> dict[str, str]:
    """What this browser typed before, or nothing."""
    details = DraftDetails.objects.filter(
        draft__in=Draft.objects.of_codes(code_ids).alive(now), viewer_digest__in=_viewer_digests(viewer)
    ).first()
    return {name: getattr(details, name) for name in TYPED_FIELDS} if details else {}


def put_away(draft: Draft, *, reason: str, rule: str = "", keep: Collection[int] = (), now: datetime) -> None:
    """End a basket: it goes by the one way rows go, or where a legal hold keeps it stays, out of use (A18).

    The lines in `keep` are still to be decided about: they go on in a basket of the same age. Runs inside the
    caller's transaction, which has locked the draft.
    """
    Draft.objects.filter(pk=draft.pk).update(closed_at=now)
    if keep:
        on = Draft.objects.create(code_id=draft.code_id, opened_at=draft.opened_at)
        DraftLine.objects.filter(pk__in=keep).update(draft=on)
    with suppress(Held):
        erase(Draft, [draft.pk], reason=reason, rule=rule, now=now)


def _open_draft(*, code_id: int, entered_at: datetime, now: datetime) -> Draft:
    draft, _made = Draft.objects.select_for_update().get_or_create(
        code_id=code_id, closed_at=None, defaults={"opened_at": entered_at}
    )
    if draft.opened_at > cutoff(now, deadlines.DRAFT, Bound.AT_MOST):
        return draft
    # Past its term and the night has not come by yet: it goes now, and a new one begins.
    put_away(draft, reason="due", rule="RT05", now=now)
    return Draft.objects.create(code_id=code_id, opened_at=entered_at)


def _grow(*, draft: Draft, photo: Photo, product: Product, quantity: int) -> bool:
    limit = 1 if product.kind == Product.Kind.FILE else MAX_QUANTITY
    same = DraftLine.objects.filter(draft=draft, photo=photo, product=product)
    if same.update(quantity=Least(F("quantity") + quantity, limit)):
        return False
    DraftLine.objects.create(draft=draft, photo=photo, product=product, quantity=quantity)
    return True


def _allowed(product: Product, quantity: int) -> int:
    return 1 if product.kind == Product.Kind.FILE else max(1, min(quantity, MAX_QUANTITY))


def _longest(name: str) -> int | None:
    field = DraftDetails._meta.get_field(name)
    return field.max_length if isinstance(field, Field) else None


def _viewer_digests(viewer: str) -> list[str]:
    return digest_candidates("shop.viewer", viewer)
