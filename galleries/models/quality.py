from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .clients import Assignment

# P20, A28, RT18: below so many subjects a mean could lead back to one of them.
FEWEST_SUBJECTS = 20


class QualityAggregate(models.Model):
    """How good the photos of one assignment are: means and spreads over at least twenty subjects, nobody's own figures
    (P19, P20, A28). One for each assignment: two of them would differ by who came in between.

    The reward that rests on it is an amount for the assignment, for no person (A29).
    """

    assignment = models.OneToOneField(
        Assignment, on_delete=models.CASCADE, related_name="quality", verbose_name=_("assignment")
    )
    measured_at = models.DateTimeField(_("measured"))
    subject_count = models.PositiveIntegerField(_("subjects"))
    sharpness_mean = models.DecimalField(max_digits=5, decimal_places=2)
    sharpness_spread = models.DecimalField(max_digits=5, decimal_places=2)
    background_mean = models.DecimalField(max_digits=5, decimal_places=2)
    background_spread = models.DecimalField(max_digits=5, decimal_places=2)
    exposure_mean = models.DecimalField(max_digits=5, decimal_places=2)
    exposure_spread = models.DecimalField(max_digits=5, decimal_places=2)
    clipping_mean = models.DecimalField(max_digits=5, decimal_places=2)
    clipping_spread = models.DecimalField(max_digits=5, decimal_places=2)
    reward_cents = models.PositiveIntegerField(_("reward"), null=True)
    reward_decided_at = models.DateTimeField(_("reward decided"), null=True)

    class Meta:
        verbose_name = _("quality of an assignment")
        verbose_name_plural = _("quality of assignments")
        permissions = [
            ("measure_quality", "Can measure the quality of an assignment"),
            ("reward_quality", "Can decide on the reward for an assignment"),
        ]
        constraints = [
            models.CheckConstraint(name="quality_of_enough_subjects", condition=Q(subject_count__gte=FEWEST_SUBJECTS)),
            models.CheckConstraint(
                name="reward_has_its_date",
                condition=Q(reward_cents__isnull=True, reward_decided_at__isnull=True)
                | Q(reward_cents__isnull=False, reward_decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{_('quality of an assignment')} {self.pk}"
