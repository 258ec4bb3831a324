"""What a learner keeps beside a question: a note, a flag, a mark, tags. None of it schedules."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cards.models.content import Question
from cards.models.learner import Learner


class Note(models.Model):
    """One learner's note beside one question, with flag and mark; no row means none."""

    class Flag(models.IntegerChoices):
        """Colours a learner may give a meaning of their own."""

        NONE = 0
        RED = 1
        ORANGE = 2
        GREEN = 3
        BLUE = 4

    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, related_name="notes", db_index=False
    )
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=5000, blank=True)
    flag = models.PositiveSmallIntegerField(choices=Flag, default=Flag.NONE)
    is_marked = models.BooleanField(default=False)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("learner", "question"), name="note_unique_for_learner"),
            models.CheckConstraint(condition=Q(flag__lte=4), name="note_flag_is_a_colour"),
        )

    def __str__(self) -> str:
        return f"note {self.pk} of learner {self.learner_id}"


class Tag(models.Model):
    """One word that a learner gave a question."""

    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, related_name="tags", db_index=False
    )
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ("learner_id", "name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "name", "question"), name="tag_once_for_question"
            ),
        )

    def __str__(self) -> str:
        return self.name
