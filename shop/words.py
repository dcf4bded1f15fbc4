"""What the words mean that this app writes into the logs."""

from django.utils.translation import gettext_lazy as _

from privacy.logged import Log, register

from .models import Repayment

register(
    Log.EVENT,
    {
        "rectified": _("corrected"),
        "repaid": _("money paid back"),
        "unusable_payment": _("money we cannot keep"),
        "used_for_order": _("money used for another order"),
    },
)
register(
    Log.REASON,
    {
        "ordered": _("ordered"),
        "rectified": _("corrected"),
        "staff": _("by staff"),
        **dict(Repayment.Why.choices),
    },
)
register(
    Log.MAIL,
    {
        "shop.corrected": _("order corrected"),
        "shop.paid": _("order paid"),
        "shop.paid_twice": _("order paid twice"),
        "shop.photo_changed": _("photo of an order changed"),
        "shop.placed": _("order placed"),
        "shop.readdressed": _("order has another e-mail address"),
    },
)
