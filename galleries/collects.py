"""The forms of ours that collect data (P40)."""

from django.utils.translation import gettext_lazy as _

from privacy.notices import Collects, register

_RECEIPT = {"to": _("E-mail address for a receipt")}
_NO_RECEIPT = _("The address is up to you. Without one you get no receipt, and everything else happens all the same.")

register(
    Collects(
        key="galleries.code",
        model="galleries.LoginCode",
        fields={"digest": _("Code on your card"), "last_used_at": ""},
        without=_("Without a code you cannot see photos. It is all we ask: no name, no address."),
    ),
    Collects(key="galleries.receipt", model="privacy.OutgoingMail", fields=_RECEIPT, without=_NO_RECEIPT),
    Collects(
        key="galleries.keep",
        model="privacy.Consent",
        fields={"capacity": "", "given_at": ""},
        without=_("You are free to agree or not. Without your consent the portraits go on the agreed day."),
    ),
    Collects(
        key="galleries.remind",
        model="galleries.Reminder",
        fields={"address": ""},
        without=_("You are free to leave an address. Without one you get no mail before the photos go."),
    ),
    Collects(
        key="galleries.ask",
        model="galleries.RemovalCase",
        fields={"note": "", "email": ""},
        without=_("You are free to fill these in. Without an address you do not hear what we decided."),
    ),
)
