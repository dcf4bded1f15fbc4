"""What the privacy owner decides about a rule."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from privacy import breaker, ledger
from privacy.audit import log_access
from privacy.registry import registry


class UnknownRule(Exception):
    """There is no rule with this key."""


@transaction.atomic
def release_rule(*, rule: str, by: AbstractBaseUser, now: datetime) -> None:
    """Let the next night run a rule the circuit breaker paused, however much it takes (P55).

    The ledger says that and when it was released, the access log by whom. Raises UnknownRule.
    """
    if rule not in registry.rules:
        raise UnknownRule
    ledger.record(breaker.RELEASED, now=now, rule=rule, reason="privacy_owner")
    log_access(user=by, kind="privacy.rulerun", object_id=None, action="release", now=now)
