from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.declarations import Recipient


class RecipientNotice(models.Model):
    """What a recipient has to hear (art. 19 GDPR): that data they got was corrected, erased or restricted.

    It names the row by a number that says nothing about anybody; what changed stands there, not here. It waits until
    somebody told them and they confirmed.
    """

    class Event(models.TextChoices):
        RECTIFIED = "rectified", _("corrected")
        ERASED = "erased", _("erased")
        RESTRICTED = "restricted", _("restricted")

    recipient = models.CharField(_("who to tell"), max_length=20, choices=Recipient.choices)
    event = models.CharField(_("what happened"), max_length=10, choices=Event.choices)
    reference = models.CharField(_("about"), max_length=40)
    created_at = models.DateTimeField(_("since"))
    told_at = models.DateTimeField(_("told"), null=True)
    acknowledged_at = models.DateTimeField(_("confirmed"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("notice to a recipient")
        verbose_name_plural = _("notices to recipients")
        permissions = [("tell_recipients", _("Tell recipients what changed"))]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "event", "reference"],
                name="one_notice_to_tell",
                condition=Q(told_at__isnull=True),
            ),
            models.CheckConstraint(
                name="confirmed_after_told", condition=Q(acknowledged_at__isnull=True) | Q(told_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["acknowledged_at", "id"], name="notice_done", condition=Q(acknowledged_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"
