"""What the words mean that this app writes into the logs."""

from django.utils.translation import gettext_lazy as _

from privacy.logged import Log, register

from .actions.extending import CONSENT
from .models import RemovalCase

register(
    Log.EVENT,
    {
        "receipt": _("receipt given"),
        "replaced": _("photo put in place of another"),
        "quality_measured": _("quality measured"),
        "quality_refused": _("quality: refused"),
        "quality_rewarded": _("quality: reward decided"),
    },
)
register(
    Log.REASON,
    {
        "withdrawal": _("consent withdrawn"),
        CONSENT: _("consent to keep photos longer"),
        "removal_request": _("request to remove a photo"),
        "replaced": _("replaced by a newer one"),
        "unlinked": _("no contact person any more"),
        **{decision.value: decision.label for decision in RemovalCase.Decision if decision != "replaced"},
        "outside_term": _("outside the client's term"),
        "too_few_subjects": _("too few subjects"),
        "measured_before": _("measured before"),
        "not_measured": _("not measured"),
    },
)
register(
    Log.ACTION,
    {
        "complete": _("completed"),
        "find": _("searched"),
        "measure": _("measured"),
        "publish": _("published"),
        "hand_over": _("handed to the client"),
        "record": _("recorded"),
        "reprint": _("printed again"),
        "revoke": _("revoked"),
        "reward": _("reward decided"),
        **{f"decide_{decision.value}": decision.label for decision in RemovalCase.Decision},
    },
)
register(
    Log.SECURITY,
    {
        "codes.address_shut": _("wrong codes: an address has to wait"),
        "codes.attack": _("wrong codes from many addresses"),
    },
)
register(
    Log.MAIL,
    {
        "galleries.deleted": _("photos deleted"),
        "galleries.goodbye": _("reminder before photos go"),
        "galleries.kept": _("photos kept longer"),
        "galleries.open_assignments": _("alarm: assignments open for long"),
        "galleries.removal_decided": _("request to remove a photo: decided"),
        "galleries.removal_late": _("alarm: requests to remove a photo that wait"),
        "galleries.withdrawn": _("consent withdrawn"),
    },
)
