"""What a learner asked the assistant, and what it answered."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from cards.models.content import Question
from cards.models.learner import Learner

LONGEST_TITLE = 80


class Conversation(models.Model):
    """Questions to the assistant that belong together."""

    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, related_name="conversations", db_index=False
    )
    question = models.ForeignKey(
        Question,
        on_delete=models.SET_NULL,
        null=True,
        related_name="conversations",
        help_text="The one that it is about; empty: none.",
    )
    title = models.CharField(max_length=LONGEST_TITLE)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(help_text="When something was last asked.")

    class Meta:
        indexes = (
            models.Index(
                fields=("learner", "-updated_at", "-id"), name="conversation_newest_of_learner"
            ),
        )

    def __str__(self) -> str:
        return f"conversation {self.pk} of learner {self.learner_id}"


class Message(models.Model):
    """One thing asked, with its answer as it was given.

    Each source is `{slug, prompt, field, heading, quote, score}`: what the bank said on that day.
    Where a language model words the answer, that stands beside the bank's, which stays as it was.
    """

    class Wording(models.TextChoices):
        """How far the model is with it."""

        NONE = "", "not wanted"
        WAITING = "waiting"
        WRITING = "writing"
        DONE = "done"
        STOPPED = "stopped"
        FAILED = "failed"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    submission_id = models.UUIDField(help_text="Sent twice, it is asked once.")
    asked = models.TextField(max_length=2000)
    answer = models.TextField()
    sources = models.JSONField(default=list)
    mode = models.CharField(max_length=16, help_text="Who worded the answer.")
    off_topic = models.BooleanField(default=False)
    language = models.CharField(
        max_length=60, blank=True, help_text="English name of the one asked in; empty: English."
    )
    asked_at = models.DateTimeField()
    wording = models.CharField(max_length=8, choices=Wording, default=Wording.NONE, blank=True)
    writing_since = models.DateTimeField(null=True, help_text="After a while it is taken for dead.")
    words = models.TextField(default="", help_text="The answer in the model's words.")
    cited = models.JSONField(default=list, help_text="Places among the sources, as it counts them.")
    dropped = models.JSONField(default=list, help_text="Citations of what it was not given.")
    uncited = models.JSONField(default=list, help_text="Statements that rest on no source.")
    trouble = models.CharField(max_length=250, default="", help_text="What the learner is told.")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "submission_id"), name="message_once_for_learner"
            ),
            models.CheckConstraint(
                condition=Q(wording="writing", writing_since__isnull=False)
                | (~Q(wording="writing") & Q(writing_since=None)),
                name="message_is_written_since_a_moment",
            ),
            models.CheckConstraint(
                condition=(Q(mode="model") & ~Q(words="")) | (~Q(mode="model") & Q(words="")),
                name="message_has_words_of_a_model_in_its_mode",
            ),
        )
        indexes = (models.Index(fields=("learner", "asked_at"), name="message_of_learner_by_time"),)

    def __str__(self) -> str:
        return f"message {self.pk} of learner {self.learner_id}"

    @property
    def paragraphs(self) -> list[str]:
        """The answer to show beside its sources: what only repeats their quotes is left out."""
        if self.mode == "model":
            return _paragraphs(self.words)
        parts = _paragraphs(self.answer)
        return parts[:1] if self.sources else parts

    @property
    def shown(self) -> str:
        """The answer as the learner reads it."""
        return self.words or self.answer

    @property
    def cited_sources(self) -> list[dict[str, Any]]:
        """The sources that the model's words rest on; its [1] is the first."""
        return [self.sources[place] for place in self.cited]

    @property
    def other_sources(self) -> list[dict[str, Any]]:
        """What was found, but is not cited; without a model's words all of it."""
        return [one for place, one in enumerate(self.sources) if place not in self.cited]

    @property
    def as_json(self) -> dict[str, Any]:
        """What an export holds of it."""
        return {
            "asked": self.asked,
            "answer": self.shown,
            "sources": self.cited_sources if self.words else self.sources,
            "mode": self.mode,
            "off_topic": self.off_topic,
            "language": self.language,
            "asked_at": self.asked_at.isoformat(),
            "wording": self.wording,
            "trouble": self.trouble,
            "dropped": self.dropped,
            "uncited": self.uncited,
            "bank": {"answer": self.answer, "sources": self.sources},
        }


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part.strip()]
