"""The mails about an order, in the order's own language, written in the transaction that causes them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from common import links
from common.keys import digest, digest_candidates
from common.money import format_cents
from privacy.mail import queue_mail

from . import deadlines
from .models import Invoice, Order, Product
from .providers import TRANSFER
from .references import in_groups

LINK_PURPOSE = "shop.order"
_MAILBOX, _MARK = "shop.order-mailbox", 16
# Longer than any order is kept; the order's own terms decide what the link still shows.
LINK_MAX_AGE = timedelta(days=366 * 12)


def order_link(order: Order) -> str:
    """The address in a mail that opens this order without a login: it proves itself and names nobody."""
    return settings.SITE_URL + reverse("shop:order_link", args=[order_token(order)])


def order_token(order: Order) -> str:
    """What such a link carries: the order, and a keyed mark of the mailbox it was sent to. Once the address of the
    order is corrected, no link in the old mailbox opens it."""
    return links.sign(LINK_PURPOSE, f"{order.public_id}.{digest(_MAILBOX, order.email.lower())[-_MARK:]}")


def order_behind(token: str, *, now: datetime) -> Order | None:
    """The order a link opens now."""
    public_id, _dot, mark = (links.read(LINK_PURPOSE, token, max_age=LINK_MAX_AGE) or "").partition(".")
    found = Order.objects.within_term(now).filter(public_id=public_id).first() if mark else None
    marks = {each[-_MARK:] for each in digest_candidates(_MAILBOX, found.email.lower())} if found else set()
    return found if mark in marks else None


def mail_order_placed(order: Order, *, now: datetime) -> None:
    """What was ordered, and how to pay for it."""
    context = {
        **_facts(order),
        "is_transfer": order.payment_method == TRANSFER,
        "iban": in_groups(settings.STUDIO_IBAN),
        "payment_reference": in_groups(order.payment_reference or ""),
        "pay_before": deadlines.unpaid_ends(order.placed_at),
    }
    queue_mail(
        kind="shop.placed",
        to=order.email,
        template="shop/placed",
        context=context,
        language=order.language,
        now=now,
        about=order,
    )


def mail_order_paid(order: Order, *, invoice: Invoice, now: datetime) -> None:
    """That the payment arrived, with the invoice number, where the files are and until when (RT29), and what was agreed
    about them (L22 wants that on paper)."""
    has_file = order.lines.filter(kind=Product.Kind.FILE).exists()
    context = {
        **_facts(order),
        "invoice": invoice,
        "download_until": deadlines.download_ends(now) if has_file else None,
        "keeps_files": order.account_id is not None,
        "agreed_at": order.file_consent_at,
    }
    queue_mail(
        kind="shop.paid",
        to=order.email,
        template="shop/paid",
        context=context,
        language=order.language,
        now=now,
        about=order,
    )


def mail_paid_twice(order: Order, *, amount_cents: int, now: datetime) -> None:
    """That a second payment of a paid order arrived, and comes back without being asked for."""
    with translation.override(order.language):
        amount = format_cents(amount_cents)
    queue_mail(
        kind="shop.paid_twice",
        to=order.email,
        template="shop/paid_twice",
        context={"order": order, "order_url": order_link(order), "amount": amount},
        language=order.language,
        now=now,
        about=order,
    )


def mail_corrected(order: Order, *, now: datetime) -> None:
    """That something of an order was corrected, and not into what: that stands on the order."""
    queue_mail(
        kind="shop.corrected",
        to=order.email,
        template="shop/corrected",
        context={"order": order, "order_url": order_link(order)},
        language=order.language,
        about=order,
        now=now,
    )


def mail_readdressed(order: Order, *, to: str, now: datetime) -> None:
    """To the address an order had: it has another one now. No link, and not which one."""
    queue_mail(
        kind="shop.readdressed",
        to=to,
        template="shop/readdressed",
        context={"order": order},
        language=order.language,
        now=now,
    )


def _facts(order: Order) -> dict[str, object]:
    with translation.override(order.language):
        return {
            "order": order,
            "order_url": order_link(order),
            "lines": [
                {
                    "quantity": line.quantity,
                    "title": line.title,
                    "label": line.photo_label,
                    "total": format_cents(line.total_cents),
                }
                for line in order.lines.order_by("id")
            ],
            "shipping": format_cents(order.shipping_cents) if order.shipping_cents else "",
            "total": format_cents(order.total_cents),
        }


def mail_photo_changed(order: Order, *, label: str, decision: str, is_renewed: bool, now: datetime) -> None:
    """That a photo of this order was changed or deleted at somebody's request: what, and never whose (A7); and whether
    the order is made from the changed photo."""
    queue_mail(
        kind="shop.photo_changed",
        to=order.email,
        template="shop/photo_changed",
        context={
            "order": order,
            "order_url": order_link(order),
            "label": label,
            "decision": decision,
            "is_renewed": is_renewed,
        },
        language=order.language,
        now=now,
        about=order,
    )
