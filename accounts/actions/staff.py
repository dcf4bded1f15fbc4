"""Every write about the people who work here. Only superusers reach these, through the admin (P08)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from privacy.audit import security_event

from ..models import StaffRole, User
from ..roles import Role


@transaction.atomic
def create_staff(*, email: str, name: str, password: str, roles: Iterable[Role], now: datetime) -> User:
    """Make an account for somebody who works here, with these roles and no others (P08)."""
    user = User.objects.create_user(email, password, name=name, is_staff=True)
    _give(user, set(roles), now)
    return user


@transaction.atomic
def change_staff(
    *, user_id: int, email: str, name: str, roles: Iterable[Role], new_password: str = "", now: datetime
) -> User:
    """Change who somebody is and which roles they have; an empty password keeps the one there is (P08)."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.email, user.name = email.strip().lower(), name
    if new_password:
        user.set_password(new_password)
    user.save(update_fields=["email", "name", "password"])
    _give(user, set(roles), now)
    return user


@transaction.atomic
def end_service(*, user_ids: Iterable[int], now: datetime) -> int:
    """Record that people left: they cannot log in any more, hold no role, and go twelve months later (RT32).

    Open sessions end with the next click, because an inactive account is nobody. Gives how many left now.
    """
    leaving = list(User.objects.select_for_update().filter(pk__in=user_ids, is_staff=True, service_ended_at=None))
    for user in leaving:
        user.is_active, user.service_ended_at = False, now
        user.save(update_fields=["is_active", "service_ended_at"])
        _give(user, set(), now)
    return len(leaving)


def _give(user: User, roles: set[Role], now: datetime) -> None:
    had = {Role(name) for name in user.role_rows.values_list("role", flat=True)}
    if had == roles:
        return
    user.role_rows.exclude(role__in=roles).delete()
    StaffRole.objects.bulk_create(StaffRole(user=user, role=role) for role in sorted(roles - had))
    security_event("staff_roles_changed", now=now)
