"""What the language model was asked for, and what that took."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cards.models.learner import Learner


class ModelUse(models.Model):
    """One answer asked of the model.

    While it is being written, the row holds the most that it may take; afterwards what it took.
    So several at once cannot go past a limit together, and one whose worker was killed counts
    as all that it might have been.
    """

    class Purpose(models.TextChoices):
        """What it was asked for."""

        ANSWER = "answer"
        OPINION = "opinion", "second opinion"
        PROBE = "probe"

    class Outcome(models.TextChoices):
        """How it ended; the troubles are those of `cards.integrations.trouble`."""

        RUNNING = "running"
        DONE = "done"
        STOPPED = "stopped"
        OFF = "off"
        UNREACHABLE = "unreachable"
        TOO_SLOW = "too slow"
        BUSY = "busy"
        WRONG_KEY = "wrong key"
        REFUSED = "refused"
        BROKEN = "broken"
        CUT_OFF = "cut off"
        NONSENSE = "nonsense"

    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, related_name="model_uses", db_index=False
    )
    study_date = models.DateField(help_text="The learner's study day when it was asked.")
    purpose = models.CharField(max_length=16, choices=Purpose)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    cost_micro = models.PositiveBigIntegerField(
        default=0, help_text="Millionths of the currency that the prices are in."
    )
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.RUNNING)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="running")
                | (Q(ended_at__gte=F("started_at")) & ~Q(outcome="running")),
                name="model_use_has_an_outcome_once_it_ended",
            ),
        )
        indexes = (models.Index(fields=("learner", "study_date"), name="model_use_of_a_day"),)

    def __str__(self) -> str:
        return f"{self.purpose} for learner {self.learner_id}"
