"""What we hold about clients, whom we speak to there, what was agreed and what was written; and when it goes.

All of it is our own administration: we are controller. Three terms count from the completion of an assignment (A16):
a contact stays linked to it for three years (RT13), messages stay four, from the third on without a name (RT12, A17),
and the books keep client, assignment and accepted terms seven (RT27).
"""

from functools import partial

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from common.periods import Bound, Period
from privacy.declarations import Basis, Category, Label, Purpose, Recipient, Whose, not_personal, personal, plain
from privacy.registry import registry
from privacy.rules import Outcome, Rule

from .actions.contacts import erase_contacts, erase_links
from .models import (
    Acceptance,
    Assignment,
    AssignmentMessage,
    Client,
    Contact,
    ContactLink,
    MessageAttachment,
)
from .models.messages import COMPLETED, NAMED, NAMING
from .terms import CONTACT_TERM, MESSAGE_TERM

_BY_CODE = "a word our code chooses from a fixed list"

of_client = partial(
    personal,
    whose=Whose.CLIENT,
    category=Category.CONTACT,
    purpose=Purpose.ASSIGNMENT,
    basis=Basis.CONTRACT,
    rule="RT27.client",
    clauses=("P15", "P54"),
    recipients=(Recipient.HOST,),
)
agreed = partial(of_client, category=Category.ORDER, rule="RT27.assignment")
of_contact = partial(of_client, basis=Basis.LEGITIMATE_INTEREST, rule="RT13.contact", clauses=("P57", "P58"))
written = partial(
    of_client,
    category=Category.MESSAGE,
    basis=Basis.LEGITIMATE_INTEREST,
    rule=("RT12", "RT13.message"),
    clauses=("P56", "P58"),
)
# Beside a client's or contact's own data in an export; who of us did it is not about them.
by_staff = partial(
    personal,
    whose=Whose.STAFF,
    category=Category.WORK,
    purpose=Purpose.ASSIGNMENT,
    basis=Basis.LEGITIMATE_INTEREST,
    access=False,
)

registry.declare(
    "galleries.Client",
    {
        "id": plain(),
        "public_id": plain(),
        "kind": not_personal("one of three words: private person, school or club, company"),
        "name": of_client(label=_("Name of the client")),
        "email": of_client(label=_("E-mail address")),
        "street": of_client(label=_("Street and number")),
        "postcode": of_client(label=_("Postcode")),
        "city": of_client(label=_("City")),
        "kvk_number": of_client(label=_("KvK number")),
        "vat_number": of_client(label=_("VAT number")),
        "created_at": plain(),
        "books_year_end": plain(),
        "person_erased_at": plain(),
    },
)
registry.declare(
    "galleries.Assignment",
    {
        "id": plain(),
        "public_id": plain(),
        "client": plain(),
        "title": agreed(label=_("Title of the assignment")),
        "term_months": plain(),
        # The database asks for a reference beside any term but one month, so a wiped one says that it was wiped.
        "term_reference": agreed(clauses=("P18", "P54"), label=_("Reference of the agreed term"), wiped="-"),
        "term_approved_by": by_staff(rule="RT27.assignment", clauses=("P18",)),
        "created_at": plain(),
        "published_at": plain(),
        "window_ends_at": plain(),
        "completed_at": plain(),
        "open_alarm_at": plain(),
        "revision": plain(),
        "books_year_end": plain(),
        "person_erased_at": plain(),
    },
)
registry.declare(
    "galleries.Contact",
    {
        "id": plain(),
        "public_id": plain(),
        "name": of_contact(label=_("Name")),
        "email": of_contact(label=_("E-mail address")),
        "phone": of_contact(label=_("Phone number")),
        "role": of_contact(label=_("Role at the client")),
        "created_at": plain(),
        "orphaned_at": plain(),
    },
)
# P57: that this person stands for this client is data about them by itself, and ends by itself.
registry.declare(
    "galleries.ContactLink",
    {
        "id": plain(),
        "assignment": of_contact(rule="RT13.link", label=_("Assignment you are contact person of")),
        "contact": of_contact(rule="RT13.link", access=False),
        "created_at": of_contact(rule="RT13.link", label=_("Contact person since")),
        "completed_at": plain(),
    },
)
registry.declare(
    "galleries.Acceptance",
    {
        "id": plain(),
        "assignment": plain(),
        "terms_version": not_personal("the version of a public document"),
        "agreement_version": not_personal("the version of a public document"),
        "accepted_on": plain(),
        "means": not_personal(_BY_CODE),
        "contact": of_contact(
            category=Category.CONSENT, rule="RT13.acceptance", clauses=("P34", "P58"), label=_("You accepted the terms")
        ),
        "role_claimed": not_personal(_BY_CODE),
        "role_assessed": not_personal(_BY_CODE),
        "recorded_at": plain(),
        "recorded_by": by_staff(rule="RT27.acceptance", clauses=("P34",)),
        "completed_at": plain(),
        "contact_erased_at": plain(),
        "books_year_end": plain(),
    },
)
registry.declare(
    "galleries.AssignmentMessage",
    {
        "id": plain(),
        "public_id": plain(),
        "form_token": plain(),
        "assignment": plain(),
        "direction": not_personal(_BY_CODE),
        "contact": written(access=False),
        "person_name": written(category=Category.CONTACT, label=_("Name")),
        "person_address": written(category=Category.CONTACT, label=_("E-mail address or phone number")),
        "text": written(label=_("Message")),
        "at": plain(),
        "recorded_at": plain(),
        "recorded_by": by_staff(rule="RT12", clauses=("P56",)),
        "completed_at": plain(),
        "person_erased_at": plain(),
    },
)
registry.declare(
    "galleries.MessageAttachment",
    {
        "id": plain(),
        "message": plain(),
        "kind": not_personal(_BY_CODE),
        "size": plain(),
        "names_nobody": plain(),
        "completed_at": plain(),
        "stored": written(rule=("RT12", "RT13.attachment"), clauses=("P56", "P58"), label=_("Attachment")),
    },
)

