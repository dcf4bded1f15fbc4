"""What we hold about who writes to us, and the rules that end it."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from common.periods import Bound
from privacy.declarations import Basis, Category, Purpose, Recipient, Whose, not_personal, personal, plain
from privacy.registry import registry
from privacy.rules import Outcome, Rule

from . import deadlines
from .actions import erase_letters
from .models import HANDLED, SPAM, WAITING, ContactMessage, Letter

_ENDS = ("RT16.handled", "RT16.spam", "RT16.waiting")

_of_sender = partial(
    personal,
    whose=Whose.SENDER,
    purpose=Purpose.ANSWER,
    basis=Basis.LEGITIMATE_INTEREST,
    rule=_ENDS,
    clauses=("P67", "P69"),
    recipients=(Recipient.HOST, Recipient.MAIL_PROVIDER),
)

registry.declare(
    "complaints.ContactMessage",
    {
        "id": plain(),
        "public_id": plain(),
        "form_token": plain(),
        "topic": _of_sender(category=Category.MESSAGE, label=_("What your message is about")),
        "name": _of_sender(category=Category.CONTACT, label=_("Name")),
        "email": _of_sender(category=Category.CONTACT, label=_("E-mail address")),
        "text": _of_sender(category=Category.MESSAGE, label=_("Your message")),
        "language": not_personal("one of the two languages of the site"),
        "received_at": plain(),
        "is_spam": plain(),
        "handled_at": plain(),
        "kept_from": plain(),
    },
)
registry.declare(
    "complaints.Letter",
    {
        "id": plain(),
        "message": plain(),
        "kind": not_personal("a word our code chooses from a fixed list"),
        "text": _of_sender(category=Category.MESSAGE, label=_("Our answer")),
        "written_at": plain(),
        "by": personal(
            whose=Whose.STAFF,
            category=Category.WORK,
            purpose=Purpose.ANSWER,
            basis=Basis.LEGITIMATE_INTEREST,
            rule=_ENDS,
            clauses=("P08", "P67"),
            label=_("Messages you answered"),
        ),
        "mail": plain(),
    },
)

_message = partial(Rule, clauses=("P67", "P69"), model=ContactMessage, bound=Bound.AT_MOST, outcome=Outcome.DELETE)

registry.rule(
    _message(
        key="RT16.handled",
        title=_("message from the contact form, after we last dealt with it, and at most a year after we got it"),
        anchor="kept_from",
        period=deadlines.HANDLED,
        condition=HANDLED,
    )
)
registry.rule(
    _message(
        key="RT16.spam",
        title=_("spam from the contact form"),
        anchor="received_at",
        period=deadlines.SPAM,
        condition=SPAM,
    )
)
registry.rule(
    _message(
        key="RT16.waiting",
        title=_("message from the contact form that we have not dealt with"),
        anchor="received_at",
        period=deadlines.WAITING,
        condition=WAITING,
    )
)
registry.erasure(Letter, erase_letters)
registry.honours_restrictions(ContactMessage)
