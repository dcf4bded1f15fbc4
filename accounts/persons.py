"""What an account proves: the address its owner confirmed by mail. The account itself is proven by being in it."""

from datetime import datetime

from django.http import HttpRequest

from privacy.people import Person

from .models import User


def confirmed_address(request: HttpRequest, now: datetime) -> Person:
    """The confirmed address of the account this visit is in with."""
    user = request.user
    return Person(email=user.email.lower()) if isinstance(user, User) and user.confirmed_at else Person()
