import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .codes import LoginCode


class SavedCode(models.Model):
    """That a customer keeps a login code in their account, to open its photos without the card. It goes with the code
    (RT04), with the account (RT11), or when they take it out; the code itself is not stored here."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_codes")
    code = models.ForeignKey(LoginCode, on_delete=models.CASCADE, related_name="saved")
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("saved code")
        verbose_name_plural = _("saved codes")
        constraints = [models.UniqueConstraint(fields=["user", "code"], name="code_saved_once")]

    def __str__(self) -> str:
        return f"{_('saved code')} {self.pk}"
