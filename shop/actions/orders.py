"""Placing an order: the contract, frozen (P37)."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from common.keys import digest, digest_candidates
from common.periods import local_date, year_end
from galleries.actions import note_books_activity
from privacy import documents, files, holds
from privacy.models import StoredObject

from ..basket import Basket, BasketLine, read_basket
from ..emails import mail_order_placed
from ..errors import ShopError
from ..models import Draft, Order, OrderFile, OrderLine
from ..references import order_number, payment_reference
from ..wording import button_text
from .baskets import put_away
from .copies import copied_originals
from .marketing import note_refusal

FORM_PURPOSE = "shop.checkout-form"


class BasketEmpty(ShopError):
    """There is nothing (left) to order."""


class PricesChanged(ShopError):
    """The basket is not what the buyer was shown: another price, quantity or photo."""


class TicksMissing(ShopError):
    """A digital file was ordered without the two statements the law asks for (L22)."""


@dataclass(frozen=True)
class Buyer:
    """Who orders: exactly the fields of A38."""

    salutation: str
    name: str
    street: str
    postcode: str
    city: str
    email: str
    phone: str
    delivery_note: str = ""


@dataclass(frozen=True)
class Choices:
    """What the buyer chose and agreed to at the checkout."""

    payment_method: str
    refused_marketing: bool
    file_consent: bool
    file_waiver: bool
    language: str
    # The customer who was logged in; their bought files stay with the account (RT11).
    account_id: int | None = None


@dataclass(frozen=True)
class Form:
    """Which form in which browser was sent, and what it showed."""

    token: str
    viewer: str
    shown: str

    @property
    def _value(self) -> str:
        return f"{self.viewer}:{self.token}"

    @property
    def digest(self) -> str:
        return digest(FORM_PURPOSE, self._value)

    def earlier_order(self) -> Order | None:
        """The order this very form placed before."""
        if not self.token:
            return None
        return Order.objects.filter(form_digest__in=digest_candidates(FORM_PURPOSE, self._value)).first()


def place_order(*, code_ids: Collection[int], form: Form, buyer: Buyer, choices: Choices, now: datetime) -> Order:
    """Turn the basket of these codes into an order, freeze it, empty the basket and mail what was ordered (P36-P38).

    A form sent twice lands on the same order. Raises BasketEmpty, PricesChanged, TicksMissing, or PhotoGone when a
    photo went meanwhile; then there is no order and no copy. Runs outside any transaction: the copies are registered
    in their own.
    """
    earlier = form.earlier_order()
    if earlier is not None:
        return earlier
    basket = read_basket(code_ids, now=now)
    _check(basket, form=form, choices=choices)
    with copied_originals([line.row.photo for line in basket.lines], now=now) as copies, transaction.atomic():
        # First thing in every transaction that erases: the baskets are gone at its end.
        holds.freeze_exceptions()
        drafts = list(Draft.objects.of_codes(code_ids).alive(now).select_for_update().order_by("id"))
        # Whoever sent the form twice waited for the lock; the basket may also have changed in another tab.
        earlier = form.earlier_order()
        if earlier is not None:
            return earlier
        _check(read_basket(code_ids, now=now), form=form, choices=choices)
        return _freeze(basket, copies=copies, drafts=drafts, form=form, buyer=buyer, choices=choices, now=now)


def _check(basket: Basket, *, form: Form, choices: Choices) -> None:
    if not basket.lines:
        raise BasketEmpty(_("Your basket is empty, so there is nothing to order."))
    if basket.fingerprint != form.shown:
        raise PricesChanged(_("A price or your basket changed since you opened this page. Look at it again, please."))
    if basket.has_file and not (choices.file_consent and choices.file_waiver):
        raise TicksMissing(_("Tick both boxes about the digital file: without them we may not deliver it at once."))


def _freeze(
    basket: Basket,
    *,
    copies: Sequence[StoredObject],
    drafts: list[Draft],
    form: Form,
    buyer: Buyer,
    choices: Choices,
    now: datetime,
) -> Order:
    order = _create_order(basket, form=form, buyer=buyer, choices=choices, now=now)
    with translation.override(choices.language):
        lines = OrderLine.objects.bulk_create([_order_line(order, line, now) for line in basket.lines])
    OrderFile.objects.bulk_create(
        [
            OrderFile(line=line, purpose=_purpose(line), stored=copy, account_id=_keeper(line, choices))
            for line, copy in zip(lines, copies, strict=True)
        ]
    )
    files.attach([copy.pk for copy in copies], now=now)
    note_books_activity(assignment_ids={line.row.photo.assignment_id for line in basket.lines}, on=local_date(now))
    _empty(basket, drafts, now=now)
    note_refusal(order, now=now)
    mail_order_placed(order, now=now)
    return order


def _empty(basket: Basket, drafts: list[Draft], *, now: datetime) -> None:
    """The baskets are used up, with what was typed; only what waits for a decision stays in use (A7)."""
    for draft in drafts:
        waiting = [line.row.pk for line in basket.withheld if line.row.draft_id == draft.pk]
        put_away(draft, reason="ordered", keep=waiting, now=now)


def _create_order(basket: Basket, *, form: Form, buyer: Buyer, choices: Choices, now: datetime) -> Order:
    ticked_at = now if basket.has_file else None
    return Order.objects.create(
        **asdict(buyer),
        number=_fresh_number(),
        placed_at=now,
        language=choices.language,
        account_id=choices.account_id,
        refused_marketing=choices.refused_marketing,
        marketing_wording=documents.MARKETING_VERSION,
        file_consent_at=ticked_at,
        file_waiver_at=ticked_at,
        terms_version=documents.TERMS_VERSION,
        statement_version=documents.STATEMENT_VERSION,
        button_text=button_text(choices.language),
        form_digest=form.digest,
        payment_method=choices.payment_method,
        payment_reference=payment_reference(),
        goods_cents=basket.totals.goods_cents,
        shipping_cents=basket.totals.shipping_cents,
        shipping_vat_rate=basket.totals.shipping_vat_rate,
        total_cents=basket.totals.total_cents,
        vat_cents=basket.totals.vat_cents,
        books_year_end=year_end(local_date(now)),
    )


def _order_line(order: Order, line: BasketLine, now: datetime) -> OrderLine:
    photo, product, priced = line.row.photo, line.row.product, line.priced
    return OrderLine(
        order=order,
        product=product,
        kind=product.kind,
        title=product.title,
        quantity=priced.quantity,
        unit_cents=priced.unit_cents,
        total_cents=priced.total_cents,
        vat_rate=priced.vat_rate,
        vat_cents=priced.vat_cents,
        placed_at=now,
        photo_ref=photo.public_id,
        photo_label=photo_label(photo_number=photo.pk, is_group=photo.group_id is not None),
        assignment_id=photo.assignment_id,
    )


def photo_label(*, photo_number: int, is_group: bool) -> str:
    """What a buyer calls the photo once it is no longer online: no name, no number of a child."""
    pattern = _("Group photo no. {number}") if is_group else _("Portrait no. {number}")
    return pattern.format(number=photo_number)


def _keeper(line: OrderLine, choices: Choices) -> int | None:
    return choices.account_id if _purpose(line) == OrderFile.Purpose.DOWNLOAD else None


def _purpose(line: OrderLine) -> str:
    return OrderFile.Purpose.DOWNLOAD if line.kind == "file" else OrderFile.Purpose.PRINT


def _fresh_number() -> str:
    number = order_number()
    while Order.objects.filter(number=number).exists():
        number = order_number()
    return number
