"""What the privacy owner decides about a rule."""

from datetime import datetime

from django.db import transaction

from privacy import breaker, ledger
from privacy.models import AccessLogEntry
from privacy.registry import registry


class UnknownRule(Exception):
    """There is no rule with this key."""


@transaction.atomic
def release_rule(*, rule: str, by: int, now: datetime) -> None:
    """Let the next night run a rule the circuit breaker paused, however much it takes (P55).

    `by` is the key of who decides. The ledger says that and when it was released, the access log by whom. Raises
    UnknownRule.
    """
    if rule not in registry.rules:
        raise UnknownRule
    ledger.record(breaker.RELEASED, now=now, rule=rule, reason="privacy_owner")
    AccessLogEntry.objects.create(at=now, user_id=by, kind="privacy.rulerun", object_id=None, action="release")


@transaction.atomic
def release_paused(*, by: int, now: datetime) -> int:
    """Release every rule that is paused now; how many."""
    paused = sorted(breaker.paused_rules())
    for rule in paused:
        release_rule(rule=rule, by=by, now=now)
    return len(paused)
