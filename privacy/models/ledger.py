from django.db import models
from django.utils.translation import gettext_lazy as _


class LedgerEntry(models.Model):
    """One fact of the ledger: what was done to how many rows of which kind under which rule. Never who.

    Written in the transaction of the change it records. Rows are only ever added (triggers refuse the rest).
    """

    at = models.DateTimeField(_("at"))
    event = models.CharField(_("event"), max_length=40)
    rule = models.CharField(_("rule"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    count = models.PositiveIntegerField(_("count"), default=0)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    # A keyed digest of the public ids in the batch, so that a claim about one row can be checked later.
    digest = models.CharField(max_length=70, blank=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        # What the circuit breaker asks each night, however long the ledger is.
        indexes = [models.Index(fields=["at"], name="ledger_released", condition=models.Q(event="released"))]

    def __str__(self) -> str:
        return f"{self.event} {self.rule} {self.count}"


class LedgerSeal(models.Model):
    """The link of one entry in the chain, written afterwards by the one sealer."""

    sequence = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="seal")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("ledger seal")
        verbose_name_plural = _("ledger seals")

    def __str__(self) -> str:
        return f"seal {self.sequence}"
