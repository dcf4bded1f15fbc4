import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """A message, written in the transaction that caused it and sent by a job afterwards. The row goes 14 days after
    it was sent, or written if it never was (RT24)."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("given up")
        WITHHELD = "withheld", _("not sent: no longer wanted")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"))
    # The row it is about ("shop.order" and its key): while that is restricted, nothing about it goes out (P88).
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    # Where a mail program unsubscribes with one click (RFC 8058); empty where there is nothing to end.
    unsubscribe_url = models.URLField(max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("written"))
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    # Anchor of RT24: when it was sent, until then when it was written.
    kept_from = models.DateTimeField()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["kept_from", "id"], name="mail_kept_from"),
            models.Index(fields=["about_kind", "about_id"], name="mail_about"),
            models.Index(
                fields=["created_at"], name="mail_unsent", condition=models.Q(status__in=["waiting", "sending"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
