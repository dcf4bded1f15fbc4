"""What the words mean that this app writes into the logs."""

from django.utils.translation import gettext_lazy as _

from privacy.logged import Log, register

register(Log.EVENT, {"rectified": _("corrected")})
register(Log.REASON, {"staff": _("by staff")})
register(
    Log.MAIL,
    {
        "shop.corrected": _("order corrected"),
        "shop.paid": _("order paid"),
        "shop.photo_changed": _("photo of an order changed"),
        "shop.placed": _("order placed"),
    },
)
