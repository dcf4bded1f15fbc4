"""What we hold about those who log in: customers with an account, and the people who work here."""

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.periods import Bound
from privacy.declarations import Basis, Category, Purpose, Recipient, Whose, personal, plain
from privacy.registry import registry
from privacy.rules import Outcome, Rule

from . import (
    deadlines,
    library_retention,  # noqa: F401 - it declares
    relations_retention,  # noqa: F401 - it declares
)
from .actions.customers import CONSENT, erase_users
from .models import AddressChange, User

_ENDS = ("RT11", "RT11.late", "RT11.unconfirmed", "RT32")
_of_staff = partial(
    personal,
    whose=Whose.STAFF,
    category=Category.ACCESS,
    purpose=Purpose.STAFFING,
    basis=Basis.LEGITIMATE_INTEREST,
    rule="RT32",
    clauses=("P08", "P55"),
    recipients=(Recipient.HOST,),
)

_of_account = partial(
    personal,
    whose=Whose.CUSTOMER,
    category=Category.ACCESS,
    purpose=Purpose.ACCOUNT,
    basis=Basis.CONSENT,
    consent=CONSENT,
    rule=_ENDS,
    clauses=("P44", "P45", "P48"),
    recipients=(Recipient.HOST,),
)

# Address, password and last login are of customers and of staff alike; the latter keep them until they left (RT32).
registry.declare(
    "accounts.User",
    {
        "id": plain(),
        "password": _of_account(access=False),
        "last_login": _of_account(label=_("Last time you logged in")),
        "public_id": plain(),
        "email": _of_account(category=Category.CONTACT, label=_("E-mail address"), portability=True),
        "name": _of_staff(label=_("Name")),
        "is_active": plain(),
        "is_staff": plain(),
        "is_superuser": _of_staff(label=_("May do everything")),
        "created_at": plain(),
        "confirmed_at": _of_account(label=_("Address confirmed on")),
        "active_at": _of_account(label=_("Last active")),
        "reminder": plain(),
        "reminded_at": _of_account(label=_("Reminded that the account ends")),
        "was_reminded": plain(),
        "alarmed_at": plain(),
        "language": _of_account(label=_("Language of our mails"), portability=True),
        "service_ended_at": _of_staff(label=_("Left on")),
    },
)
registry.declare(
    "accounts.StaffRole",
    {
        "id": plain(),
        "user": _of_staff(label=_("Whose role")),
        "role": _of_staff(label=_("Role")),
    },
)

registry.declare(
    "accounts.AddressChange",
    {
        "id": plain(),
        "public_id": plain(),
        "user": plain(),
        "email": _of_account(rule="RT11.address", category=Category.CONTACT, label=_("New e-mail address, unproved")),
        "asked_at": plain(),
    },
)

registry.erasure(User, erase_users)
# An account of a colleague is needed to let them in, and to end that when they leave (RT32).
registry.honours_restrictions(User, only=Q(is_staff=False))

_of_customers = partial(Rule, model=User, bound=Bound.AT_MOST, outcome=Outcome.DELETE)

registry.rule(
    _of_customers(
        key="RT11",
        title=_("an account nobody logs in to, and the files in it: from the last login, after a reminder"),
        clauses=("P48", "P49", "P51"),
        anchor="active_at",
        period=deadlines.IDLE,
        condition=Q(is_staff=False, confirmed_at__isnull=False, was_reminded=True),
    )
)
registry.rule(
    _of_customers(
        key="RT11.late",
        title=_("an account nobody logs in to, where no reminder came through in time"),
        clauses=("P48", "P49"),
        anchor="active_at",
        period=deadlines.IDLE_UNREMINDED,
        condition=Q(is_staff=False, confirmed_at__isnull=False, was_reminded=False),
    )
)
registry.rule(
    _of_customers(
        key="RT11.unconfirmed",
        title=_("an account whose address nobody confirmed"),
        clauses=("P45", "P55"),
        anchor="created_at",
        period=deadlines.TO_CONFIRM,
        condition=Q(is_staff=False, confirmed_at__isnull=True),
    )
)
registry.rule(
    Rule(
        key="RT11.address",
        title=_("a new address for an account that nobody confirmed"),
        clauses=("P55",),
        model=AddressChange,
        anchor="asked_at",
        period=deadlines.TO_CONFIRM,
        bound=Bound.AT_MOST,
        outcome=Outcome.DELETE,
    )
)
registry.rule(
    Rule(
        key="RT32",
        title=_("account of who worked here, after they left"),
        clauses=("P48",),
        model=User,
        anchor="service_ended_at",
        period=deadlines.AFTER_SERVICE,
        bound=Bound.AT_MOST,
        condition=Q(is_staff=True, service_ended_at__isnull=False),
        outcome=Outcome.DELETE,
    )
)
