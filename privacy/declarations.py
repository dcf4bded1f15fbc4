"""What an app says about each field of its models: personal, and then all the law asks about it; or not, and why.

`docs/retention.md` shows how to write one. There are no wildcards: a field added tomorrow fails the system check until
somebody has thought about it.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise


class Whose(models.TextChoices):
    """Whose data it is."""

    SUBJECT = "subject", _("who is on the photo, or their parent")
    ORDERER = "orderer", _("who orders")
    CLIENT = "client", _("the client or its contact person")
    STAFF = "staff", _("who works here")
    VISITOR = "visitor", _("who visits the website")
    SENDER = "sender", _("who writes to us")
    CUSTOMER = "customer", _("who has an account")
    RELATION = "relation", _("who ordered before")
    REVIEWER = "reviewer", _("who wrote a review")
    REQUESTER = "requester", _("who uses a privacy right")


class Category(models.TextChoices):
    """What kind of data it is."""

    IMAGE = "image", _("photos")
    GROUPING = "grouping", _("number, class, team or department")
    CONTACT = "contact", _("name, address, e-mail and phone")
    ORDER = "order", _("what was ordered")
    PAYMENT = "payment", _("payment and invoice")
    ACCESS = "access", _("codes, passwords and sessions")
    MESSAGE = "message", _("messages")
    CONSENT = "consent", _("consents that were given")
    WORK = "work", _("what staff did")
    REVIEW = "review", _("reviews")
    REQUEST = "request", _("privacy requests and our answers")


class Purpose(models.TextChoices):
    """What it is for."""

    SHOW_PHOTOS = "show_photos", _("showing photos to those who are on them")
    ASSIGNMENT = "assignment", _("carrying out the assignment")
    ORDER_LATER = "order_later", _("finishing an order later")
    DELIVERY = "delivery", _("delivering an order")
    BOOKS = "books", _("keeping the books")
    KEEP_LONGER = "keep_longer", _("keeping photos longer for those who ask")
    SECURITY = "security", _("keeping the website safe")
    INFORM = "inform", _("telling you about your order or your photos")
    ANSWER = "answer", _("answering a message")
    STAFFING = "staffing", _("giving staff access to their work")
    ACCOUNT = "account", _("keeping the account of a customer")
    MARKETING = "marketing", _("telling customers about similar products")
    REVIEWS = "reviews", _("showing what others thought of us")
    RIGHTS = "rights", _("answering who uses a privacy right")
    QUALITY = "quality", _("measuring the quality of our photos")
    ACCOUNTABILITY = "accountability", _("showing that we keep to the law")


class Basis(models.TextChoices):
    """The legal basis (art. 6(1) GDPR). Where we are processor the client has the basis, and says which."""

    CONTRACT = "contract", _("needed for the contract")
    LEGAL_DUTY = "legal_duty", _("required by law")
    LEGITIMATE_INTEREST = "legitimate_interest", _("legitimate interest")
    CONSENT = "consent", _("consent")
    OF_CLIENT = "of_client", _("the client's own basis: we work on the client's instruction")


class Role(models.TextChoices):
    CONTROLLER = "controller", _("controller")
    PROCESSOR = "processor", _("processor")


class Recipient(models.TextChoices):
    """Who receives it besides us."""

    HOST = "host", _("hosting provider")
    MAIL_PROVIDER = "mail_provider", _("e-mail provider")
    PRINT_LAB = "print_lab", _("print lab")
    CARRIER = "carrier", _("postal carrier")
    PAYMENT_PROVIDER = "payment_provider", _("payment provider")
    TAX_OFFICE = "tax_office", _("tax authority, when it asks")
    CLIENT = "client", _("the client")


class _Default(Enum):
    UNSET = "unset"


UNSET = _Default.UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """A field with personal data."""

    whose: Whose
    category: Category
    purpose: Purpose
    basis: Basis
    role: Role
    rules: tuple[str, ...]
    clauses: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    label: Label
    in_access: bool
    in_portability: bool
    consent: str
    keys: tuple[str, ...]
    wiped: Any = field(default=UNSET)


@dataclass(frozen=True, slots=True)
class NotPersonal:
    """A field without personal data. Text, JSON and files may hold anything, so they give the reason."""

    reason: str


Declaration = Personal | NotPersonal


def personal(
    *,
    whose: Whose,
    category: Category,
    purpose: Purpose,
    basis: Basis,
    rule: str | tuple[str, ...],
    clauses: tuple[str, ...],
    label: Label = "",
    role: Role = Role.CONTROLLER,
    recipients: tuple[Recipient, ...] = (),
    access: bool = True,
    portability: bool = False,
    consent: str = "",
    keys: tuple[str, ...] = (),
    wiped: Any = UNSET,
) -> Personal:
    """Personal data, ended by `rule` ("RT07"): a rule on the model itself or on one whose erasure takes it along.

    `rule` may be several when the rows of one table end differently (their conditions must exclude each other).
    `access`, `portability`: whether art. 15 and art. 20 exports show it, then under `label`. `consent` names the
    consent when that is the basis. `keys` lists every key of a JSON field. `wiped` is what a wipe leaves instead of
    NULL or "".
    """
    return Personal(
        whose=whose,
        category=category,
        purpose=purpose,
        basis=basis,
        role=role,
        rules=(rule,) if isinstance(rule, str) else rule,
        clauses=clauses,
        recipients=recipients,
        label=label,
        in_access=access,
        in_portability=portability,
        consent=consent,
        keys=keys,
        wiped=wiped,
    )


def not_personal(reason: str) -> NotPersonal:
    """Not personal, because of `reason`. Required for text, JSON and files."""
    return NotPersonal(reason)


def plain() -> NotPersonal:
    """Not personal by its type: a key, a number, a moment, a yes or no, a reference to another row."""
    return NotPersonal("")
