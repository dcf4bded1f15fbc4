from .addresses import change_address, confirm_change
from .ending import delete, deleted
from .entry import confirm, log_in, log_out, register, sent
from .home import home
from .staff import StaffLogin

__all__ = [
    "StaffLogin",
    "change_address",
    "confirm",
    "confirm_change",
    "delete",
    "deleted",
    "home",
    "log_in",
    "log_out",
    "register",
    "sent",
]
