from .asking import ask, case
from .deleting import delete_photos, deleted
from .entry import enter, help_page, home, leave_visit
from .held import held
from .images import image
from .keeping import keep, withdraw
from .pages import gallery, photo
from .reminding import forget, forget_addresses, remind
from .saving import forget as forget_saved
from .saving import open_from_account
from .saving import save as save_code

__all__ = [
    "ask",
    "case",
    "delete_photos",
    "deleted",
    "enter",
    "forget",
    "forget_addresses",
    "forget_saved",
    "gallery",
    "held",
    "help_page",
    "home",
    "image",
    "keep",
    "leave_visit",
    "open_from_account",
    "photo",
    "remind",
    "save_code",
    "withdraw",
]
