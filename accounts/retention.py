"""What we hold about those who log in. In this release: the people who work here."""

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.periods import Bound, Period
from privacy.declarations import Basis, Category, Purpose, Recipient, Whose, personal, plain
from privacy.registry import registry
from privacy.rules import Outcome, Rule

from . import relations_retention  # noqa: F401 - it declares
from .models import User

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

registry.declare(
    "accounts.User",
    {
        "id": plain(),
        "password": _of_staff(access=False),
        "last_login": _of_staff(label=_("Last time you logged in")),
        "public_id": plain(),
        "email": _of_staff(label=_("E-mail address")),
        "name": _of_staff(label=_("Name")),
        "is_active": plain(),
        "is_staff": plain(),
        "is_superuser": _of_staff(label=_("May do everything")),
        "created_at": plain(),
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

registry.rule(
    Rule(
        key="RT32",
        title=_("account of who worked here, after they left"),
        clauses=("P48",),
        model=User,
        anchor="service_ended_at",
        period=Period(months=12),
        bound=Bound.AT_MOST,
        condition=Q(is_staff=True, service_ended_at__isnull=False),
        outcome=Outcome.DELETE,
    )
)
