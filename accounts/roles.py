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


# Making photographs: whose they are, and putting them online when they are done.
_SHOOTING = {
    *_crud("galleries.client", "view"),
    *_crud("galleries.assignment", "view"),
    *_crud("galleries.subject", "view", "add", "change"),
    *_crud("galleries.photo", "view"),
    "galleries.publish_assignment",
}

ROLE_PERMISSIONS: dict[Role, frozenset[str]] = {
    # Agrees assignments with clients, answers parents, prints, packs and sends.
    Role.FRONT_DESK: frozenset(
        {
            *_SHOOTING,
            *_crud("galleries.client", "add", "change"),
            *_crud("galleries.assignment", "add", "change"),
            "galleries.contact_client",
            *_crud("galleries.contact", "view", "add", "change"),
            *_crud("galleries.acceptance", "view"),
            *_crud("galleries.assignmentmessage", "view", "add"),
            "galleries.accept_terms",
            "galleries.complete_assignment",
            *_crud("galleries.logincode", "view"),
            "galleries.reprint_logincode",
            "galleries.revoke_logincode",
            *_crud("galleries.extension", "view"),
            "galleries.record_extension",
            *_crud("galleries.removalcase", "view"),
            "galleries.handle_removalcase",
            *_crud("shop.order", "view"),
            "shop.fulfil_order",
            "shop.move_order",
            "shop.correct_order",
            *_crud("privacy.recipientnotice", "view"),
            "privacy.tell_recipients",
            "shop.record_transfer",
            *_crud("shop.product", "view"),
            *_crud("privacy.outgoingmail", "view"),
            *_crud("complaints.contactmessage", "view"),
            "complaints.answer_messages",
            *_crud("complaints.complaint", "view"),
            *_crud("complaints.complaintcount", "view"),
            "complaints.erase_messages",
            *_crud("complaints.replytemplate", "view", "add", "change"),
            "complaints.handle_complaints",
            "complaints.erase_complaints",
            # Takes a privacy request in, and reads none.
            "privacy.record_request",
            *_crud("accounts.relation", "view"),
            "accounts.record_objection",
            *_crud("accounts.campaign", "view", "add", "change"),
            "accounts.send_campaign",
            *_crud("reviews.review", "view"),
            "reviews.moderate_reviews",
            "reviews.withdraw_reviews",
        }
    ),
    # Knows subjects by number and group; no parent, no order, no code. Measures photos, and sees means only.
    Role.PHOTOGRAPHER: frozenset(
        {*_SHOOTING, *_crud("galleries.qualityaggregate", "view"), "galleries.measure_quality"}
    ),
    # Keeps the books and the prices; whom an invoice names, and what came in from the bank.
    Role.ADMINISTRATION: frozenset(
        {
            *_crud("shop.order", "view"),
            *_crud("shop.archivedorder", "view"),
            *_crud("shop.invoice", "view"),
            *_crud("shop.invoicecorrection", "view", "change"),
            *_crud("shop.paymentstub", "view"),
            *_crud("shop.repayment", "view", "change"),
            *_crud("shop.product", "view", "add", "change"),
            *_crud("galleries.client", "view"),
            *_crud("galleries.assignment", "view"),
            "galleries.contact_client",
            # A reward is an amount in the books; it rests on means that name nobody (A29).
            *_crud("galleries.qualityaggregate", "view"),
            "galleries.reward_quality",
            "shop.record_transfer",
        }
    ),
    # Watches the nights and the logs, decides on exceptions; answers privacy requests;
    # sees no order and no photo.
    Role.PRIVACY_OWNER: frozenset(
        {
            *_crud("privacy.sweeprun", "view"),
            *_crud("privacy.ledgerentry", "view"),
            *_crud("privacy.accesslogentry", "view"),
            *_crud("privacy.securityevent", "view"),
            *_crud("privacy.hold", "view", "add", "change"),
            *_crud("privacy.restriction", "view", "add", "change"),
            *_crud("privacy.consent", "view"),
            *_crud("galleries.removalcase", "view"),
            *_crud("galleries.assignment", "view"),
            "galleries.approve_term",
            *_crud("galleries.acceptance", "view"),
            "galleries.complete_assignment",
            *_crud("complaints.contactmessage", "view"),
            "complaints.answer_privacy_requests",
            "complaints.erase_messages",
            *_crud("complaints.replytemplate", "view", "add", "change"),
            *_crud("privacy.rightsrequest", "view"),
            "privacy.record_request",
            "privacy.handle_requests",
            *_crud("privacy.recipientnotice", "view"),
            "privacy.tell_recipients",
            *_crud("accounts.suppression", "view"),
            "accounts.review_suppressions",
            *_crud("complaints.complaint", "view"),
            *_crud("complaints.complaintcount", "view"),
            "complaints.erase_complaints",
            *_crud("privacy.datarecipient", "view", "add", "change"),
            *_crud("privacy.legaldisclosure", "view", "add"),
            *_crud("reviews.review", "view"),
            "reviews.withdraw_reviews",
            "privacy.release_rule",
            "privacy.see_restricted",
        }
    ),
}

# Not even a superuser holds these without the role: the fiscal archive is for the administration alone (A12, P60), and
# a restricted row for the privacy owner (art. 18 GDPR).
SEALED_PERMISSIONS = frozenset(
    {*_crud("shop.archivedorder", "view", "add", "change", "delete"), "privacy.see_restricted"}
)
