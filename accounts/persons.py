"""What an account proves, and what proves an account: being in it, or reading the mail of its confirmed address."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from privacy.people import Person

from .models import User


def confirmed_address(request: HttpRequest, now: datetime) -> Person:
    """The confirmed address of the account this visit is in with."""
    user = request.user
    return Person(email=user.email.lower()) if isinstance(user, User) and user.confirmed_at else Person()


def is_left_alone(user: User) -> bool:
    """Whether this account is restricted (art. 18 GDPR): its owner sees it, and nothing in it changes."""
    return User.objects.restricted().filter(pk=user.pk).exists()


def accounts_of(person: Person) -> "QuerySet[User]":
    """The account somebody is in with, and that of the address they proved: who asks by mail ends it as well as who
    does it themselves (P47). An account of staff is never proved by a mailbox."""
    mine = Q(pk=person.user_id) if person.user_id is not None else Q(pk__in=())
    if person.email:
        mine |= Q(email=person.email, is_staff=False, confirmed_at__isnull=False)
    return User.objects.filter(mine)
