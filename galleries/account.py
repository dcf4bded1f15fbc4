"""What of the galleries hangs on the account of a customer: the codes they keep in it (P44)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.persons import accounts_of
from common.requests import VisitorRequest
from privacy.dossier import Source, sources
from privacy.people import Person

from .access import open_codes
from .models import LoginCode, SavedCode
from .terms import last_day


def codes_panel(request: VisitorRequest, *, user: User, now: datetime) -> str:
    """The saved codes that open something, and those of this visit that can be saved."""
    saved = saved_codes(user, now=now)
    known = {entry.code_id for entry in saved}
    rows = [(entry, last_day(entry.code.expires_at) if entry.code.expires_at else None) for entry in saved]
    context = {"saved": rows, "unsaved": [code for code in open_codes(request, now=now) if code.id not in known]}
    return render_to_string("galleries/_account_codes.html", context, request=request)


def saved_codes(user: User, *, now: datetime) -> Sequence[SavedCode]:
    """What a customer saved and what still opens photos; the rest is gone the coming night (RT04)."""
    open_now = LoginCode.objects.open(now)
    rows = SavedCode.objects.filter(user=user, code__in=open_now).select_related("code__subject__group")
    return list(rows.order_by("-saved_at", "pk"))


def _saved(person: Person, now: datetime) -> "QuerySet[SavedCode]":
    return SavedCode.objects.filter(user__in=accounts_of(person)).order_by("pk")


sources.register(Source(model=SavedCode, title=_("Codes in your account"), find=_saved, since="saved_at"))