_after_completion = partial(
    Rule, clauses=("P58",), anchor="completed_at", period=CONTACT_TERM, bound=Bound.AT_MOST, outcome=Outcome.DELETE
)
registry.rule(
    _after_completion(
        key="RT12",
        title=_("messages about an assignment with their attachments, after its completion"),
        clauses=("P56",),
        model=AssignmentMessage,
        period=MESSAGE_TERM,
        condition=COMPLETED,
    )
)
# The link takes the names out of the messages with it. A contact whose last link went is found by the same night, and
# what a hold kept is redacted with the contact once the hold has ended.
registry.rule(
    _after_completion(
        key="RT13.acceptance",
        title=_("which contact person accepted the terms, after completion of the assignment"),
        model=Acceptance,
        condition=Q(completed_at__isnull=False, contact_erased_at__isnull=True),
        outcome=Outcome.FIELDS,
        marker="contact_erased_at",
    )
)
registry.rule(
    _after_completion(
        key="RT13.attachment",
        title=_("files with a message in which somebody may be named, after completion of the assignment"),
        model=MessageAttachment,
        condition=NAMING,
    )
)
registry.rule(
    Rule(
        key="RT13.contact",
        title=_("contact persons: until their last link to an assignment is broken"),
        clauses=("P57", "P58"),
        model=Contact,
        anchor="orphaned_at",
        period=Period(),
        bound=Bound.AT_MOST,
        condition=Q(orphaned_at__isnull=False),
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    _after_completion(
        key="RT13.link",
        title=_("that somebody is contact person for an assignment, after its completion"),
        clauses=("P57", "P58"),
        model=ContactLink,
        condition=COMPLETED,
    )
)
# What neither could take the name out of, because a hold kept it while the contact went, loses its text as well.
registry.rule(
    _after_completion(
        key="RT13.message",
        title=_("who wrote a message about an assignment, after its completion"),
        model=AssignmentMessage,
        condition=NAMED,
        outcome=Outcome.FIELDS,
        marker="person_erased_at",
    )
)
_books = partial(
    Rule,
    clauses=("P54", "P60"),
    anchor="books_year_end",
    period=Period(months=84),
    bound=Bound.AT_LEAST,
    floor="AWR art. 52",
)
registry.rule(
    _books(
        key="RT27.acceptance",
        title=_("accepted terms and processing agreement: seven years after the end of the last financial year"),
        clauses=("P34", "P54", "P60"),
        model=Acceptance,
        outcome=Outcome.DELETE,
    )
)
_KEPT: tuple[tuple[str, Label, type[Model], tuple[str, ...]], ...] = (
    (
        "RT27.assignment",
        _("assignments: seven years after the end of the last financial year"),
        Assignment,
        (
            "public_id",
            "client",
            "term_months",
            "created_at",
            "published_at",
            "window_ends_at",
            "completed_at",
            "revision",
            "books_year_end",
        ),
    ),
    (
        "RT27.client",
        _("clients: seven years after the end of the last financial year"),
        Client,
        ("public_id", "kind", "created_at", "books_year_end"),
    ),
)
for key, title, model, keep in _KEPT:
    registry.rule(
        _books(
            key=key,
            title=title,
            model=model,
            condition=Q(person_erased_at__isnull=True),
            outcome=Outcome.KEEP,
            keep=keep,
            marker="person_erased_at",
        )
    )

registry.erasure(ContactLink, erase_links)
registry.erasure(Contact, erase_contacts)
registry.honours_restrictions(Client, Assignment, Contact, AssignmentMessage)
