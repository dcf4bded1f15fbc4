"""Requests of people who use a right (art. 15-21 GDPR), what we wrote back, and each step."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.rights.querysets import RightsRequestQuerySet
from privacy.rights.states import State

from .mail import OutgoingMail


class Right(models.TextChoices):
    ACCESS = "access", _("access to your data")
    RECTIFICATION = "rectification", _("correction of your data")
    ERASURE = "erasure", _("deletion of your data")
    RESTRICTION = "restriction", _("restriction of the use of your data")
    PORTABILITY = "portability", _("your data to take with you")
    OBJECTION = "objection", _("objection to what we do with your data")


class RequestChannel(models.TextChoices):
    """How a request came: no form is required of anybody (P92)."""

    SITE = "site", _("own page on the website")
    FORM = "form", _("contact form")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")
    POST = "post", _("letter by post")
    FACEBOOK = "facebook", _("Facebook")


class Proof(models.TextChoices):
    """What shows who asks. No copy of an identity card is ever asked (A8)."""

    NONE = "", _("nothing yet")
    CODE = "code", _("the login code")
    ACCOUNT = "account", _("the account")
    LINK = "link", _("a link mailed to the address")
    STAFF = "staff", _("otherwise, seen by staff")


class RightsRequest(models.Model):
    """One request. Its month runs from `received_at`, whenever somebody read it first (P93)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The form it was filled in on: sent twice, it is still one request.
    form_token = models.UUIDField(unique=True, editable=False)
    right = models.CharField(_("right"), max_length=15, choices=Right.choices)
    channel = models.CharField(_("channel"), max_length=10, choices=RequestChannel.choices)
    proof = models.CharField(_("proof of who asks"), max_length=10, choices=Proof.choices, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVED)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    text = models.TextField(_("request"), blank=True)
    language = models.CharField(max_length=5, default="nl")
    # Who they proved to be: the keys of codes and of an account, and an address (`privacy.people`).
    person = models.JSONField(default=dict)
    received_at = models.DateTimeField(_("received"))
    # Who of the staff wrote it down; empty for what came by our own pages or was moved from a message.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("taken in by")
    )
    answer_by = models.DateField(_("answer at the latest on"))
    extended_at = models.DateTimeField(_("extended"), null=True)
    # The day the privacy owner was last told that the last day is near, or over.
    warned_on = models.DateField(null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("privacy request")
        verbose_name_plural = _("privacy requests")
        permissions = [
            ("record_request", _("Record a privacy request")),
            ("handle_requests", _("Answer privacy requests")),
        ]
        constraints = [
            models.CheckConstraint(
                name="request_closed_or_open",
                condition=Q(closed_at__isnull=True, state__in=["received", "asked"])
                | Q(closed_at__isnull=False, state__in=["done", "partly", "refused", "withdrawn"]),
            )
        ]
        indexes = [
            models.Index(fields=["answer_by", "id"], name="request_open", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["closed_at", "id"], name="request_closed", condition=Q(closed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{_('privacy request')} {self.pk}"


class RequestMove(models.Model):
    """One step of a request along the table of states: when, and by whom if by staff."""

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10, choices=State.choices)
    after = models.CharField(max_length=10, choices=State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("step of a request")
        verbose_name_plural = _("steps of a request")

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"


class RequestLetter(models.Model):
    """What we wrote about a request. The mail goes first (RT24), and always with it; told by phone, there is none."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("acknowledgement")
        PROOF = "proof", _("question who asks")
        EXTENSION = "extension", _("extension")
        ANSWER = "answer", _("answer")
        NOTICE = "notice", _("notice")

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("text"), blank=True)
    written_at = models.DateTimeField(_("written"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    mail = models.ForeignKey(OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("letter about a request")
        verbose_name_plural = _("letters about requests")

    def __str__(self) -> str:
        return f"{_('letter')} {self.pk}"
