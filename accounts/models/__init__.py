"""Who we know: the people who log in, and who bought before."""

from .addresses import AddressChange
from .campaigns import Campaign, CampaignMessage, Category
from .relations import Relation, RelationEvidence, Suppression
from .users import StaffRole, User, UserManager

__all__ = [
    "AddressChange",
    "Campaign",
    "CampaignMessage",
    "Category",
    "Relation",
    "RelationEvidence",
    "StaffRole",
    "Suppression",
    "User",
    "UserManager",
]
