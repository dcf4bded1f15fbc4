"""The form of ours that collects data (P67, P69)."""

from django.utils.translation import gettext_lazy as _

from privacy.notices import Collects, register

register(
    Collects(
        key="complaints.contact",
        model="complaints.ContactMessage",
        fields=dict.fromkeys(("topic", "name", "email", "text"), ""),
        without=_("Without an e-mail address and a message we cannot answer. Your name is up to you."),
    )
)
