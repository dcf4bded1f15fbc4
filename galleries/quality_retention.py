"""The quality of assignments: figures over at least twenty subjects are no personal data, so no rule ends them (RT18).

Every field is a number or a moment about an assignment; a field added later has to say here what it is.
"""

from privacy.declarations import plain
from privacy.registry import registry

registry.declare(
    "galleries.QualityAggregate",
    {
        "id": plain(),
        "assignment": plain(),
        "measured_at": plain(),
        "subject_count": plain(),
        "sharpness_mean": plain(),
        "sharpness_spread": plain(),
        "background_mean": plain(),
        "background_spread": plain(),
        "exposure_mean": plain(),
        "exposure_spread": plain(),
        "clipping_mean": plain(),
        "clipping_spread": plain(),
        "reward_cents": plain(),
        "reward_decided_at": plain(),
    },
)
