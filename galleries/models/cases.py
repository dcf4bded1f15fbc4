import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from galleries.querysets import RemovalCaseQuerySet

from .channels import Channel
from .codes import LoginCode
from .photos import Photo

OPEN = Q(closed_at__isnull=True)
CLOSED = Q(closed_at__isnull=False)


class RemovalCase(models.Model):
    """Somebody asked us to take a photo away, or somebody off it (P22, A7). It is open until staff decided, or until
    the photo is gone; until then nobody can order the photo."""

    class Decision(models.TextChoices):
        MASKED = "masked", _("made unrecognisable")
        REPLACED = "replaced", _("replaced by another photo")
        DELETED = "deleted", _("deleted")
        UNCHANGED = "unchanged", _("left as it is")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The form it was asked on: sent twice, it is one case.
    form_token = models.UUIDField(unique=True, editable=False)
    # Empty when the photo is gone.
    photo = models.ForeignKey(
        Photo, null=True, on_delete=models.SET_NULL, related_name="removal_cases", verbose_name=_("photo")
    )
    # The code with which it was asked; empty when it was asked another way, or the code is gone.
    code = models.ForeignKey(LoginCode, null=True, on_delete=models.SET_NULL, related_name="removal_cases")
    channel = models.CharField(_("how it was asked"), max_length=10, choices=Channel.choices, default=Channel.CODE)
    reference = models.CharField(_("reference of the request"), max_length=120, blank=True)
    note = models.TextField(_("who it is about"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=5, default="nl")
    received_at = models.DateTimeField(_("received"))
    # The last of three working days (A34).
    due_on = models.DateField(_("to be done by"))
    alarmed_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)

    objects = RemovalCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("removal request")
        verbose_name_plural = _("removal requests")
        permissions = [("handle_removalcase", _("Record and decide removal requests"))]
        constraints = [
            models.CheckConstraint(
                name="removal_closed_with_decision",
                condition=Q(closed_at__isnull=True, decision="") | Q(closed_at__isnull=False) & ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="recorded_removal_has_reference", condition=Q(channel="code") | ~Q(reference="")
            ),
            models.UniqueConstraint(
                fields=["photo", "code"], name="one_open_removal_per_code", condition=Q(closed_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["photo"], name="removal_open", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["closed_at", "id"], name="removal_closed", condition=Q(closed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{_('removal request')} {self.pk}"


class HiddenPhoto(models.Model):
    """A group photo that one code no longer shows, because its holder asked us to take it away (A7)."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="hidden_from")
    code = models.ForeignKey(LoginCode, on_delete=models.CASCADE, related_name="hidden_photos")
    hidden_at = models.DateTimeField()

    class Meta:
        verbose_name = _("hidden photo")
        verbose_name_plural = _("hidden photos")
        constraints = [models.UniqueConstraint(fields=["photo", "code"], name="hidden_once_per_code")]

    def __str__(self) -> str:
        return f"{_('hidden photo')} {self.pk}"
