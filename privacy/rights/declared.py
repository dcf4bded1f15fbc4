"""What requests of persons hold, and the rule that ends them (RT19, A32)."""

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.periods import Bound
from privacy.actions.requests import erase_letters
from privacy.declarations import Basis, Category, Purpose, Recipient, Whose, not_personal, personal, plain
from privacy.models import AddressProof, Export, RecipientNotice, RequestLetter, RightsRequest
from privacy.registry import registry
from privacy.rules import Outcome, Rule

from . import deadlines

_RULE = "RT19.request"
_BY_CODE = "a word our code chooses from a fixed list"

_of_requester = partial(
    personal,
    whose=Whose.REQUESTER,
    category=Category.REQUEST,
    purpose=Purpose.RIGHTS,
    basis=Basis.LEGAL_DUTY,
    rule=_RULE,
    clauses=("P85", "P93"),
    recipients=(Recipient.HOST, Recipient.MAIL_PROVIDER),
)
_by_staff = partial(
    personal,
    whose=Whose.STAFF,
    category=Category.WORK,
    purpose=Purpose.RIGHTS,
    basis=Basis.LEGAL_DUTY,
    rule=_RULE,
    clauses=("P08", "P93"),
)

registry.declare(
    "privacy.RightsRequest",
    {
        "id": plain(),
        "public_id": plain(),
        "form_token": plain(),
        "right": _of_requester(label=_("What you asked")),
        "channel": _of_requester(label=_("How your request came")),
        "proof": _of_requester(label=_("What showed who you are")),
        "state": _of_requester(label=_("Where your request stands")),
        "name": _of_requester(category=Category.CONTACT, label=_("Name")),
        "email": _of_requester(category=Category.CONTACT, label=_("E-mail address")),
        "text": _of_requester(label=_("Your request")),
        "language": not_personal("one of the two languages of the site"),
        "person": _of_requester(category=Category.ACCESS, access=False, keys=("code_ids", "user_id", "email")),
        "received_at": _of_requester(label=_("Received")),
        "recorded_by": _by_staff(access=False),
        "answer_by": _of_requester(label=_("Answer at the latest on")),
        "extended_at": _of_requester(label=_("Extended")),
        "warned_on": plain(),
        "closed_at": _of_requester(label=_("Answered")),
    },
)
registry.declare(
    "privacy.RequestMove",
    {
        "id": plain(),
        "request": plain(),
        "before": not_personal(_BY_CODE),
        "after": not_personal(_BY_CODE),
        "at": plain(),
        "by": _by_staff(label=_("Requests you handled")),
    },
)
registry.declare(
    "privacy.RequestLetter",
    {
        "id": plain(),
        "request": plain(),
        "kind": not_personal(_BY_CODE),
        "text": _of_requester(label=_("Our answer")),
        "written_at": plain(),
        "by": _by_staff(label=_("Requests you answered")),
        "mail": plain(),
    },
)

registry.declare(
    "privacy.Export",
    {
        "id": plain(),
        "public_id": plain(),
        "request": plain(),
        "is_portable": plain(),
        # What is in it is listed under its own headings; the file as a whole would only repeat them.
        "stored": _of_requester(rule="RT19.export", clauses=("P85", "P89"), access=False),
        "claimed_at": plain(),
        "attempts": plain(),
        "made_at": plain(),
        "kept_from": plain(),
    },
)
registry.declare(
    "privacy.AddressProof",
    {
        "id": plain(),
        "public_id": plain(),
        "email": _of_requester(
            category=Category.CONTACT, rule="RT19.proof", clauses=("P85",), label=_("E-mail address we sent a link to")
        ),
        "created_at": plain(),
    },
)

registry.declare(
    "privacy.RecipientNotice",
    {
        "id": plain(),
        "recipient": not_personal(_BY_CODE),
        "event": not_personal(_BY_CODE),
        "reference": not_personal("the number of an order, random; what it says of anybody stands on the order"),
        "created_at": plain(),
        "told_at": plain(),
        "acknowledged_at": plain(),
        "by": _by_staff(rule="RT21.notice", clauses=("P08", "P86"), label=_("Recipients you told")),
    },
)
registry.rule(
    Rule(
        key="RT21.notice",
        title=_("that a recipient was told of a correction, erasure or restriction, after they confirmed it"),
        clauses=("P55", "P86"),
        model=RecipientNotice,
        anchor="acknowledged_at",
        period=deadlines.NOTICE_KEPT,
        bound=Bound.AT_MOST,
        condition=Q(acknowledged_at__isnull=False),
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT19.export",
        title=_("the export of your data, after it was made"),
        clauses=("P55", "P85", "P89"),
        model=Export,
        anchor="kept_from",
        period=deadlines.EXPORT_KEPT,
        bound=Bound.AT_MOST,
        # One that is not made yet has no file, and a request that waits for it: it goes with that.
        condition=Q(made_at__isnull=False),
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT19.proof",
        title=_("an address that a link was mailed to, to show whose it is"),
        clauses=("P55",),
        model=AddressProof,
        anchor="created_at",
        period=deadlines.PROOF_KEPT,
        bound=Bound.AT_MOST,
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key=_RULE,
        title=_("a privacy request and our answer, after it was closed"),
        clauses=("P55", "P93"),
        model=RightsRequest,
        anchor="closed_at",
        period=deadlines.KEPT,
        bound=Bound.AT_MOST,
        condition=Q(closed_at__isnull=False),
        outcome=Outcome.DELETE,
    )
)
registry.erasure(RequestLetter, erase_letters)
