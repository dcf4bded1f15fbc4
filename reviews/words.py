"""What the words mean that this app writes into the logs."""

from django.utils.translation import gettext_lazy as _

from privacy.logged import Log, register

from .actions.writing import CONSENT

register(Log.EVENT, {"name_removed": _("name taken off a review")})
register(Log.REASON, {CONSENT: _("consent to show a review")})
register(
    Log.MAIL,
    {
        "reviews.published": _("review published"),
        "reviews.received": _("review received"),
        "reviews.refused": _("review refused"),
    },
)
