"""What each role may do."""

import pytest
from django.apps import apps

from accounts.models import User
from accounts.roles import ROLE_PERMISSIONS, SEALED_PERMISSIONS, Role

from .staff import hire

EVERY = frozenset().union(*ROLE_PERMISSIONS.values())


@pytest.mark.clauses("P08")
@pytest.mark.parametrize("role", Role)
def test_a_role_has_its_permissions_and_no_other(role: Role, db: None) -> None:
    user = hire(role)
    assert {permission for permission in EVERY if user.has_perm(permission)} == ROLE_PERMISSIONS[role]


@pytest.mark.clauses("P08")
def test_a_superuser_has_all_but_the_sealed_ones(db: None) -> None:
    boss = hire(is_superuser=True)
    assert {permission for permission in EVERY if not boss.has_perm(permission)} == SEALED_PERMISSIONS & EVERY


def test_a_superuser_with_the_role_holds_its_sealed_permissions(db: None) -> None:
    assert hire(Role.ADMINISTRATION, is_superuser=True).has_perm("shop.view_archivedorder")


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}])
def test_who_left_or_does_not_work_here_may_nothing(fields: dict[str, bool], db: None) -> None:
    user = hire(Role.FRONT_DESK, is_superuser=True)
    User.objects.filter(pk=user.pk).update(**fields)
    gone = User.objects.get(pk=user.pk)
    assert not any(gone.has_perm(permission) for permission in EVERY)
    assert not gone.has_module_perms("shop")


def test_no_role_may_delete_anything_or_add_an_order() -> None:
    verbs = {permission.split(".")[1].split("_")[0] for permission in EVERY}
    assert "delete" not in verbs
    assert "shop.add_order" not in EVERY


def test_every_permission_to_see_or_write_names_a_model_that_exists() -> None:
    for permission in EVERY:
        app, name = permission.split(".")
        verb, _, model = name.partition("_")
        if verb in {"view", "add", "change"}:
            assert apps.get_model(app, model)
