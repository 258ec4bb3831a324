"""What is searched: the words of a question, or of one learner's note beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cards.models.content import Question
from cards.models.learner import Learner


class SearchEntry(models.Model):
    """The words of one text, by weight; migration 0010 lays the index of either database over it.

    On SQLite three triggers keep that index: a migration that alters this table has to make them
    anew, because SQLite drops them with the old table.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="entries")
    reader = models.ForeignKey(
        Learner,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # most are everybody's: an index of them would only mislead the planner
        help_text="The only one who finds it: owner or writer; nobody: everybody does.",
    )
    is_note = models.BooleanField(default=False)
    edition = models.PositiveSmallIntegerField(help_text="Of the rules for words it was made by.")
    audience = models.CharField(max_length=24, help_text="The reader as a word of the index.")
    prompt = models.TextField(blank=True)
    points = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    rest = models.TextField(blank=True)
    passages = models.JSONField(default=list, help_text="Field, heading and plain text of each.")

    class Meta:
        verbose_name_plural = "search entries"
        constraints = (
            models.UniqueConstraint(
                fields=("question",), name="search_entry_of_question", condition=Q(is_note=False)
            ),
            models.UniqueConstraint(
                fields=("question", "reader"),
                name="search_entry_of_note",
                condition=Q(is_note=True),
            ),
        )
        indexes = (
            models.Index(fields=("id", "reader", "question"), name="search_entry_slim"),
            models.Index(
                fields=("reader",),
                name="search_entry_by_reader",
                condition=Q(reader__isnull=False),
            ),
            models.Index(fields=("is_note", "edition"), name="search_entry_by_edition"),
        )

    def __str__(self) -> str:
        return f"words of question {self.question_id}"


class SearchWord(models.Model):
    """A word of the shared bank's index and in how many questions it stands.

    Of shared questions alone, so that a spelling that is proposed tells nobody's own words.
    """

    word = models.CharField(max_length=400, primary_key=True)  # a token of signs is long
    questions = models.IntegerField()

    def __str__(self) -> str:
        return self.word


class SearchVector(models.Model):
    """What a question means to an embedding model; only there where one is configured."""

    question = models.OneToOneField(
        Question, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    model = models.CharField(max_length=64, help_text="Fingerprint of the model it was made by.")
    vector = models.BinaryField()

    def __str__(self) -> str:
        return f"vector of question {self.question_id}"
