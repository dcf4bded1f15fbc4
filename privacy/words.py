"""What the words mean that the engine itself writes into the logs."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .breaker import RELEASED
from .declarations import Recipient
from .documents import DOCUMENTS
from .logged import Log, register
from .models import Right, SweepRun
from .rights.states import OUTCOMES, State

register(
    Log.EVENT,
    {
        "erased": _("erased"),
        "wiped": _("wiped from rows that stay"),
        "sweep": _("sweep of the night"),
        RELEASED: _("paused rule released"),
        "consent_given": _("consent given"),
        "consent_withdrawn": _("consent withdrawn"),
        "request_received": _("privacy request received"),
        "request_extended": _("privacy request: more time taken"),
        **{
            f"request_{state}": format_lazy("{request}: {state}", request=_("privacy request"), state=state.label)
            for state in (*OUTCOMES, State.WITHDRAWN)
        },
        "recipient_added": _("recipient of data added"),
        "recipient_changed": _("recipient of data changed"),
        "recipients_confirmed": _("recipients confirmed"),
        "disclosed_by_law": _("disclosed because of a law"),
        "version_told": _("account holders told of a document"),
        "processor_told": _("clients told of a processor"),
    },
)
register(
    Log.REASON,
    {
        "sweep": _("its term was over"),
        "due": _("its term was over"),
        "request": _("asked for"),
        "self_service": _("by the person on the site"),
        "privacy_owner": _("by the privacy owner"),
        "legal_duty": _("legal duty"),
        **dict(SweepRun.Status.choices),
        **{document.key: document.title for document in DOCUMENTS.values()},
        **{right.value: right.label for right in Right},
        **{recipient.value: recipient.label for recipient in Recipient},
    },
)
register(Log.ACTION, {"open": _("opened"), "release": _("paused rule released")})
register(
    Log.MAIL,
    {
        "privacy.address_link": _("link to one's own data"),
        "privacy.processor": _("notice of a processor to clients"),
        "privacy.request_alarm": _("alarm: privacy requests that wait"),
        "privacy.request_answer": _("answer to a privacy request"),
        "privacy.request_extension": _("privacy request: more time taken"),
        "privacy.request_proof": _("privacy request: link that shows who asks"),
        "privacy.request_received": _("privacy request received"),
        "privacy.restriction_lifting": _("end of a restriction announced"),
        "privacy.sweep_red": _("alarm: the night needs attention"),
        "privacy.version": _("notice of a version"),
    },
)
