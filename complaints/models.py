"""Messages from the contact form, complaints from every channel, and what we wrote back."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.models import OutgoingMail, StoredObject
from shop.models import Order, OrderLine

from .querysets import ComplaintQuerySet, ContactMessageQuerySet

# The three ways a message ends (RT16); each has its index, and none overlaps another.
WAITING = Q(is_spam=False, handled_at__isnull=True)
HANDLED = Q(is_spam=False, handled_at__isnull=False)
SPAM = Q(is_spam=True)
# And the two ways a complaint ends (RT15).
OPEN = Q(closed_at__isnull=True)
CLOSED = Q(closed_at__isnull=False)


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
            ("erase_messages", _("Erase a message at once")),
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


class Channel(models.TextChoices):
    FORM = "form", _("contact form")
    ORDER = "order", _("order page")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")
    FACEBOOK = "facebook", _("Facebook")
    POST = "post", _("letter by post")


class Reason(models.TextChoices):
    """What is wrong with something that was ordered."""

    DAMAGED = "damaged", _("It is damaged")
    WRONG = "wrong", _("It is not what I ordered")
    QUALITY = "quality", _("The quality is poor")
    MISSING = "missing", _("It did not arrive")
    PAYMENT = "payment", _("Something is wrong with the payment")
    OTHER = "other", _("Something else")


class Outcome(models.TextChoices):
    SOLVED = "solved", _("solved")
    PARTLY = "partly", _("solved in part")
    EXPLAINED = "explained", _("explained, not solved")
    WITHDRAWN = "withdrawn", _("withdrawn by who complained")


class Complaint(models.Model):
    """A complaint, whichever way it came (P74). It is open until it has an outcome (P75)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The form it was filled in on, by a visitor or by staff: sent twice, it is still one complaint.
    form_token = models.UUIDField(unique=True, editable=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    text = models.TextField(_("complaint"))
    # What it is about: looked up there and never copied, so that it ends where the order ends.
    order = models.ForeignKey(Order, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("order"))
    line = models.ForeignKey(
        OrderLine, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("order line")
    )
    reason = models.CharField(_("what is wrong"), max_length=10, choices=Reason.choices, blank=True)
    picture = models.OneToOneField(
        StoredObject, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("photo")
    )
    language = models.CharField(max_length=5, default="nl")
    submitted_at = models.DateTimeField(_("received"))
    alarmed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    # Anchor of RT15 once closed: see `deadlines.closed_anchor`.
    kept_from = models.DateTimeField(null=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        permissions = [
            ("handle_complaints", _("Record and close complaints")),
            ("erase_complaints", _("Erase a complaint on request")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, kept_from__isnull=True, outcome="")
                | Q(closed_at__isnull=False, kept_from__isnull=False) & ~Q(outcome=""),
                name="complaint_closed_with_outcome",
            )
        ]
        indexes = [
            models.Index(fields=["submitted_at", "id"], name="complaint_open", condition=OPEN),
            models.Index(fields=["kept_from", "id"], name="complaint_closed", condition=CLOSED),
        ]

    def __str__(self) -> str:
        return f"{_('complaint')} {self.pk}"


class ComplaintCount(models.Model):
    """How many complaints of a year and channel were erased, by outcome; none without one. Leads to nobody (A19)."""

    year = models.PositiveSmallIntegerField(_("year"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    count = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("number of complaints")
        verbose_name_plural = _("numbers of complaints")
        constraints = [
            models.UniqueConstraint(fields=["year", "channel", "outcome"], name="complaint_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.channel} {self.outcome}"


class Letter(models.Model):
    """What we wrote about a message or a complaint: the log of our answers. The mail goes first (RT24), and always
    with it. An outcome told by phone has no mail."""

    class Kind(models.TextChoices):
        COPY = "copy", _("copy for the sender")
        REPLY = "reply", _("answer")
        ACKNOWLEDGEMENT = "received", _("acknowledgement")
        OUTCOME = "outcome", _("outcome")

    message = models.ForeignKey(ContactMessage, null=True, on_delete=models.CASCADE, related_name="letters")
    complaint = models.ForeignKey(Complaint, null=True, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("text"), blank=True)
    written_at = models.DateTimeField(_("written"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, verbose_name=_("by"))
    mail = models.ForeignKey(OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, complaint__isnull=True)
                | Q(message__isnull=True, complaint__isnull=False),
                name="letter_about_one",
            )
        ]

    def __str__(self) -> str:
        return f"{_('letter')} {self.pk}"


class ReplyTemplate(models.Model):
    """The beginning of an answer that staff give often (P68), in both languages. It names nobody: what differs from
    one answer to the next stands in it as a placeholder from a fixed list (`complaints.wording`)."""

    title = models.CharField(_("title"), max_length=80, unique=True)
    text_nl = models.TextField(_("text in Dutch"))
    text_en = models.TextField(_("text in English"))
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
