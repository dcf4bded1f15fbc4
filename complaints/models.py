"""Messages from the contact form and what we wrote back."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.models import OutgoingMail

from .querysets import ContactMessageQuerySet

# The three ways a message ends (RT16); each has its index, and none overlaps another.
WAITING = Q(is_spam=False, handled_at__isnull=True)
HANDLED = Q(is_spam=False, handled_at__isnull=False)
SPAM = Q(is_spam=True)


class Topic(models.TextChoices):
    QUESTION = "question", _("A question")
    COMPLAINT = "complaint", _("A complaint")
    PRIVACY = "privacy", _("A privacy request")
    OTHER = "other", _("Something else")


class ContactMessage(models.Model):
    """What somebody wrote to us, with the least that an answer needs (P67)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Which form this was: sent twice, it is still one message.
    form_token = models.UUIDField(unique=True, editable=False)
    topic = models.CharField(_("topic"), max_length=10, choices=Topic.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"))
    text = models.TextField(_("message"))
    language = models.CharField(max_length=5, default="nl")
    received_at = models.DateTimeField(_("received"))
    is_spam = models.BooleanField(_("spam"), default=False)
    handled_at = models.DateTimeField(_("last dealt with"), null=True)
    # Anchor of RT16 once handled: see `deadlines.handled_anchor`.
    kept_from = models.DateTimeField(null=True)

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact message")
        verbose_name_plural = _("contact messages")
        permissions = [
            ("answer_messages", _("Answer questions and complaints")),
            ("answer_privacy_requests", _("Answer privacy requests")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, kept_from__isnull=True)
                | Q(handled_at__isnull=False, kept_from__isnull=False),
                name="contact_handled_has_anchor",
            )
        ]
        indexes = [
            models.Index(fields=["received_at", "id"], name="contact_waiting", condition=WAITING),
            models.Index(fields=["kept_from", "id"], name="contact_handled", condition=HANDLED),
            models.Index(fields=["received_at", "id"], name="contact_spam", condition=SPAM),
        ]

    def __str__(self) -> str:
        return f"{_('contact message')} {self.pk}"


class Letter(models.Model):
    """What we mailed about a message: the log of our answers. The mail itself goes first (RT24), and always with it."""

    class Kind(models.TextChoices):
        COPY = "copy", _("copy for the sender")
        REPLY = "reply", _("answer")

    message = models.ForeignKey(ContactMessage, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("text"), blank=True)
    written_at = models.DateTimeField(_("written"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, verbose_name=_("by"))
    mail = models.ForeignKey(OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return f"{_('letter')} {self.pk}"
