"""A session: a chosen row of questions instead of what the study day would bring."""

from __future__ import annotations

from django.db import models

from cards.models.learner import Learner


class StudySession(models.Model):
    """The one session of a learner that is going on; it ends with its study day."""

    class Kind(models.TextChoices):
        """What the questions were chosen by."""

        TIME = "time"
        CATEGORY = "category"
        SELECTED = "selected"
        AHEAD = "ahead"
        BACKLOG = "backlog"
        DRILL = "drill"
        PLAN = "plan"

    learner = models.OneToOneField(
        Learner, on_delete=models.CASCADE, primary_key=True, related_name="session"
    )
    kind = models.CharField(max_length=16, choices=Kind)
    title = models.CharField(max_length=120)
    study_date = models.DateField(help_text="On any other study day the session is over.")
    queue = models.JSONField(default=list, help_text="Ids of the questions still to be asked.")
    total = models.PositiveSmallIntegerField()
    began_after = models.PositiveBigIntegerField(
        default=0, help_text="Id of the last review before it: newer ones were given in it."
    )
    moves_schedule = models.BooleanField(
        default=True, help_text="Otherwise every answer is practice."
    )

    def __str__(self) -> str:
        return f"session of learner {self.learner_id}"
