"""Who got what of an order, and the invoices a correction made wrong."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.declarations import Recipient

from .orders import Order
from .payments import Invoice


class Disclosure(models.Model):
    """That a recipient got data of an order: who, what and when, so that we can name them (L3) and tell them (L4).

    Kept as long as the person on the order is (RT21).
    """

    class What(models.TextChoices):
        PHOTOS = "photos", _("the photo to print")
        ADDRESS = "address", _("name and address for the delivery")
        PAYMENT = "payment", _("order number and amount to pay")

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="disclosures")
    recipient = models.CharField(_("who received it"), max_length=20, choices=Recipient.choices)
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    at = models.DateTimeField(_("at"))
    # RT21: that of the order, so that the log ends when the order's person does.
    books_year_end = models.DateField()

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        indexes = [models.Index(fields=["books_year_end", "id"], name="disclosure_books")]

    def __str__(self) -> str:
        return f"{_('disclosure')} {self.pk}"


class InvoiceCorrection(models.Model):
    """That an invoice names somebody otherwise than its order does now: a credit note is needed, work for the
    administration (P86). It says that, and nothing of what changed."""

    invoice = models.ForeignKey(
        Invoice, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("invoice")
    )
    asked_at = models.DateTimeField(_("asked"))
    done_at = models.DateTimeField(_("credit note made"), null=True)

    class Meta:
        verbose_name = _("invoice to correct")
        verbose_name_plural = _("invoices to correct")
        constraints = [
            models.UniqueConstraint(fields=["invoice"], name="one_open_correction", condition=Q(done_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{_('invoice to correct')} {self.pk}"
