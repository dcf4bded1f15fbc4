import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.encrypted import EncryptedTextField
from galleries.querysets import ReminderQuerySet
from privacy.models import OutgoingMail

from .codes import LoginCode


class Reminder(models.Model):
    """An address that wants one mail before the photos of a code go, and nothing else (A6, RT31).

    It is encrypted, and no screen shows it: the job that mails it is its only reader. The keyed digest keeps one
    address from standing twice with a code, and finds it for who asks what we hold about their address.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.ForeignKey(LoginCode, on_delete=models.CASCADE, related_name="reminders")
    digest = models.CharField(max_length=70, editable=False)
    address = EncryptedTextField(_("e-mail address"), editable=False)
    language = models.CharField(max_length=7)
    left_at = models.DateTimeField(_("left"))
    # Photos that end at or before this moment were mailed about, or were nothing to mail about.
    told_until = models.DateTimeField()
    # The last message; the night may erase it first (RT24).
    mail = models.ForeignKey(OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="+")
    # Anchor of RT31: the end of the code, which moves with the photos, or the moment it was revoked.
    closes_at = models.DateTimeField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish for a mail before the end")
        verbose_name_plural = _("wishes for a mail before the end")
        constraints = [models.UniqueConstraint(fields=["code", "digest"], name="reminder_once_per_code")]
        indexes = [models.Index(fields=["closes_at", "id"], name="reminder_closes")]

    def __str__(self) -> str:
        return f"{_('wish for a mail before the end')} {self.pk}"
