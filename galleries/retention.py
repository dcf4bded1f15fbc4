"""What the tables of this app hold, whose it is, and when it goes.

Photos, subjects and codes are the client's (a school's, a club's, an employer's): there we are processor (P33). The
client and what was agreed with it are our own administration: `client_retention`.
"""

from functools import partial

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from common.periods import Bound, Period
from privacy.declarations import Basis, Category, Label, Purpose, Recipient, Role, Whose, not_personal, personal, plain
from privacy.registry import registry
from privacy.rules import Outcome, Rule

from . import client_retention, quality_retention, reminder_retention, saved_retention  # noqa: F401 - they declare
from .actions.removal import erase_photos
from .models import Group, LoginCode, Photo, RemovalCase, Subject, Tombstone
from .terms import UNPUBLISHED_DAYS

# A photo is under one of these at a time.
OF_PHOTOS = ("RT01", "RT02", "RT03", "RT28")

of_subject = partial(
    personal,
    whose=Whose.SUBJECT,
    purpose=Purpose.SHOW_PHOTOS,
    basis=Basis.OF_CLIENT,
    role=Role.PROCESSOR,
    recipients=(Recipient.HOST,),
)
image = partial(
    of_subject,
    category=Category.IMAGE,
    rule=OF_PHOTOS,
    clauses=("P16", "P17", "P23", "P36"),
    access=False,
)
extension = partial(
    personal,
    whose=Whose.SUBJECT,
    category=Category.CONSENT,
    purpose=Purpose.KEEP_LONGER,
    basis=Basis.CONSENT,
    consent="galleries.keep_longer",
    # It goes with the subject, or with the proof of its consent, whichever is first.
    rule=("RT20", "RT26.subject"),
    clauses=("P26", "P27", "P30"),
    recipients=(Recipient.HOST,),
)
# Who asks something of us: answering is our own duty, also about photos that are the client's.
removal = partial(
    personal,
    whose=Whose.REQUESTER,
    category=Category.REQUEST,
    purpose=Purpose.RIGHTS,
    basis=Basis.LEGAL_DUTY,
    rule="RT19.removal",
    clauses=("P22", "P32"),
    recipients=(Recipient.HOST,),
)
hidden = partial(
    of_subject,
    category=Category.REQUEST,
    # It goes with the photo or with the code, whichever is first.
    rule=(*OF_PHOTOS, "RT04"),
    clauses=("P32",),
    access=False,
)
access = partial(of_subject, category=Category.ACCESS, rule="RT04", clauses=("P25",), access=False)

registry.declare(
    "galleries.Group",
    {
        "id": plain(),
        "assignment": plain(),
        "name": of_subject(
            category=Category.GROUPING, rule="RT26.group", clauses=("P17", "P55"), label=_("Class, team or department")
        ),
        "emptied_at": plain(),
    },
)
registry.declare(
    "galleries.Subject",
    {
        "id": plain(),
        "public_id": plain(),
        "assignment": plain(),
        "number": of_subject(
            category=Category.GROUPING, rule="RT26.subject", clauses=("P16", "P17", "P55"), label=_("Number")
        ),
        "group": of_subject(
            category=Category.GROUPING,
            rule="RT26.subject",
            clauses=("P17", "P55"),
            label=_("Class, team or department"),
        ),
        "emptied_at": plain(),
    },
)
registry.declare(
    "galleries.LoginCode",
    {
        "id": plain(),
        "public_id": plain(),
        "subject": access(),
        "digest": access(),
        "encrypted": access(),
        "issued_at": plain(),
        "last_used_at": of_subject(
            category=Category.ACCESS, rule="RT04", clauses=("P25",), label=_("Day the code was last used")
        ),
        "revoked_at": plain(),
        "expires_at": plain(),
    },
)
registry.declare(
    "galleries.Photo",
    {
        "id": plain(),
        "public_id": plain(),
        "assignment": plain(),
        "subject": image(),
        "group": image(),
        "original": of_subject(
            category=Category.IMAGE,
            rule=OF_PHOTOS,
            clauses=("P16", "P17", "P22", "P23", "P36"),
            label=_("Photo"),
        ),
        "content_digest": image(),
        "width": plain(),
        "height": plain(),
        "thumbnail_name": image(),
        "preview_name": image(),
        "uploaded_at": plain(),
        "available_from": plain(),
        "expires_at": plain(),
        "handed_over_at": plain(),
        "handed_over_until": plain(),
        "kept_on_consent": plain(),
    },
)
registry.declare(
    "galleries.Extension",
    {
        "id": plain(),
        "public_id": plain(),
        "subject": extension(access=False),
        "code": extension(access=False),
        "consent": extension(access=False),
        "channel": not_personal("one of the ways in which people reach us"),
        "reference": extension(clauses=("P28",), label=_("Where the request to keep photos longer stands")),
        "created_at": extension(label=_("Asked to keep photos longer on")),
        "ended_at": extension(label=_("Keeping longer ended on")),
    },
)
registry.declare(
    "galleries.RemovalCase",
    {
        "id": plain(),
        "public_id": plain(),
        "form_token": plain(),
        "photo": removal(access=False),
        "code": removal(access=False),
        "channel": not_personal("one of the ways in which people reach us"),
        "reference": removal(label=_("Where the request stands")),
        "note": removal(category=Category.MESSAGE, label=_("Who it is about, in the words of who asked")),
        "email": removal(
            category=Category.CONTACT,
            label=_("E-mail address for our answer"),
            recipients=(Recipient.HOST, Recipient.MAIL_PROVIDER),
        ),
        "language": not_personal("one of two languages"),
        "received_at": removal(label=_("Asked to take a photo away on")),
        "due_on": plain(),
        "alarmed_at": plain(),
        "closed_at": plain(),
        "decision": removal(label=_("What we decided")),
        "explanation": removal(category=Category.MESSAGE, label=_("Why we decided so")),
    },
)
registry.declare(
    "galleries.HiddenPhoto",
    {"id": plain(), "photo": hidden(), "code": hidden(), "hidden_at": plain()},
)
registry.declare(
    "galleries.Rendition",
    {
        "id": plain(),
        "photo": image(),
        "kind": not_personal("one of two words: thumbnail, preview"),
        "stored": image(),
    },
)
registry.declare(
    "galleries.Tombstone",
    {
        "id": plain(),
        "assignment": plain(),
        "content_digest": of_subject(
            category=Category.IMAGE, rule="RT26.tombstone", clauses=("P22", "P23"), access=False
        ),
        "emptied_at": plain(),
    },
)

