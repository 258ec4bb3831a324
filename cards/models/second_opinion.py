"""What the language model said of an attempt, beside what the learner had ticked."""

from __future__ import annotations

from django.db import models

from cards.models.content import Question
from cards.models.learner import Learner


class SecondOpinion(models.Model):
    """One second opinion, as it was given. It grades nothing and moves no card.

    Words, quotes and ticks are kept by the id of the key point. Of the attempt only the quotes
    are kept. The ticks are those at the moment of asking: what is ticked after the opinion was
    seen is no judgement of the learner's own.
    """

    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, related_name="second_opinions", db_index=False
    )
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="second_opinions")
    submission_id = models.UUIDField(help_text="Of form and attempt: sent twice, asked once.")
    asked_at = models.DateTimeField()
    study_date = models.DateField(help_text="The learner's study day when it was asked.")
    words = models.JSONField(help_text="said, partly, not said or unsure, for each point.")
    quotes = models.JSONField(default=dict, help_text="The words of the attempt that say so.")
    ticks = models.JSONField(default=dict, help_text="0, 1 or 2 for each point that was ticked.")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "submission_id"), name="second_opinion_once_for_learner"
            ),
        )
        indexes = (models.Index(fields=("learner", "study_date"), name="second_opinion_of_a_day"),)

    def __str__(self) -> str:
        return f"second opinion {self.pk} of learner {self.learner_id}"
