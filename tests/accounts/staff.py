"""People who work here, for tests: one per role, and the superuser."""

from django.test import Client as Browser

from accounts.models import User
from accounts.roles import Role

PASSWORD = "een lang wachtwoord"


def hire(*roles: Role, email: str = "", is_superuser: bool = False) -> User:
    """A member of staff with these roles."""
    address = email or f"{'-'.join(roles) or 'super'}@example.org"
    user = User.objects.create_user(address, PASSWORD, name="Staff", is_staff=True, is_superuser=is_superuser)
    for role in roles:
        user.role_rows.create(role=role)
    return user


def browser_of(user: User) -> Browser:
    """A browser in which this person is logged in."""
    browser = Browser()
    browser.force_login(user)
    return browser


def at_work(*roles: Role, is_superuser: bool = False) -> Browser:
    """A browser of a new member of staff with these roles."""
    return browser_of(hire(*roles, is_superuser=is_superuser))