# The stored instant is the end of the last day of the month, or of the agreed term (A1, A2, A4).
registry.rule(
    Rule(
        key="RT01",
        title=_("photos online: one month from their publication, or the term agreed with the client"),
        clauses=("P17", "P18", "P23"),
        model=Photo,
        anchor="expires_at",
        period=Period(),
        bound=Bound.AT_LEAST,
        condition=Q(expires_at__isnull=False, kept_on_consent=False),
        outcome=Outcome.DELETE,
    )
)
# The same stored instant, moved by 48 months for each consent (A5): a photo is under one of the two rules at a time.
registry.rule(
    Rule(
        key="RT02",
        title=_("photos kept longer on consent: each time 48 months from their former end"),
        clauses=("P26", "P27", "P23"),
        model=Photo,
        anchor="expires_at",
        period=Period(),
        bound=Bound.AT_LEAST,
        condition=Q(expires_at__isnull=False, kept_on_consent=True),
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT03",
        title=_("photos that were never published"),
        clauses=("P17", "P55"),
        model=Photo,
        anchor="uploaded_at",
        period=Period(days=UNPUBLISHED_DAYS),
        bound=Bound.AT_MOST,
        condition=Q(expires_at__isnull=True, handed_over_until__isnull=True),
        outcome=Outcome.DELETE,
    )
)
# The stored instant is the end of the last day of the month, or of the agreed term, as for photos online (A36).
registry.rule(
    Rule(
        key="RT28",
        title=_("photos handed to the client without going online: one month, or the term agreed with the client"),
        clauses=("P17", "P18", "P55"),
        model=Photo,
        anchor="handed_over_until",
        period=Period(),
        bound=Bound.AT_LEAST,
        condition=Q(handed_over_until__isnull=False),
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT04",
        title=_("login codes: until the last photo they open has gone"),
        clauses=("P25",),
        model=LoginCode,
        anchor="expires_at",
        period=Period(),
        bound=Bound.AT_MOST,
        condition=Q(expires_at__isnull=False),
        outcome=Outcome.DELETE,
    )
)
# An open request always ends: it is closed with its photo at the latest, and no consent keeps a group photo.
registry.rule(
    Rule(
        key="RT19.removal",
        title=_("requests to take a photo away: twelve months after our answer"),
        clauses=("P22", "P55"),
        model=RemovalCase,
        anchor="closed_at",
        period=Period(months=12),
        bound=Bound.AT_MOST,
        condition=Q(closed_at__isnull=False),
        outcome=Outcome.DELETE,
    )
)
_EMPTIED: tuple[tuple[str, Label, type[Model]], ...] = (
    ("RT26.group", _("classes, teams and departments: until their last photo has gone"), Group),
    ("RT26.subject", _("numbers of who is on the photos: until their last photo has gone"), Subject),
    ("RT26.tombstone", _("marks of deleted photos: until the last photo of the assignment has gone"), Tombstone),
)
for key, title, model in _EMPTIED:
    registry.rule(
        Rule(
            key=key,
            title=title,
            clauses=("P17", "P55"),
            model=model,
            anchor="emptied_at",
            period=Period(),
            bound=Bound.AT_MOST,
            condition=Q(emptied_at__isnull=False),
            outcome=Outcome.DELETE,
        )
    )
registry.erasure(Photo, erase_photos)
registry.honours_restrictions(Group, Subject, Photo, LoginCode)
