import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .clients import Assignment


class Group(models.Model):
    """A class, team or department: who stand together on a group photo."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="groups", verbose_name=_("assignment")
    )
    name = models.CharField(_("name"), max_length=40)
    emptied_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [models.UniqueConstraint(fields=["assignment", "name"], name="group_once_per_assignment")]
        indexes = [
            models.Index(fields=["emptied_at", "id"], name="group_emptied", condition=Q(emptied_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{_('group')} {self.pk}"


class Subject(models.Model):
    """Who is on the photo: a number and a group, no name (P16, art. 5(1)(c) GDPR)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="subjects", verbose_name=_("assignment")
    )
    number = models.CharField(_("number"), max_length=20)
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="subjects", verbose_name=_("group")
    )
    # RT26: set when the last photo of the subject was erased; empty again when a new one arrives.
    emptied_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        constraints = [models.UniqueConstraint(fields=["assignment", "number"], name="subject_once_per_assignment")]
        indexes = [
            models.Index(fields=["emptied_at", "id"], name="subject_emptied", condition=Q(emptied_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{_('subject')} {self.pk}"
