"""What the words mean that this app writes into the logs."""

from django.utils.translation import gettext_lazy as _

from privacy.logged import Log, register

register(Log.REASON, {"moved": _("moved to where it belongs")})
register(
    Log.MAIL,
    {
        "complaints.alarm": _("alarm: complaints that end"),
        "complaints.copy": _("copy of a message"),
        "complaints.outcome": _("outcome of a complaint"),
        "complaints.received": _("complaint received"),
        "complaints.reply": _("answer to a message"),
    },
)
