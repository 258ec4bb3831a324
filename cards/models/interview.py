"""What a plan has to keep to, what was forecast each day, and how interviews went."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cards.models.learner import Learner


class DayOff(models.Model):
    """Study days on which a learner will not study, planned ahead; both ends are among them."""

    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, related_name="days_off", db_index=False
    )
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        verbose_name_plural = "days off"
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "starts_on", "ends_on"), name="day_off_once_for_learner"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="day_off_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"days off of learner {self.learner_id}"


class Interview(models.Model):
    """An interview that is over: how it went, and what was asked."""

    class Went(models.IntegerChoices):
        """How it went, in the learner's own view."""

        BADLY = 1
        SO_SO = 2, "so-so"
        WELL = 3
        VERY_WELL = 4

    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, related_name="interviews", db_index=False
    )
    interview_on = models.DateField()
    went = models.PositiveSmallIntegerField(choices=Went, null=True, blank=True)
    asked = models.JSONField(default=list, help_text="The questions that were asked, in words.")
    closed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "interview_on"), name="interview_once_for_learner_and_day"
            ),
        )

    def __str__(self) -> str:
        return f"interview of learner {self.learner_id} on {self.interview_on}"


class ReadinessDay(models.Model):
    """What was forecast on one study day; never rewritten, so that it can be held to."""

    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, related_name="readiness_days", db_index=False
    )
    study_date = models.DateField()
    now = models.FloatField(help_text="Expected share recalled if all were asked on the next day.")
    interview_on = models.DateField(null=True, blank=True)
    share = models.FloatField(null=True, help_text="Expected share on the interview's day.")
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    categories = models.JSONField(default=dict, help_text="Both shares by category's slug.")
    basis = models.JSONField(default=dict, help_text="Questions, met, answers, reviews.")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "study_date"), name="readiness_once_for_learner_and_day"
            ),
        )

    def __str__(self) -> str:
        return f"readiness of learner {self.learner_id} on {self.study_date}"
