"""To which words people agree on our pages (P30, P59)."""

from django.utils.translation import gettext_lazy as _

from privacy.documents import KEEP_LONGER
from privacy.wordings import Wording, register

from .forms import KeepForm

_consent = KeepForm.base_fields["consent"]

register(
    Wording(
        document=KEEP_LONGER,
        sentences=(_consent.label or "", _consent.help_text),
        consent="galleries.keep_longer",
        activity=_("Keeping portraits 48 months longer"),
        withdrawal=_("you withdraw it on the page with your photos, under “Keep 48 months longer”, or by asking us."),
    )
)
