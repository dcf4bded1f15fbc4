"""What people fill in about themselves and their colleagues."""

from .staff import StaffForm, StaffLoginForm

__all__ = ["StaffForm", "StaffLoginForm"]
