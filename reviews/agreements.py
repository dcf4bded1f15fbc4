"""To which words people agree on our pages (P72, P59)."""

from django.utils.translation import gettext_lazy as _

from privacy.documents import REVIEW
from privacy.wordings import Wording, register

from .actions import CONSENT
from .forms import ReviewForm

_consent = ReviewForm.base_fields["consent"]

register(
    Wording(
        document=REVIEW,
        sentences=(_consent.label or "", _consent.help_text),
        consent=CONSENT,
        activity=_("Showing your review"),
        withdrawal=_("you withdraw it with the link in our mail, from your account, or by asking us."),
    )
)
