"""Which rows of the shop are about a person. The orders of an address are shown to who reads its mail (P85, A41);
what was typed at a checkout too, and not to whoever else holds the card."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.persons import accounts_of
from privacy.declarations import Label
from privacy.dossier import Section, Source, Stored, section_of, sources
from privacy.people import Person

from .actions.archiving import archive_on_request
from .actions.copies import outdated_copies
from .models import Disclosure, Draft, DraftDetails, DraftLine, Order, OrderFile, OrderLine, Payment, Repayment
from .states import State


def _orders(person: Person, now: datetime) -> "QuerySet[Order]":
    """Restricted ones too: a restriction keeps an order from use, not from its own person (art. 18(2) GDPR)."""
    mine = Order.objects.of_address(person.email) | Order.objects.filter(account__in=accounts_of(person))
    return mine.not_over(now).order_by("-placed_at", "-pk")


def _drafts(person: Person, now: datetime) -> "QuerySet[Draft]":
    return Draft.objects.of_codes(person.code_ids).alive(now).order_by("pk")


def _draft_lines(person: Person, now: datetime) -> "QuerySet[DraftLine]":
    return DraftLine.objects.of_codes(person.code_ids, now=now)


def _details(person: Person, now: datetime) -> "QuerySet[DraftDetails]":
    typed = DraftDetails.objects.filter(draft__in=Draft.objects.alive(now), email__iexact=person.email)
    return typed.exclude(email="").select_related("draft").order_by("pk")


def _lines(person: Person, now: datetime) -> "QuerySet[OrderLine]":
    return OrderLine.objects.filter(order__in=_orders(person, now)).select_related("order").order_by("-placed_at", "pk")


def _files(person: Person, now: datetime) -> "QuerySet[OrderFile]":
    """What still lies there: a copy to print or a bought file within its term."""
    files = OrderFile.objects.printable(now) | OrderFile.objects.downloadable(now)
    files = files | OrderFile.objects.filter(account__in=accounts_of(person))
    return files.filter(line__order__in=_orders(person, now)).select_related("line__order", "stored").order_by("pk")


def _stored(file: OrderFile) -> Stored:
    """Not a copy that is made anew because somebody asked the photo to be masked since: others are on it (A7)."""
    if not outdated_copies().filter(pk=file.pk).exists():
        yield f"{file.line.title} {file.pk}.jpg", file.stored.name


def _payments(person: Person, now: datetime) -> "QuerySet[Payment]":
    return Payment.objects.filter(order__in=_orders(person, now)).order_by("-created_at", "pk")


def _repayments(person: Person, now: datetime) -> "QuerySet[Repayment]":
    return Repayment.objects.filter(order__in=_orders(person, now)).order_by("-arrived_at", "pk")


def _under_way(order: Order, now: datetime) -> Label | None:
    """An order that is not delivered yet is never cancelled by a request (A37); the rest of it goes when it is."""
    return None if order.state in (State.DELIVERED, State.CANCELLED) else UNDER_WAY


UNDER_WAY = _("your order is under way and needs it; the rest goes when it is delivered")


def sections_of(orders: "QuerySet[Order]", *, now: datetime) -> list[Section]:
    """What we hold of these orders, for who may open them without having proved an address."""
    titled = Source(
        model=Order,
        title=_("Orders you placed here"),
        find=lambda person, now: orders.order_by("pk"),
        since="placed_at",
    )
    section = section_of(titled, Person(), now=now)
    return [section] if section.entries else []


sources.register(
    Source(
        model=Order,
        title=_("Your orders"),
        find=_orders,
        since="placed_at",
        stays=_under_way,
        withhold=archive_on_request,
    )
)
sources.register(
    Source(
        model=OrderLine,
        title=_("What you ordered"),
        find=_lines,
        since="placed_at",
        stays=lambda line, now: _under_way(line.order, now),
    )
)
sources.register(
    Source(
        model=OrderFile,
        title=_("Copies of ordered photos"),
        find=_files,
        since="line__placed_at",
        files=_stored,
        stays=lambda file, now: _under_way(file.line.order, now),
    )
)


def _disclosures(person: Person, now: datetime) -> "QuerySet[Disclosure]":
    return Disclosure.objects.filter(order__in=_orders(person, now)).select_related("order").order_by("-at", "pk")


sources.register(
    Source(
        model=Disclosure,
        title=_("Who received data of your orders"),
        find=_disclosures,
        since="at",
        stays=lambda row, now: _("as long as the order itself stays, so that we can tell you who has it"),
    )
)
sources.register(Source(model=Payment, title=_("Your payments"), find=_payments, since="created_at"))
sources.register(Source(model=Repayment, title=_("Payments we pay back"), find=_repayments, since="arrived_at"))
sources.register(Source(model=Draft, title=_("Your basket"), find=_drafts, since="opened_at"))
sources.register(
    Source(model=DraftLine, title=_("What is in your basket"), find=_draft_lines, since="draft__opened_at")
)
sources.register(
    Source(model=DraftDetails, title=_("What you typed at the checkout"), find=_details, since="draft__opened_at")
)
