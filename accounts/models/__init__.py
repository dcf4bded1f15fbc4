"""Who we know: the people who log in."""

from .users import StaffRole, User, UserManager

__all__ = ["StaffRole", "User", "UserManager"]
