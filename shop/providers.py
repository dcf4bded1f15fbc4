"""Payment providers behind one small port. Only this module talks to them.

A provider is the one who knows whether somebody paid: we ask it, whoever tells us that something changed.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import DemoPayment, Payment

TRANSFER = "transfer"


@dataclass(frozen=True)
class Reading:
    """What a provider says about one payment at this moment."""

    status: Payment.Status
    amount_cents: int


class UnknownPayment(Exception):
    """The provider does not know this reference."""


class Provider(Protocol):
    """What we ask of an online payment provider."""

    @property
    def label(self) -> str | Promise:
        """What the buyer reads beside the choice."""

    def create(self, *, amount_cents: int, description: str, return_url: str, now: datetime) -> str:
        """Open a payment and return the provider's reference of it."""

    def pay_url(self, reference: str) -> str:
        """Where the buyer pays."""

    def read(self, reference: str) -> Reading:
        """What became of it. Raises UnknownPayment."""


class DemoProvider:
    """A provider without money, for demos and tests: its books are the table DemoPayment."""

    label = _("Pay online (demo, no real money)")

    def create(self, *, amount_cents: int, description: str, return_url: str, now: datetime) -> str:
        reference = f"demo_{secrets.token_urlsafe(12)}"
        DemoPayment.objects.create(
            reference=reference,
            amount_cents=amount_cents,
            description=description,
            return_url=return_url,
            created_at=now,
        )
        return reference

    def pay_url(self, reference: str) -> str:
        return reverse("shop:demo_pay", args=[reference])

    def read(self, reference: str) -> Reading:
        row = DemoPayment.objects.filter(reference=reference).first()
        if row is None:
            raise UnknownPayment
        return Reading(Payment.Status(row.status), row.amount_cents)


ONLINE: dict[str, Provider] = {"demo": DemoProvider()}


def online_provider(name: str) -> Provider | None:
    """The online provider of this name, when the studio uses it."""
    return ONLINE.get(name) if name in settings.PAYMENT_PROVIDERS else None


def payment_methods() -> list[tuple[str, str | Promise]]:
    """The ways to pay that this studio offers, as choices of a form."""
    labels: dict[str, str | Promise] = {name: provider.label for name, provider in ONLINE.items()}
    labels[TRANSFER] = _("Bank transfer")
    return [(name, labels[name]) for name in settings.PAYMENT_PROVIDERS if name in labels]
