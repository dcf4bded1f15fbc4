"""What we hold about who reviewed us, and the two rules that end it."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from common.periods import Bound
from privacy.declarations import Basis, Category, Purpose, Recipient, Whose, not_personal, personal, plain
from privacy.registry import registry
from privacy.rules import Outcome, Rule

from . import deadlines
from .actions import CONSENT, erase_reviews
from .models import UNPUBLISHED, WITHDRAWN, Review

_ENDS = ("RT17.unpublished", "RT17.withdrawn")

_of_reviewer = partial(
    personal,
    whose=Whose.REVIEWER,
    category=Category.REVIEW,
    purpose=Purpose.REVIEWS,
    basis=Basis.CONSENT,
    consent=CONSENT,
    rule=_ENDS,
    clauses=("P70", "P72", "P73"),
    recipients=(Recipient.HOST,),
)
_contact = partial(
    _of_reviewer,
    category=Category.CONTACT,
    clauses=("P71", "P72"),
    recipients=(Recipient.HOST, Recipient.MAIL_PROVIDER),
)

registry.declare(
    "reviews.Review",
    {
        "id": plain(),
        "public_id": plain(),
        "form_token": plain(),
        "channel": _of_reviewer(label=_("How your review came")),
        "language": not_personal("one of the two languages of the site"),
        "stars": _of_reviewer(label=_("Your stars"), portability=True),
        "text": _of_reviewer(label=_("Your review"), portability=True),
        "name": _contact(label=_("Name with your review"), portability=True),
        "email": _contact(label=_("E-mail address with your review"), portability=True),
        "order": _of_reviewer(label=_("The order you wrote about")),
        "code": _of_reviewer(access=False),
        "writer": _of_reviewer(access=False),
        "is_verified": plain(),
        "written_at": _of_reviewer(label=_("Written on")),
        "consent": _of_reviewer(access=False),
        "consent_source": _of_reviewer(label=_("Where your consent stands")),
        "consent_words": _of_reviewer(label=_("Words of your consent")),
        "consented_on": _of_reviewer(label=_("Consent given on")),
        "published_at": _of_reviewer(label=_("Published on")),
        "refused_at": plain(),
        "refusal": _of_reviewer(label=_("Why your review was refused")),
        "decided_by": personal(
            whose=Whose.STAFF,
            category=Category.WORK,
            purpose=Purpose.REVIEWS,
            basis=Basis.LEGITIMATE_INTEREST,
            rule=_ENDS,
            clauses=("P08", "P70"),
            label=_("Reviews you decided about"),
        ),
        "answer": _of_reviewer(label=_("Our answer to your review")),
        "answered_at": plain(),
        "withdrawn_at": plain(),
    },
)

_review = partial(Rule, model=Review, bound=Bound.AT_MOST, outcome=Outcome.DELETE)
registry.rule(
    _review(
        key="RT17.unpublished",
        title=_("review that was not published"),
        clauses=("P70", "P73"),
        anchor="written_at",
        period=deadlines.DRAFT,
        condition=UNPUBLISHED,
    )
)
registry.rule(
    _review(
        key="RT17.withdrawn",
        title=_("published review: shown until its consent is withdrawn, however long that is"),
        clauses=("P72", "P73"),
        anchor="withdrawn_at",
        period=deadlines.WITHDRAWN,
        condition=WITHDRAWN,
    )
)
registry.erasure(Review, erase_reviews)
registry.honours_restrictions(Review)
