import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .users import User


class AddressChange(models.Model):
    """An address a customer wants to log in with from now on, until they confirm it or three days have passed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="address_change")
    email = models.EmailField(_("new e-mail address"))
    asked_at = models.DateTimeField(_("asked"))

    class Meta:
        verbose_name = _("change of address")
        verbose_name_plural = _("changes of address")
        indexes = [models.Index(fields=["asked_at", "id"], name="address_change_asked")]

    def __str__(self) -> str:
        return f"{_('change of address')} {self.pk}"
