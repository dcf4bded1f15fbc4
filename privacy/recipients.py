"""Whether data may go to somebody: asked wherever it really leaves (P83).

Only a company that is registered, works for us today and has an agreement that has not run out receives anything. Where
the software hands data over (the file for the print lab, the address for the carrier) it asks first and refuses with a
sentence. What nobody can switch off (the host, the mail) is an alarm on the first page instead: `docs/decisions`.
"""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.periods import local_date

from .declarations import Recipient
from .models import DataRecipient


class NotAgreed(Exception):
    """Data that may not go. `message` says why to the one who asked."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__("transfer refused")


def receivers(category: Recipient, *, now: datetime) -> list[DataRecipient]:
    """The companies of this kind that may receive data now."""
    return list(DataRecipient.objects.with_agreement(local_date(now)).filter(category=category))


def may_receive(category: Recipient, *, now: datetime) -> bool:
    """Whether anybody of this kind may receive data now."""
    return DataRecipient.objects.with_agreement(local_date(now)).filter(category=category).exists()


_REFUSALS: dict[Recipient, Promise] = {
    Recipient.PRINT_LAB: _(
        "No print lab has a valid agreement with us, so no photo may go there. The privacy owner records agreements."
    ),
    Recipient.CARRIER: _(
        "No carrier has a valid agreement with us, so no address may go there. The privacy owner records agreements."
    ),
}


def require(category: Recipient, *, now: datetime) -> None:
    """Raise `NotAgreed` unless somebody of this kind may receive data now."""
    if not may_receive(category, now=now):
        refusal = _("Nobody of this kind has a valid agreement with us, so nothing may go there.")
        raise NotAgreed(str(_REFUSALS.get(category, refusal)))
