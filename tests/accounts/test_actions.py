"""Making staff, giving roles, and people who leave."""

from datetime import UTC, datetime

import pytest

from accounts.actions import change_staff, create_staff, end_service
from accounts.models import User
from accounts.roles import Role
from privacy.models import SecurityEvent

from .staff import PASSWORD, browser_of, hire

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def roles_of(user: User) -> set[Role]:
    return set(User.objects.get(pk=user.pk).roles)


def test_a_new_member_of_staff_has_the_roles_given_and_can_log_in(db: None) -> None:
    made = create_staff(email="New@Example.org", name="New", password=PASSWORD, roles=[Role.FRONT_DESK], now=NOW)
    user = User.objects.get(pk=made.pk)
    assert (user.email, user.is_staff, user.is_superuser) == ("new@example.org", True, False)
    assert user.check_password(PASSWORD)
    assert user.roles == {Role.FRONT_DESK}


def test_changing_roles_takes_the_old_ones_away_and_is_in_the_security_log(db: None) -> None:
    user = hire(Role.FRONT_DESK, Role.PHOTOGRAPHER)
    change_staff(user_id=user.pk, email=user.email, name="N", roles=[Role.PHOTOGRAPHER, Role.ADMINISTRATION], now=NOW)
    assert roles_of(user) == {Role.PHOTOGRAPHER, Role.ADMINISTRATION}
    assert SecurityEvent.objects.filter(event="staff_roles_changed").count() == 1


def test_the_same_roles_again_are_no_event(db: None) -> None:
    user = hire(Role.FRONT_DESK)
    change_staff(user_id=user.pk, email=user.email, name="Other", roles=[Role.FRONT_DESK], now=NOW)
    assert not SecurityEvent.objects.exists()


@pytest.mark.parametrize(("typed", "works"), [("", PASSWORD), ("een ander wachtwoord", "een ander wachtwoord")])
def test_an_empty_password_keeps_the_one_there_is(typed: str, works: str, db: None) -> None:
    user = hire()
    change_staff(user_id=user.pk, email=user.email, name="", roles=[], new_password=typed, now=NOW)
    assert User.objects.get(pk=user.pk).check_password(works)


def test_who_leaves_holds_no_role_and_is_nobody_with_the_next_click(db: None) -> None:
    user = hire(Role.FRONT_DESK)
    browser = browser_of(user)
    assert browser.get("/beheer/").status_code == 200
    assert end_service(user_ids=[user.pk], now=NOW) == 1
    assert browser.get("/beheer/").status_code == 302
    left = User.objects.get(pk=user.pk)
    assert (left.is_active, left.service_ended_at, set(left.roles)) == (False, NOW, set())


def test_leaving_twice_keeps_the_first_date(db: None) -> None:
    user = hire()
    end_service(user_ids=[user.pk], now=NOW)
    assert end_service(user_ids=[user.pk], now=NOW.replace(year=2028)) == 0
    assert User.objects.get(pk=user.pk).service_ended_at == NOW


def test_a_parent_is_no_staff_and_cannot_be_made_to_leave(db: None) -> None:
    parent = User.objects.create_user("parent@example.org", PASSWORD)
    assert end_service(user_ids=[parent.pk], now=NOW) == 0
