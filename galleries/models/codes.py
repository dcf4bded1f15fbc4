import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from galleries.querysets import LoginCodeQuerySet

from .subjects import Subject


class LoginCode(models.Model):
    """What opens the photos of one subject and the group photos of its group (P25).

    The code itself is stored twice and never readable: a keyed digest to look it up, and encrypted for the reprint.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="codes", verbose_name=_("subject"))
    digest = models.CharField(max_length=70, unique=True, editable=False)
    encrypted = models.TextField(editable=False)
    issued_at = models.DateTimeField(_("issued"), editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    # RT04: the latest expiry of any photo the code opens; empty while there is none.
    expires_at = models.DateTimeField(_("valid until"), null=True, editable=False)

    objects = LoginCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("login code")
        verbose_name_plural = _("login codes")
        permissions = [
            ("reprint_logincode", "Can reprint a login code"),
            ("revoke_logincode", "Can revoke a login code"),
        ]
        indexes = [
            models.Index(fields=["expires_at", "id"], name="code_expires", condition=Q(expires_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{_('login code')} {self.pk}"
