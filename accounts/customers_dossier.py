"""What we hold about a customer besides what hangs on the account from the other apps (P85)."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from privacy.declarations import Label
from privacy.dossier import Source, as_proof, sources
from privacy.models import Consent
from privacy.people import Person

from .actions.customers import consent_ids
from .models import AddressChange, User
from .persons import accounts_of


def _account(person: Person, now: datetime) -> "QuerySet[User]":
    return accounts_of(person).order_by("pk")


def _consents(person: Person, now: datetime) -> "QuerySet[Consent]":
    return Consent.objects.filter(pk__in=consent_ids(list(accounts_of(person)))).order_by("pk")


def _change(person: Person, now: datetime) -> "QuerySet[AddressChange]":
    return AddressChange.objects.filter(user__in=accounts_of(person)).order_by("pk")


def _factors(person: Person, now: datetime) -> "QuerySet[Authenticator]":
    """That there is one and since when; its secret is in no export."""
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(user__in=accounts_of(person))
    return factors.select_related("user").order_by("pk")


def _works_here(user: User) -> Label | None:
    """The account of a colleague, and what guards it, is not theirs to erase: it ends with their service (RT32)."""
    return _("you work here; it goes twelve months after you left") if user.is_staff else None


sources.register(
    Source(
        model=User,
        title=_("Your account"),
        find=_account,
        since="created_at",
        stays=lambda user, now: _works_here(user),
    )
)
sources.register(
    Source(
        model=Consent,
        title=_("Your consent to keep an account"),
        find=_consents,
        since="given_at",
        stays=as_proof,
    )
)
sources.register(Source(model=AddressChange, title=_("Your new address"), find=_change, since="asked_at"))
sources.register(
    Source(
        model=Authenticator,
        title=_("Your second factors"),
        find=_factors,
        since="created_at",
        stays=lambda factor, now: _works_here(factor.user),
    )
)
