"""What we hold about who bought before, who got which campaign, and who wants none of it."""

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.periods import Bound
from privacy.declarations import Basis, Category, Purpose, Recipient, Whose, not_personal, personal, plain
from privacy.registry import registry
from privacy.rules import Outcome, Rule

from . import relation_terms
from .actions.relations import erase_relations
from .models import CampaignMessage, Relation, RelationEvidence, Suppression

_of_relation = partial(
    personal,
    whose=Whose.RELATION,
    category=Category.CONTACT,
    purpose=Purpose.MARKETING,
    basis=Basis.LEGITIMATE_INTEREST,
    rule="RT14",
    clauses=("P62", "P63", "P64"),
    recipients=(Recipient.HOST,),
)
registry.declare(
    "accounts.Relation",
    {
        "id": plain(),
        "public_id": plain(),
        "email": _of_relation(label=_("E-mail address"), recipients=(Recipient.HOST, Recipient.MAIL_PROVIDER)),
        "mailbox_digest": _of_relation(access=False),
        "name": _of_relation(label=_("Name")),
        "street": _of_relation(label=_("Street and house number")),
        "postcode": _of_relation(label=_("Postcode")),
        "city": _of_relation(label=_("Town")),
        "country": _of_relation(label=_("Country")),
        "language": _of_relation(label=_("Language")),
        "created_at": plain(),
        "last_order_at": _of_relation(category=Category.ORDER, label=_("Last order")),
        "undeliverable_at": _of_relation(label=_("Mail to you came back on")),
    },
)
_of_sale = partial(
    _of_relation,
    category=Category.ORDER,
    purpose=Purpose.ACCOUNTABILITY,
    rule="RT20.relation",
    clauses=("P64",),
)
registry.declare(
    "accounts.RelationEvidence",
    {
        "id": plain(),
        "relation": plain(),
        "mailbox_digest": _of_sale(access=False),
        "order_number": _of_sale(label=_("Order by which we know you")),
        "ordered_at": _of_sale(label=_("Date of that order")),
        "wording": not_personal("the version of a text of ours"),
        "ended_at": plain(),
    },
)
_of_objection = partial(
    personal,
    whose=Whose.RELATION,
    category=Category.CONTACT,
    purpose=Purpose.MARKETING,
    basis=Basis.LEGAL_DUTY,
    rule="RT33",
    clauses=("P65", "P66", "P90"),
    recipients=(Recipient.HOST,),
)
registry.declare(
    "accounts.Suppression",
    {
        "id": plain(),
        "channel": _of_objection(label=_("You want no advertising by")),
        "digest": _of_objection(access=False),
        "reason": _of_objection(label=_("How you told us")),
        "created_at": _of_objection(label=_("Since when")),
        "reviewed_at": plain(),
        "withdrawn_at": plain(),
    },
)

_of_studio = "what the studio tells all who bought; the form asks to name nobody"
registry.declare(
    "accounts.Campaign",
    {
        "id": plain(),
        "public_id": plain(),
        "form_token": plain(),
        "category": not_personal("a word our code chooses from a fixed list"),
        "subject_nl": not_personal(_of_studio),
        "text_nl": not_personal(_of_studio),
        "subject_en": not_personal(_of_studio),
        "text_en": not_personal(_of_studio),
        "ordered_from": plain(),
        "ordered_until": plain(),
        "postcode_starts": not_personal("a region, of nobody in particular"),
        "state": not_personal("a word our code chooses from a fixed list"),
        "created_at": plain(),
        "started_at": plain(),
        "ended_at": plain(),
        "reached_id": plain(),
        "batch_at": plain(),
        "written_count": plain(),
    },
)
registry.declare(
    "accounts.CampaignMessage",
    {
        "id": plain(),
        "campaign": plain(),
        "relation": plain(),
        "mail": plain(),
        "written_at": _of_relation(
            category=Category.MESSAGE, rule="RT24.campaign", clauses=("P63",), label=_("Advertising we wrote to you on")
        ),
    },
)

registry.rule(
    Rule(
        key="RT24.campaign",
        title=_("who got which advertising"),
        clauses=("P63", "P55"),
        model=CampaignMessage,
        anchor="written_at",
        period=relation_terms.CAMPAIGN_MESSAGE,
        bound=Bound.AT_MOST,
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT14",
        title=_("name, address and e-mail address for advertising, from the last order"),
        clauses=("P62",),
        model=Relation,
        anchor="last_order_at",
        period=relation_terms.RELATION,
        bound=Bound.AT_MOST,
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT20.relation",
        title=_("the proof that we could write to who ordered, after we stopped keeping them as a relation"),
        clauses=("P64",),
        model=RelationEvidence,
        anchor="ended_at",
        period=relation_terms.EVIDENCE,
        bound=Bound.AT_MOST,
        condition=Q(ended_at__isnull=False),
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT33",
        title=_("that an address wants no advertising (unreadable, as a keyed digest), until that is taken back"),
        clauses=("P65", "P66"),
        model=Suppression,
        anchor="withdrawn_at",
        period=relation_terms.OBJECTION,
        bound=Bound.AT_MOST,
        condition=Q(withdrawn_at__isnull=False),
        outcome=Outcome.DELETE,
    )
)
registry.erasure(Relation, erase_relations)
registry.honours_restrictions(Relation)
