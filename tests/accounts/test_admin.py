"""The screen about people who work here."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client as Browser

from accounts.models import User
from accounts.roles import Role

from .staff import PASSWORD, at_work, hire

USERS = "/beheer/accounts/user/"


@pytest.fixture
def boss(db: None) -> Browser:
    return at_work(is_superuser=True)


def form(**changes: object) -> dict[str, object]:
    return {"email": "new@example.org", "name": "New", "roles": ["photographer"], "new_password": PASSWORD, **changes}


def test_a_superuser_makes_staff(boss: Browser) -> None:
    assert boss.post(f"{USERS}add/", form()).status_code == 302
    user = User.objects.get(email="new@example.org")
    assert (set(user.roles), user.is_staff, user.is_superuser) == ({Role.PHOTOGRAPHER}, True, False)
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("forbidden", ["is_superuser", "is_staff", "is_active", "service_ended_at"])
def test_the_form_cannot_give_more_than_roles(forbidden: str, boss: Browser) -> None:
    user = hire(Role.FRONT_DESK)
    before = User.objects.values(forbidden).get(pk=user.pk)
    boss.post(f"{USERS}{user.pk}/change/", form(email=user.email, **{forbidden: "on"}))
    assert User.objects.values(forbidden).get(pk=user.pk) == before


def test_an_address_is_taken_whatever_its_case(boss: Browser) -> None:
    hire(email="new@example.org")
    answer = boss.post(f"{USERS}add/", form(email="NEW@example.org"))
    assert answer.status_code == 200
    assert "email" in answer.context["adminform"].form.errors


@pytest.mark.parametrize("password", ["short", "", "1234567890123"])
def test_a_weak_password_is_refused(password: str, boss: Browser) -> None:
    answer = boss.post(f"{USERS}add/", form(new_password=password))
    assert "new_password" in answer.context["adminform"].form.errors


def test_the_history_names_fields_and_a_number_but_no_person(boss: Browser) -> None:
    boss.post(f"{USERS}add/", form())
    user = User.objects.get(email="new@example.org")
    boss.post(f"{USERS}{user.pk}/change/", form(name="Other Name", new_password=""))
    lines = list(LogEntry.objects.order_by("pk"))
    assert [line.object_repr for line in lines] == [f"user {user.pk}"] * 2
    assert "new@example.org" not in str([(line.change_message, line.object_repr) for line in lines])
    assert "Other Name" not in str([line.change_message for line in lines])


def test_the_action_lets_others_leave_but_never_oneself(db: None) -> None:
    me = hire(is_superuser=True)
    other = hire(Role.FRONT_DESK)
    browser = Browser()
    browser.force_login(me)
    browser.post(USERS, {"action": "leave", "_selected_action": [me.pk, other.pk]})
    assert User.objects.get(pk=me.pk).is_active
    assert not User.objects.get(pk=other.pk).is_active


def test_parents_are_not_in_the_list_of_staff(boss: Browser) -> None:
    User.objects.create_user("parent@example.org", PASSWORD)
    assert "parent@example.org" not in boss.get(USERS).content.decode()


def test_roles_are_the_only_rights_there_are_to_give(boss: Browser) -> None:
    assert boss.get("/beheer/auth/group/").status_code == 404
