"""What we hold about who writes to us, and the rules that end it."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from common.periods import Bound
from privacy.declarations import Basis, Category, Purpose, Recipient, Whose, not_personal, personal, plain
from privacy.registry import registry
from privacy.rules import Outcome, Rule

from . import deadlines
from .actions import erase_complaints, erase_letters
from .models import CLOSED, HANDLED, OPEN, SPAM, WAITING, Complaint, ContactMessage, Letter

_ENDS = ("RT16.handled", "RT16.spam", "RT16.waiting")
_CASE_ENDS = ("RT15.closed", "RT15.open")
_BY_CODE = "a word our code chooses from a fixed list"

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
_of_complainant = partial(_of_sender, rule=_CASE_ENDS, clauses=("P75", "P76", "P77"))

registry.declare(
    "complaints.Complaint",
    {
        "id": plain(),
        "public_id": plain(),
        "form_token": plain(),
        "channel": not_personal(_BY_CODE),
        "name": _of_complainant(category=Category.CONTACT, label=_("Name")),
        "email": _of_complainant(category=Category.CONTACT, label=_("E-mail address")),
        "text": _of_complainant(category=Category.MESSAGE, label=_("Your complaint")),
        "order": _of_complainant(category=Category.ORDER, label=_("The order you complained about")),
        "line": _of_complainant(category=Category.ORDER, access=False),
        "reason": _of_complainant(category=Category.MESSAGE, label=_("What was wrong")),
        "picture": _of_complainant(category=Category.IMAGE, access=False),
        "language": not_personal("one of the two languages of the site"),
        "submitted_at": plain(),
        "alarmed_at": plain(),
        "closed_at": plain(),
        "outcome": _of_complainant(category=Category.MESSAGE, label=_("What came of your complaint")),
        "kept_from": plain(),
    },
)
registry.declare(
    "complaints.ReplyTemplate",
    {
        "id": plain(),
        "title": not_personal("what staff call a text of ours"),
        "text_nl": not_personal("a text of ours for everybody; the form asks to name nobody"),
        "text_en": not_personal("a text of ours for everybody; the form asks to name nobody"),
        "is_active": plain(),
    },
)
registry.declare(
    "complaints.ComplaintCount",
    {
        "id": plain(),
        "year": plain(),
        "channel": not_personal(_BY_CODE),
        "outcome": not_personal("a count per outcome, of nobody"),
        "count": plain(),
    },
)
registry.declare(
    "complaints.Letter",
    {
        "id": plain(),
        "message": plain(),
        "complaint": plain(),
        "kind": not_personal(_BY_CODE),
        "text": _of_sender(category=Category.MESSAGE, label=_("Our answer"), rule=_ENDS + _CASE_ENDS),
        "written_at": plain(),
        "by": personal(
            whose=Whose.STAFF,
            category=Category.WORK,
            purpose=Purpose.ANSWER,
            basis=Basis.LEGITIMATE_INTEREST,
            rule=_ENDS + _CASE_ENDS,
            clauses=("P08", "P67"),
            label=_("Messages you answered"),
        ),
        "mail": plain(),
    },
)

_goes = partial(Rule, bound=Bound.AT_MOST, outcome=Outcome.DELETE)
_message = partial(_goes, clauses=("P67", "P69"), model=ContactMessage)
_complaint = partial(_goes, clauses=("P77",), model=Complaint)

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
registry.rule(
    _complaint(
        key="RT15.closed",
        title=_("complaint, after it was closed, and at most a year after it came"),
        anchor="kept_from",
        period=deadlines.CLOSED_COMPLAINT,
        condition=CLOSED,
    )
)
registry.rule(
    _complaint(
        key="RT15.open",
        title=_("complaint that is still open"),
        anchor="submitted_at",
        period=deadlines.OPEN_COMPLAINT,
        condition=OPEN,
    )
)
registry.erasure(Complaint, erase_complaints)
registry.erasure(Letter, erase_letters)
registry.honours_restrictions(Complaint, ContactMessage)
