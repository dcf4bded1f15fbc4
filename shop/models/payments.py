import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .orders import Order


class Payment(models.Model):
    """One try to pay one order at one provider. The provider is the one who knows; `status` is what we last read."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        PAID = "paid", _("paid")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="payments")
    provider = models.CharField(_("provider"), max_length=20)
    # The provider's own name of this payment; empty until it answered.
    reference = models.CharField(_("reference"), max_length=64, blank=True)
    amount_cents = models.PositiveIntegerField(_("amount"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    created_at = models.DateTimeField(_("created"))
    settled_at = models.DateTimeField(_("settled"), null=True)
    # RT10 for the provider's reference: the same date as the order's, moved with it.
    books_year_end = models.DateField()
    reference_erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference"], name="reference_once_per_provider", condition=~Q(reference="")
            )
        ]
        indexes = [
            models.Index(
                fields=["books_year_end", "id"], name="payment_books", condition=Q(reference_erased_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{_('payment')} {self.pk}"


class PaymentStub(models.Model):
    """What stays of an unpaid order after 21 days: under which reference its money may still come, by transfer or by a
    provider with which a payment was open, and how much. It names nobody and goes after 60 days (RT06)."""

    provider = models.CharField(_("provider"), max_length=20)
    reference = models.CharField(_("payment reference"), max_length=64)
    amount_cents = models.PositiveIntegerField(_("amount"))
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("unpaid order's stub")
        verbose_name_plural = _("unpaid orders' stubs")
        constraints = [models.UniqueConstraint(fields=["provider", "reference"], name="stub_once_per_provider")]
        indexes = [models.Index(fields=["created_at", "id"], name="stub_created")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class InvoiceSeries(models.Model):
    """The last number given in a year; locked while the next one is given, so that the series has no gap."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.year)


class Invoice(models.Model):
    """The invoice of a paid order (A39). It names nobody: name and address stand on the order (P42)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="invoice")
    issued_at = models.DateTimeField(_("issued"))
    total_cents = models.PositiveIntegerField(_("total"))
    vat_cents = models.PositiveIntegerField(_("of which VAT"))

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")

    def __str__(self) -> str:
        return self.number


class DemoPayment(models.Model):
    """The demo provider's own books: what a real provider keeps on its side. No row here in production."""

    reference = models.CharField(max_length=64, unique=True)
    amount_cents = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Payment.Status.choices, default=Payment.Status.OPEN)
    description = models.CharField(max_length=60)
    return_url = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("demo payment")
        verbose_name_plural = _("demo payments")
        indexes = [models.Index(fields=["created_at", "id"], name="demo_payment_created")]

    def __str__(self) -> str:
        return f"demo payment {self.pk}"
