from django.db import models
from django.utils.translation import gettext_lazy as _


class SweepLease(models.Model):
    """Who may sweep, seal or import into one assignment now, a row for each. It lives in the database because that is
    what they change."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class SweepRun(models.Model):
    """One night: when, with which clock, and how it ended."""

    class Status(models.TextChoices):
        RUNNING = "running", _("running")
        GREEN = "green", _("done, nothing left")
        RED = "red", _("needs attention")

    started_at = models.DateTimeField(_("started"))
    clock = models.DateTimeField(_("clock"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.RUNNING)

    class Meta:
        verbose_name = _("sweep")
        verbose_name_plural = _("sweeps")

    def __str__(self) -> str:
        return f"{_('sweep')} {self.pk}"


class RuleRun(models.Model):
    """What one rule did in one night, what it left (`None`: could not count), and what it expects tomorrow."""

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        PAUSED = "paused", _("paused by the circuit breaker")
        FAILED = "failed", _("failed")

    sweep = models.ForeignKey(SweepRun, on_delete=models.CASCADE, related_name="rules")
    rule = models.CharField(_("rule"), max_length=20)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.DONE)
    erased = models.PositiveIntegerField(_("erased"), default=0)
    residue = models.PositiveIntegerField(_("residue"), null=True)
    forecast = models.PositiveIntegerField(_("expected next night"), null=True)
    error = models.CharField(_("error"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("rule in a sweep")
        verbose_name_plural = _("rules in a sweep")
        constraints = [models.UniqueConstraint(fields=["sweep", "rule"], name="one_run_per_rule_and_sweep")]

    def __str__(self) -> str:
        return f"{self.rule} in sweep {self.sweep_id}"
