"""What an order says about mail on similar products: the proof that it was offered to refuse it (P64, P65, L19)."""

from privacy.documents import MARKETING
from privacy.wordings import Wording, register

from .forms import CheckoutForm

_refusal = CheckoutForm.base_fields["refused_marketing"]

register(Wording(document=MARKETING, sentences=(_refusal.label or "", _refusal.help_text)))
