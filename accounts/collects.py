"""The form of ours that collects data (P40, P45)."""

from django.utils.translation import gettext_lazy as _

from privacy.notices import Collects, register

register(
    Collects(
        key="accounts.signup",
        model="accounts.User",
        fields={"email": "", "password": _("Password")},
        without=_("You are free to make an account or not: you order just as well without one."),
    )
)
