"""What the words mean that this app writes into the logs."""

from django.utils.translation import gettext_lazy as _

from privacy.logged import Log, register

from .models import Suppression

register(
    Log.EVENT,
    {
        "account_opened": _("account opened"),
        "objection": _("objection to advertising"),
        "objection_withdrawn": _("objection to advertising taken back"),
        "suppressions_reviewed": _("list of objections reviewed"),
    },
)
register(
    Log.REASON,
    {
        "confirmed": _("address confirmed"),
        "address_taken": _("address belongs to another account"),
        "asked_again": _("asked again"),
        "registered_again": _("registered again"),
        "objection": _("objection to advertising"),
        **{reason.value: reason.label for reason in Suppression.Reason if reason != Suppression.Reason.REQUEST},
    },
)
register(Log.SECURITY, {"login_burst": _("many failed logins"), "staff_roles_changed": _("roles of staff changed")})
register(
    Log.MAIL,
    {
        "accounts.alarm": _("alarm: accounts whose reminder never arrived"),
        "accounts.campaign": _("campaign"),
        "accounts.change": _("confirm another address"),
        "accounts.confirm": _("confirm an account"),
        "accounts.deleted": _("account deleted"),
        "accounts.idle": _("reminder before an unused account goes"),
        "accounts.known": _("registering: account exists already"),
        "accounts.notice": _("notice of a change in an account"),
        "accounts.reset": _("link to a new password"),
        "accounts.unknown": _("new password: no account exists"),
    },
)
