import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.models import StoredObject

from .clients import Assignment
from .contacts import Contact

# The two ways a message ends, each with its index: it goes whole (RT12), and a year sooner its person (RT13).
COMPLETED = Q(completed_at__isnull=False)
NAMED = Q(completed_at__isnull=False, person_erased_at__isnull=True)
# A file in which somebody may be named cannot be redacted.
NAMING = Q(completed_at__isnull=False, names_nobody=False)


class AssignmentMessage(models.Model):
    """What a client's contact and we wrote to each other about one assignment (P56)."""

    class Direction(models.TextChoices):
        INCOMING = "in", _("from the client")
        OUTGOING = "out", _("to the client")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Which form this was: sent twice, it is still one message.
    form_token = models.UUIDField(unique=True, editable=False)
    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="messages", verbose_name=_("assignment")
    )
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices)
    # With the contact, so that a hold on the person keeps what they wrote. Emptied before a contact is erased.
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.CASCADE, related_name="messages", verbose_name=_("contact person")
    )
    # Who wrote it, or to whom we wrote, as it stood then.
    person_name = models.CharField(_("name"), max_length=120, blank=True)
    person_address = models.CharField(_("e-mail address or phone"), max_length=254, blank=True)
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("date"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("recorded by")
    )
    # The completion of the assignment, here as an anchor; empty while the assignment is open.
    completed_at = models.DateTimeField(null=True)
    # Since when neither the columns nor the text say who it was.
    person_erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("message about an assignment")
        verbose_name_plural = _("messages about assignments")
        indexes = [
            models.Index(fields=["completed_at", "id"], name="message_completed", condition=COMPLETED),
            models.Index(fields=["completed_at", "id"], name="message_named", condition=NAMED),
            models.Index(fields=["assignment", "at"], name="message_of_assignment"),
        ]

    def __str__(self) -> str:
        return f"{_('message about an assignment')} {self.pk}"


class MessageAttachment(models.Model):
    """A file that came or went with a message. How it was called is not kept: such names name people."""

    class Kind(models.TextChoices):
        PDF = "pdf", _("PDF")
        JPEG = "jpeg", _("photo (JPEG)")
        PNG = "png", _("picture (PNG)")
        TEXT = "text", _("plain text")

    message = models.ForeignKey(AssignmentMessage, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    # Bytes.
    size = models.PositiveIntegerField(_("size"))
    # Whether staff said that nobody is named in it. What names somebody cannot be redacted, and goes with the link.
    names_nobody = models.BooleanField(_("names nobody"), default=False)
    completed_at = models.DateTimeField(null=True)
    stored = models.OneToOneField(StoredObject, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = [models.Index(fields=["completed_at", "id"], name="attachment_naming", condition=NAMING)]

    def __str__(self) -> str:
        return f"{_('attachment')} {self.pk}"
