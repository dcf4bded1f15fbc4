"""Who logs in, and nothing else: permissions come from the roles of the user (`accounts.roles`)."""

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from .models import User


class RoleBackend(BaseBackend):
    """Checks e-mail and password; an unknown address costs as much time as a wrong password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        email: str | None = None,
        **kwargs: object,
    ) -> User | None:
        address = (email or username or "").strip().lower()
        if not address or password is None:
            return None
        user = User.objects.filter(email=address).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
