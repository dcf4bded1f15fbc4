"""To which words people agree when they make an account (P45, P59)."""

from django.utils.translation import gettext_lazy as _

from privacy.documents import ACCOUNT
from privacy.wordings import Wording, register

from .wording import CONSENT, CONSENT_HINT

register(
    Wording(
        document=ACCOUNT,
        sentences=(CONSENT, CONSENT_HINT),
        consent="account",
        activity=_("Keeping your account"),
        withdrawal=_("you delete your account on its own page, or ask us to."),
    )
)
