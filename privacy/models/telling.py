from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionTold(models.Model):
    """How far we are in telling account holders of one version of a document (P94): each once, whatever job dies.

    `reached` is the key of the last account that was told, so that the next batch begins after it; whose it was is told
    nowhere else.
    """

    document = models.CharField(_("document"), max_length=30)
    version = models.CharField(_("version"), max_length=20)
    started_at = models.DateTimeField(_("started"))
    reached = models.BigIntegerField(default=0)
    told = models.PositiveIntegerField(_("told"), default=0)
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        verbose_name = _("notice of a version")
        verbose_name_plural = _("notices of versions")
        constraints = [models.UniqueConstraint(fields=["document", "version"], name="one_notice_per_version")]

    def __str__(self) -> str:
        return f"{self.document} {self.version}"
