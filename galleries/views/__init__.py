from .deleting import delete_photos, deleted
from .entry import enter, help_page, home, leave_visit
from .images import image
from .keeping import keep, withdraw
from .pages import gallery, photo

__all__ = [
    "delete_photos",
    "deleted",
    "enter",
    "gallery",
    "help_page",
    "home",
    "image",
    "keep",
    "leave_visit",
    "photo",
    "withdraw",
]
