from django.db import models
from django.utils.translation import gettext_lazy as _

from .recipients import DataRecipient


class Telling(models.Model):
    """How far we are in telling many people one thing: each once, whatever job dies.

    `reached` is the key of the last one who was told, so that the next batch begins after it; whose it was is told
    nowhere else.
    """

    started_at = models.DateTimeField(_("started"))
    reached = models.BigIntegerField(default=0)
    told = models.PositiveIntegerField(_("told"), default=0)
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        abstract = True


class VersionTold(Telling):
    """Telling account holders of one version of a document (P94)."""

    document = models.CharField(_("document"), max_length=30)
    version = models.CharField(_("version"), max_length=20)

    class Meta:
        verbose_name = _("notice of a version")
        verbose_name_plural = _("notices of versions")
        constraints = [models.UniqueConstraint(fields=["document", "version"], name="one_notice_per_version")]

    def __str__(self) -> str:
        return f"{self.document} {self.version}"


class ProcessorTold(Telling):
    """Telling clients that a processor is added, or that something about it changes (art. 28(2) GDPR)."""

    recipient = models.ForeignKey(DataRecipient, on_delete=models.CASCADE, related_name="tellings")
    is_new = models.BooleanField(_("added"))

    class Meta:
        verbose_name = _("notice of a processor to clients")
        verbose_name_plural = _("notices of a processor to clients")

    def __str__(self) -> str:
        return f"{_('notice of a processor to clients')} {self.pk}"
