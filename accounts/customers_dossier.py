"""What we hold about a customer besides what hangs on the account from the other apps (P85)."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from privacy.dossier import Source, sources
from privacy.people import Person

from .models import AddressChange, User


def _account(person: Person, now: datetime) -> "QuerySet[User]":
    return User.objects.filter(pk=person.user_id) if person.user_id is not None else User.objects.none()


def _change(person: Person, now: datetime) -> "QuerySet[AddressChange]":
    return AddressChange.objects.filter(user=person.user_id).order_by("pk")


def _factors(person: Person, now: datetime) -> "QuerySet[Authenticator]":
    """That there is one and since when; its secret is in no export."""
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(user=person.user_id).order_by("pk")
    return factors


sources.register(Source(model=User, title=_("Your account"), find=_account, since="created_at"))
sources.register(Source(model=AddressChange, title=_("Your new address"), find=_change, since="asked_at"))
sources.register(Source(model=Authenticator, title=_("Your second factors"), find=_factors, since="created_at"))
