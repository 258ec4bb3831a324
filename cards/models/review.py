"""The review log: append-only, the truth from which every card can be rebuilt.

Beside answers it holds what else a learner did to a card in a review (bury, suspend, reset), so
that undo goes back through one row of events.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from cards.models.card import Card
from cards.models.content import KeyPoint, Question
from cards.models.learner import Learner
from cards.rubric import Confidence
from cards.scheduling import NOT_ANSWERS, CardState, Kind

NO_QUALITY = tuple(kind.value for kind in NOT_ANSWERS)


class ReviewLogQuerySet(models.QuerySet["ReviewLog"]):
    """Reads of the log."""

    def standing(self) -> Self:
        """Without what was undone."""
        return self.filter(undone_at=None)

    def answers(self) -> Self:
        """What stands and is an answer."""
        return self.filter(undone_at=None, quality__isnull=False)

    def on_day(self, learner: Learner, study_date: date) -> Self:
        """Everything a learner answered on one study day."""
        return self.filter(learner=learner, study_date=study_date)

    def since(self, learner: Learner, study_date: date) -> Self:
        """Everything from one study day on."""
        return self.filter(learner=learner, study_date__gte=study_date)

    def written(self) -> Self:
        """With something in the attempt box."""
        return self.exclude(attempt="")

    def newest_first(self) -> Self:
        """In the order in which the answers were stored, the last one first."""
        return self.order_by("-id")

    def oldest_first(self) -> Self:
        """In the order in which the answers were stored."""
        return self.order_by("id")


class ReviewLog(models.Model):
    """One answer, or other event, of one learner. Nothing but `undone_at` ever changes."""

    KINDS = tuple((kind.value, kind.value) for kind in Kind)

    # No index on the learner alone: each of those below starts with it.
    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, related_name="reviews", db_index=False
    )
    card = models.ForeignKey(
        Card, on_delete=models.RESTRICT, related_name="reviews", db_index=False
    )
    question = models.ForeignKey(Question, on_delete=models.RESTRICT, related_name="reviews")
    submission_id = models.UUIDField()
    reviewed_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    study_date = models.DateField()
    kind = models.CharField(max_length=8, choices=KINDS)
    quality = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Null for what is no answer: bury, suspend, reset."
    )
    suggested_quality = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What the rubric made of the points; null without points."
    )
    coverage = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Weighted share of the points that were said, in per cent."
    )
    attempt = models.TextField(blank=True)
    confidence = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=[(c.value, c.name.lower()) for c in Confidence]
    )
    hint_used = models.BooleanField(default=False)
    misconceptions = models.JSONField(default=list, blank=True, help_text="Those stated, as texts.")
    attempt_ms = models.PositiveIntegerField(
        null=True, blank=True, help_text="From the question to the answer."
    )
    duration_ms = models.PositiveIntegerField(
        null=True, blank=True, help_text="From the question to the grade."
    )
    told_days = models.PositiveIntegerField(
        null=True, blank=True, help_text="The interval told on the button and taken, where spread."
    )
    scheduler = models.CharField(max_length=16)
    scheduler_version = models.PositiveSmallIntegerField()
    state_before = models.JSONField()
    state_after = models.JSONField()
    aside_before = models.JSONField(
        default=dict, blank=True, help_text="For bury and suspend: how the card was put aside."
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewLogQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "submission_id"), name="review_log_submission_once"
            ),
            models.CheckConstraint(
                condition=Q(quality__lte=5), name="review_log_quality_from_0_to_5"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NO_QUALITY, quality=None)
                | (~Q(kind__in=NO_QUALITY) & Q(quality__isnull=False)),
                name="review_log_answers_have_a_quality",
            ),
            models.CheckConstraint(
                condition=Q(suggested_quality=None) | Q(suggested_quality__lte=5),
                name="review_log_suggested_quality_from_0_to_5",
            ),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__range=(1, 3)),
                name="review_log_confidence_from_1_to_3",
            ),
        )
        indexes = (
            models.Index(
                fields=("learner", "study_date", "kind", "quality"),
                name="review_log_by_day",
                condition=Q(undone_at=None),
            ),
            models.Index(fields=("learner", "-id"), name="review_log_by_newest"),
            models.Index(fields=("card", "id"), name="review_log_by_card"),
        )

    def __str__(self) -> str:
        return f"review {self.pk} of learner {self.learner_id}"

    @property
    def before(self) -> CardState:
        """The card's state before this answer."""
        return CardState.from_json(self.state_before)

    @property
    def after(self) -> CardState:
        """The card's state after this answer."""
        return CardState.from_json(self.state_after)


class PointMarkQuerySet(models.QuerySet["PointMark"]):
    """Reads of marks."""

    def as_judged(self) -> models.QuerySet[PointMark, tuple[int, int, date]]:
        """Point, recall and study day of what stands, the oldest first."""
        standing = self.filter(review__undone_at=None).order_by("review_id", "id")
        return standing.values_list("key_point_id", "recalled", "review__study_date")


class PointMark(models.Model):
    """Whether one key point was recalled in one answer."""

    class Recalled(models.IntegerChoices):
        """How much of the point was said."""

        NO = 0
        PARTLY = 1
        YES = 2

    review = models.ForeignKey(ReviewLog, on_delete=models.CASCADE, related_name="marks")
    key_point = models.ForeignKey(KeyPoint, on_delete=models.RESTRICT, related_name="marks")
    recalled = models.PositiveSmallIntegerField(choices=Recalled)

    objects = PointMarkQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("review", "key_point"), name="point_mark_once"),
        )

    def __str__(self) -> str:
        return f"mark of point {self.key_point_id} in review {self.review_id}"
