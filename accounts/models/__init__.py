"""Who we know: the people who log in, and who bought before."""

from .relations import Relation, RelationEvidence, Suppression
from .users import StaffRole, User, UserManager

__all__ = ["Relation", "RelationEvidence", "StaffRole", "Suppression", "User", "UserManager"]
