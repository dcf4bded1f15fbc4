from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredObject(models.Model):
    """One file in private storage, registered before its first byte is written.

    `attached_at` is empty until a row of an app points at it: an object that stays unattached is an orphan and goes.
    `doomed_at` puts it on the deletion outbox; the row itself goes only when the store says the file is gone.
    """

    name = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()
    attached_at = models.DateTimeField(null=True)
    doomed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        indexes = [
            models.Index(fields=["doomed_at"], name="object_doomed", condition=models.Q(doomed_at__isnull=False)),
            models.Index(
                fields=["created_at", "id"],
                name="object_orphan",
                condition=models.Q(attached_at__isnull=True, doomed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
