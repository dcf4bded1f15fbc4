"""What the tables of Django hold. `django_migrations` is no model: it holds names of migrations and when they ran.

The packages we add (CSP, Permissions-Policy, WhiteNoise, storages, Celery) have no tables.
"""

from functools import partial

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from common.periods import Bound, Period

from .declarations import Basis, Category, Purpose, Recipient, Whose, not_personal, personal, plain
from .registry import registry
from .rules import Outcome, Rule

_OF_DJANGO = "a word of Django's own about our code"
_by_staff = partial(
    personal,
    whose=Whose.STAFF,
    category=Category.WORK,
    purpose=Purpose.SECURITY,
    basis=Basis.LEGITIMATE_INTEREST,
    rule="RT23.history",
    clauses=("P08", "P55"),
)
_of_visit = partial(
    personal,
    whose=Whose.VISITOR,
    category=Category.ACCESS,
    purpose=Purpose.SECURITY,
    basis=Basis.LEGITIMATE_INTEREST,
    rule="RT30.session",
    clauses=("P52", "P80"),
    recipients=(Recipient.HOST,),
    access=False,
)

registry.declare(
    "admin.LogEntry",
    {
        "id": plain(),
        "action_time": plain(),
        "user": _by_staff(label=_("Who changed it")),
        "content_type": plain(),
        "object_id": _by_staff(label=_("What you changed")),
        "object_repr": not_personal("our admin writes the kind of row and its key, never what the row says"),
        "action_flag": plain(),
        "change_message": not_personal("our admin writes which fields changed, never what they said"),
    },
)
registry.declare(
    "auth.Permission",
    {
        "id": plain(),
        "name": not_personal(_OF_DJANGO),
        "content_type": plain(),
        "codename": not_personal(_OF_DJANGO),
    },
)
registry.declare(
    "auth.Group",
    {"id": plain(), "name": not_personal("no group exists: roles are code"), "permissions": plain()},
)
registry.declare("auth.Group_permissions", {"id": plain(), "group": plain(), "permission": plain()})
registry.declare(
    "contenttypes.ContentType",
    {"id": plain(), "app_label": not_personal(_OF_DJANGO), "model": not_personal(_OF_DJANGO)},
)
registry.declare(
    "sessions.Session",
    {"session_key": _of_visit(), "session_data": _of_visit(), "expire_date": plain()},
)

registry.rule(
    Rule(
        key="RT23.history",
        title=_("what staff changed"),
        clauses=("P08", "P55"),
        model=LogEntry,
        anchor="action_time",
        period=Period(months=12),
        bound=Bound.AT_MOST,
        outcome=Outcome.DELETE,
        index="admin_log_action_time",
    )
)
registry.rule(
    Rule(
        key="RT30.session",
        title=_("your visit to the website, three weeks after the code was entered"),
        clauses=("P52", "P55"),
        model=Session,
        anchor="expire_date",
        period=Period(),
        bound=Bound.AT_MOST,
        outcome=Outcome.DELETE,
        index="session_expire_date_key",
    )
)
