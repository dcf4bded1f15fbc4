"""What each role may do, as data. Least rights: a permission that is not here does not exist for staff (P08)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    FRONT_DESK = "front_desk", _("front desk")
    PHOTOGRAPHER = "photographer", _("photographer")
    ADMINISTRATION = "administration", _("administration")
    PRIVACY_OWNER = "privacy_owner", _("privacy owner")


def _crud(model: str, *verbs: str) -> set[str]:
    app, name = model.split(".")
    return {f"{app}.{verb}_{name}" for verb in verbs}


_ASSIGNMENTS = {
    *_crud("galleries.client", "view", "add", "change"),
    *_crud("galleries.assignment", "view", "add", "change"),
    *_crud("galleries.group", "view", "add", "change"),
    *_crud("galleries.subject", "view", "add", "change"),
    "galleries.publish_assignment",
}

ROLE_PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.FRONT_DESK: frozenset(
        {
            *_ASSIGNMENTS,
            *_crud("galleries.photo", "view"),
            *_crud("galleries.logincode", "view"),
            "galleries.reprint_logincode",
            "galleries.revoke_logincode",
            *_crud("shop.order", "view"),
            "shop.move_order",
            "shop.record_transfer",
            *_crud("shop.product", "view"),
        }
    ),
    Role.PHOTOGRAPHER: frozenset({*_ASSIGNMENTS, *_crud("galleries.photo", "view")}),
    Role.ADMINISTRATION: frozenset(
        {
            *_crud("shop.order", "view"),
            *_crud("shop.archivedorder", "view"),
            *_crud("shop.invoice", "view"),
            *_crud("shop.paymentstub", "view"),
            *_crud("shop.product", "view", "add", "change"),
            *_crud("galleries.client", "view"),
            *_crud("galleries.assignment", "view"),
            "shop.record_transfer",
        }
    ),
    Role.PRIVACY_OWNER: frozenset(
        {
            *_crud("privacy.sweeprun", "view"),
            *_crud("privacy.rulerun", "view"),
            *_crud("privacy.ledgerentry", "view"),
            *_crud("privacy.accesslogentry", "view"),
            *_crud("privacy.securityevent", "view"),
            *_crud("privacy.hold", "view", "add", "change"),
            *_crud("privacy.restriction", "view", "add", "change"),
            "privacy.release_rule",
        }
    ),
}

# Not even a superuser holds these without the role: the fiscal archive is for the administration alone (A12, P60).
SEALED_PERMISSIONS = frozenset({*_crud("shop.archivedorder", "view", "add", "change", "delete")})
