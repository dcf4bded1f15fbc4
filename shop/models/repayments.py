"""Money that came in and is not ours to keep."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .orders import Order


class Repayment(models.Model):
    """A payment the shop cannot use: its order was paid already, costs another amount, or lapsed unpaid and is gone
    (RT06). Work for the administration, which pays it back, or uses it for the order the buyer places anew.

    It names nobody. Part of the books: it stays as long as they do (RT10), done or not.
    """

    class Why(models.TextChoices):
        TWICE = "twice", _("the order was paid already")
        LAPSED = "lapsed", _("the order had lapsed")
        AMOUNT = "amount", _("it was another amount than the order costs")

    why = models.CharField(_("why"), max_length=10, choices=Why.choices)
    # The order it came for, or the one it was used for; empty while the money of a lapsed order waits.
    order = models.ForeignKey(
        Order, null=True, on_delete=models.SET_NULL, related_name="repayments", verbose_name=_("order")
    )
    provider = models.CharField(_("provider"), max_length=20)
    # Under which the provider, or the bank, finds the payment.
    reference = models.CharField(_("reference"), max_length=64)
    amount_cents = models.PositiveIntegerField(_("amount"))
    arrived_at = models.DateTimeField(_("reported"))
    done_at = models.DateTimeField(_("settled"), null=True)
    books_year_end = models.DateField()

    class Meta:
        verbose_name = _("money to pay back")
        verbose_name_plural = _("money to pay back")
        constraints = [
            # However often a provider tells us, it is one payment.
            models.UniqueConstraint(fields=["provider", "reference"], name="one_repayment_per_payment")
        ]
        indexes = [
            models.Index(fields=["books_year_end", "id"], name="repayment_books"),
            models.Index(fields=["arrived_at"], name="repayment_open", condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
