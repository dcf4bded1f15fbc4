import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class _Exception(models.Model):
    """What keeps one row out of every sweep: the row's kind ("shop.order") and its primary key."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    object_id = models.BigIntegerField(_("row"))
    reason = models.CharField(_("reason"), max_length=200)
    created_at = models.DateTimeField(_("since"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Hold(_Exception):
    """A legal hold (A18): keeps a row past its term, with a reason, an owner and an end."""

    # Empty when the owner left and their account was erased: the hold stays, the privacy owner answers for it.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, verbose_name=_("owner"))
    until = models.DateTimeField(_("until"))

    class Meta(_Exception.Meta):
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        indexes = [
            models.Index(fields=["kind", "object_id", "until"], name="hold_lookup"),
            models.Index(fields=["until", "id"], name="hold_until"),
        ]


class Restriction(_Exception):
    """A restriction of processing (art. 18 GDPR): stored, and nothing else, until it is lifted."""

    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    # Who asked for it hears before it is lifted (art. 18(3) GDPR): where, in which language, when, and from which day.
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=5, default="nl")
    announced_at = models.DateTimeField(_("lifting announced"), null=True, blank=True)
    lifts_on = models.DateField(_("lifted on"), null=True, blank=True)

    class Meta(_Exception.Meta):
        verbose_name = _("restriction")
        verbose_name_plural = _("restrictions")
        indexes = [
            models.Index(
                fields=["kind", "object_id"], name="restriction_lookup", condition=models.Q(lifted_at__isnull=True)
            ),
            models.Index(
                fields=["lifted_at", "id"], name="restriction_lifted", condition=models.Q(lifted_at__isnull=False)
            ),
            models.Index(
                fields=["lifts_on"],
                name="restriction_announced",
                condition=models.Q(lifts_on__isnull=False, lifted_at__isnull=True),
            ),
        ]
