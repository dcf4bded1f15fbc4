"""The circuit breaker: a rule about to take far more than last night expected waits for a person.

A wrong clock, a wrong import or a wrong rule shows in exactly this way. The rule pauses, the night turns red and the
privacy owner gets a mail; `actions.rules.release_rule` lets the next night do it after all.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from .models import LedgerEntry, RuleRun, SweepRun

# A night may take five times what was expected, and always this many.
FACTOR = 5
SLACK = 1000
RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What earlier nights say about the rules: how much each may take now; no entry means no expectation yet."""

    most: dict[str, int]

    def allowed(self, rule: str) -> int | None:
        """The most rows a rule may take tonight; None while it has no forecast, or was released."""
        return self.most.get(rule)


def expectation(*, now: datetime) -> Expectation:
    """Read the forecasts of the last finished night, stretched over the nights that were missed since."""
    last = SweepRun.objects.filter(finished_at__isnull=False, clock__lte=now).order_by("-pk").first()
    if last is None:
        return Expectation({})
    nights = max(1, -((last.clock - now) // timedelta(days=1)))
    forecasts = RuleRun.objects.filter(sweep=last, forecast__isnull=False).values_list("rule", "forecast")
    most = {rule: FACTOR * nights * forecast + SLACK for rule, forecast in forecasts if forecast is not None}
    for rule in released_since(last.started_at):
        most.pop(rule, None)
    return Expectation(most)


def released_since(moment: datetime) -> set[str]:
    """The rules a person released after `moment`."""
    entries = LedgerEntry.objects.filter(event=RELEASED, at__gte=moment)
    return set(entries.values_list("rule", flat=True))


def paused_rules() -> set[str]:
    """The rules the last night paused and nobody has released since."""
    last = SweepRun.objects.aggregate(last=Max("pk"))["last"]
    paused = RuleRun.objects.filter(sweep=last, outcome=RuleRun.Outcome.PAUSED).select_related("sweep")
    return {run.rule for run in paused if run.rule not in released_since(run.sweep.started_at)}
