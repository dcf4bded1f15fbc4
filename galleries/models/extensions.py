import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from galleries.querysets import ExtensionQuerySet
from privacy.models import Consent

from .channels import Channel
from .codes import LoginCode
from .subjects import Subject


class Extension(models.Model):
    """That one holder of a code asked to keep a subject's portraits 48 months longer (P26, P27). Each household has its
    own (A40); asked again, a second one stands beside the first."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="extensions")
    code = models.ForeignKey(LoginCode, on_delete=models.CASCADE, related_name="extensions")
    consent = models.OneToOneField(Consent, on_delete=models.CASCADE, related_name="+")
    # How it was asked, and where that request stands when staff recorded it (P28).
    channel = models.CharField(_("how it was asked"), max_length=10, choices=Channel.choices, default=Channel.CODE)
    reference = models.CharField(_("reference of the request"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("asked"))
    # Set when the consent is withdrawn, or when the last portrait is gone.
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        permissions = [("record_extension", _("Record an extension that was asked another way"))]
        constraints = [
            models.CheckConstraint(
                name="recorded_extension_has_reference",
                condition=models.Q(channel="code") | ~models.Q(reference=""),
            )
        ]
        indexes = [
            models.Index(fields=["subject", "code"], name="extension_standing", condition=Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{_('extension')} {self.pk}"
