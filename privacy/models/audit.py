from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessLogEntry(models.Model):
    """That a member of staff opened a record with personal data (P08). Kept twelve months (RT23)."""

    at = models.DateTimeField(_("at"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, verbose_name=_("user"))
    kind = models.CharField(_("kind"), max_length=60)
    object_id = models.BigIntegerField(_("row"), null=True)
    action = models.CharField(_("action"), max_length=40)

    class Meta:
        verbose_name = _("access log entry")
        verbose_name_plural = _("access log")
        indexes = [models.Index(fields=["at", "id"], name="access_log_at")]

    def __str__(self) -> str:
        return f"{_('access log entry')} {self.pk}"


class SecurityEvent(models.Model):
    """Something an attacker may have done, without who: a kind and a count. Kept ninety days (RT23)."""

    at = models.DateTimeField(_("at"))
    event = models.CharField(_("event"), max_length=60)
    count = models.PositiveIntegerField(_("count"), default=1)

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security log")
        indexes = [models.Index(fields=["at", "id"], name="security_event_at")]

    def __str__(self) -> str:
        return self.event
