"""The forms of ours that collect data (P67, P69)."""

from django.utils.translation import gettext_lazy as _

from privacy.notices import Collects, register

register(
    Collects(
        key="complaints.contact",
        model="complaints.ContactMessage",
        fields=dict.fromkeys(("topic", "name", "email", "text"), ""),
        without=_("Without an e-mail address and a message we cannot answer. Your name is up to you."),
    ),
    Collects(
        key="complaints.order",
        model="complaints.Complaint",
        fields={
            "reason": "",
            "text": "",
            "picture": _("Photo of what is wrong"),
            "email": _("The address of your order"),
        },
        without=_("Without your words we cannot look into it. A photo is up to you."),
    ),
)
