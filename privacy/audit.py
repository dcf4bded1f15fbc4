"""Writing the two logs: who of the staff opened what, and what an attacker may have tried (P08, RT23)."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from .models import AccessLogEntry, SecurityEvent


def log_access(
    *, user: AbstractBaseUser | AnonymousUser, kind: str, object_id: int | None, action: str, now: datetime
) -> None:
    """Note that a member of staff opened (`view`), listed (`list`) or changed (`change`) personal data.

    `kind` is the model's label ("shop.order"), `object_id` its primary key, None for a list.
    """
    AccessLogEntry.objects.create(at=now, user_id=user.pk, kind=kind, object_id=object_id, action=action)


def security_event(event: str, *, now: datetime, count: int = 1) -> None:
    """Note `count` times `event` ("code.refused"): a kind and a number, never an address, a code or a name."""
    SecurityEvent.objects.create(at=now, event=event, count=count)
