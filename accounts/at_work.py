"""Who is behind a request."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from .models import User


def staff_of(request: HttpRequest) -> User:
    """The member of staff who asks; a stranger gets 403, though the admin never lets one come this far."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def person_of(request: HttpRequest) -> User:
    """Who is logged in; a stranger gets 403, though `login_required` never lets one come this far."""
    return staff_of(request)
