"""Every write about the people we know."""

from .staff import change_staff, create_staff, end_service

__all__ = ["change_staff", "create_staff", "end_service"]
