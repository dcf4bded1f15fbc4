"""The address for one mail before photos go: stored apart, and forgotten with the gallery (A6, RT31)."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from common.periods import Bound, Period
from privacy.declarations import Basis, Category, Purpose, Recipient, Whose, not_personal, personal, plain
from privacy.registry import registry
from privacy.rules import Outcome, Rule

from .actions.reminding import erase_reminders
from .models import Reminder

# Asked for by who left it, and for nothing else: no consent is kept beside it, and one click ends it.
reminder = partial(
    personal,
    whose=Whose.VISITOR,
    purpose=Purpose.INFORM,
    basis=Basis.LEGITIMATE_INTEREST,
    rule="RT31",
    clauses=("P55",),
    recipients=(Recipient.HOST,),
)

registry.declare(
    "galleries.Reminder",
    {
        "id": plain(),
        "public_id": plain(),
        "code": reminder(category=Category.ACCESS, access=False),
        "digest": reminder(category=Category.CONTACT, access=False),
        "address": reminder(
            category=Category.CONTACT,
            label=_("E-mail address for the mail before the photos go"),
            recipients=(Recipient.HOST, Recipient.MAIL_PROVIDER),
        ),
        "language": not_personal("one of the two languages of the site"),
        "left_at": plain(),
        "told_until": plain(),
        "mail": plain(),
        "closes_at": plain(),
    },
)
registry.rule(
    Rule(
        key="RT31",
        title=_("an address for one mail before photos go: until those photos have gone"),
        clauses=("P55",),
        model=Reminder,
        anchor="closes_at",
        period=Period(),
        bound=Bound.AT_MOST,
        outcome=Outcome.DELETE,
    )
)
registry.erasure(Reminder, erase_reminders)
