"""The forms of the privacy half that collect data (P40)."""

from django.utils.translation import gettext_lazy as _

from .notices import Collects, register

register(
    Collects(
        key="privacy.proof",
        model="privacy.AddressProof",
        fields={"email": ""},
        without=_("Without the link in a mail we cannot know that the address is yours, and show nothing of it."),
    ),
    Collects(
        key="privacy.right",
        model="privacy.RightsRequest",
        fields={"text": "", "email": ""},
        without=_("Write no more than we need to know. Without an address you read our answer on these pages only."),
    ),
)
