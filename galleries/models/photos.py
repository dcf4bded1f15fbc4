import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from galleries.querysets import PhotoQuerySet
from privacy.models import StoredObject

from .clients import Assignment
from .subjects import Group, Subject


class Photo(models.Model):
    """One photo of one subject, or of a group: exactly one of the two."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="photos", verbose_name=_("assignment")
    )
    subject = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.CASCADE, related_name="photos", verbose_name=_("subject")
    )
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.CASCADE, related_name="photos", verbose_name=_("group")
    )
    original = models.OneToOneField(StoredObject, on_delete=models.PROTECT, related_name="+", editable=False)
    # Keyed digest of the file's bytes: the same file is imported once, and never again after its deletion.
    content_digest = models.CharField(max_length=70, editable=False)
    # Pixels, after the camera's orientation was applied.
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    # The thumbnail's and the preview's storage names and sizes stand here too, so that a page of photos is one query.
    thumbnail_name = models.CharField(max_length=200, editable=False)
    preview_name = models.CharField(max_length=200, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded"), editable=False)
    available_from = models.DateTimeField(_("available from"), null=True, editable=False)
    # RT01: the instant from which nobody sees it and the night removes it; set on publication (A1, A2, A4).
    expires_at = models.DateTimeField(_("available until"), null=True, editable=False)
    # RT28, A36: when it was handed to the client instead of going online, and the instant from which the night removes
    # it. Empty once it goes online after all.
    handed_over_at = models.DateTimeField(_("handed to the client"), null=True, editable=False)
    handed_over_until = models.DateTimeField(_("kept after that until"), null=True, editable=False)
    # Whether a consent keeps it past the client's own term: RT02 instead of RT01.
    kept_on_consent = models.BooleanField(_("kept longer on consent"), default=False, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "content_digest"], name="file_once_per_assignment"),
            models.CheckConstraint(
                name="portrait_or_group",
                condition=Q(subject__isnull=False, group__isnull=True) | Q(subject__isnull=True, group__isnull=False),
            ),
            models.CheckConstraint(
                name="term_set_with_availability",
                condition=Q(available_from__isnull=True, expires_at__isnull=True)
                | Q(available_from__isnull=False, expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="handed_over_with_its_end",
                condition=Q(handed_over_at__isnull=True, handed_over_until__isnull=True)
                | Q(handed_over_at__isnull=False, handed_over_until__isnull=False, available_from__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at", "id"],
                name="photo_expires",
                condition=Q(expires_at__isnull=False, kept_on_consent=False),
            ),
            models.Index(
                fields=["expires_at", "id"],
                name="photo_kept_expires",
                condition=Q(expires_at__isnull=False, kept_on_consent=True),
            ),
            models.Index(
                fields=["uploaded_at", "id"],
                name="photo_unpublished",
                condition=Q(expires_at__isnull=True, handed_over_until__isnull=True),
            ),
            models.Index(
                fields=["handed_over_until", "id"],
                name="photo_handed_over",
                condition=Q(handed_over_until__isnull=False),
            ),
            models.Index(fields=["subject", "expires_at"], name="photo_of_subject"),
            models.Index(fields=["group", "expires_at"], name="photo_of_group"),
        ]

    def __str__(self) -> str:
        return f"{_('photo')} {self.pk}"


class Rendition(models.Model):
    """A smaller copy made at import: thumbnail or watermarked preview. No metadata, only pixels."""

    class Kind(models.TextChoices):
        THUMBNAIL = "thumbnail", _("thumbnail")
        PREVIEW = "preview", _("preview")

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    stored = models.OneToOneField(StoredObject, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [models.UniqueConstraint(fields=["photo", "kind"], name="rendition_once_per_photo")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Tombstone(models.Model):
    """Keyed digest of a file that was deleted from an assignment, so that no import brings it back. Kept until the
    last photo of the assignment is gone (RT26)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="tombstones")
    content_digest = models.CharField(max_length=70)
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")
        constraints = [models.UniqueConstraint(fields=["assignment", "content_digest"], name="tombstone_once")]
        indexes = [
            models.Index(fields=["emptied_at", "id"], name="tombstone_emptied", condition=Q(emptied_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"tombstone {self.pk}"
