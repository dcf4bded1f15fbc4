"""The export of a person's data, and the mailed link by which somebody shows that an address is theirs."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.rights.querysets import ExportQuerySet

from .requests import RightsRequest
from .storage import StoredObject


class Export(models.Model):
    """One ZIP with what we hold about who asked, made in the background; gone seven days after it was made (RT19)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.OneToOneField(RightsRequest, on_delete=models.CASCADE, related_name="export")
    # Only what art. 20 GDPR asks for: given by the person, on contract or consent.
    is_portable = models.BooleanField(_("to take along"))
    stored = models.OneToOneField(StoredObject, null=True, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    made_at = models.DateTimeField(_("made"), null=True)
    # Anchor of RT19.export: when it was made. Until then there is no file: the row goes with its request.
    kept_from = models.DateTimeField()

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        indexes = [
            models.Index(
                fields=["kept_from", "id"], name="export_kept_from", condition=models.Q(made_at__isnull=False)
            ),
            models.Index(fields=["id"], name="export_to_make", condition=models.Q(made_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{_('export')} {self.pk}"


class AddressProof(models.Model):
    """A link on its way to an address, so that no address has to stand in it. Gone a day later."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    created_at = models.DateTimeField(_("asked"))

    class Meta:
        verbose_name = _("mailed proof of an address")
        verbose_name_plural = _("mailed proofs of addresses")
        indexes = [models.Index(fields=["created_at", "id"], name="address_proof_age")]

    def __str__(self) -> str:
        return f"{_('mailed proof of an address')} {self.pk}"
