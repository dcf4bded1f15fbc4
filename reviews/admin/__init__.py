"""Reviews in the back office."""

from . import moderation

__all__ = ["moderation"]
