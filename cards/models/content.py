"""What there is to learn: categories, questions and the points of their answers."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from cards.models.learner import Learner

HUE_STEP = 30  # degrees between the colours that a learner can choose


class CategoryQuerySet(models.QuerySet["Category"]):
    """Reads of categories."""

    def visible_to(self, learner: Learner) -> Self:
        """The shared ones and the learner's own."""
        return self.filter(Q(owner=None) | Q(owner=learner))

    def shared(self) -> Self:
        """Those of the shared bank."""
        return self.filter(owner=None)


class Category(models.Model):
    """A shelf of questions; its hue is an angle on the colour wheel."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField()
    hue = models.PositiveSmallIntegerField(default=0)
    owner = models.ForeignKey(
        Learner,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="categories",
        help_text="Nobody: a category of the shared bank.",
    )
    staff_edited_at = models.DateTimeField(
        null=True, blank=True, help_text="Since then it is the staff's: `seed` leaves it alone."
    )

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        verbose_name_plural = "categories"
        constraints = (
            models.CheckConstraint(condition=Q(hue__lt=360), name="category_hue_is_an_angle"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        """The word of its colour in the style sheet; an own one has no rule of its own there."""
        return tone_of(self.slug, self.hue, is_own=self.owner_id is not None)


def tone_of(slug: str, hue: int, *, is_own: bool) -> str:
    """Return the slug of a shared category, and a step on the colour wheel for an own one."""
    return f"own-{hue // HUE_STEP}" if is_own else slug


class QuestionQuerySet(models.QuerySet["Question"]):
    """Reads of questions."""

    def visible_to(self, learner: Learner) -> Self:
        """The shared bank and the learner's own, archived ones too."""
        return self.filter(Q(owner=None) | Q(owner=learner))

    def active(self) -> Self:
        """Without the archived."""
        return self.filter(archived_at=None)

    def unmet_by(self, learner: Learner, on: date) -> Self:
        """Those that the learner could meet on this study day, in the order of meeting them."""
        from cards.models.card import Card

        met = Card.objects.filter(learner=learner, question=models.OuterRef("pk")).not_new(on)
        return (
            self.visible_to(learner)
            .active()
            .filter(~models.Exists(met), introduction_rank__gte=learner.settings.new_from_rank)
            .order_by("introduction_rank", "id")
        )

    def in_bank_order(self) -> Self:
        """By category, then by place in it."""
        return self.order_by("category__position", "category_id", "position", "id")


class Question(models.Model):
    """A question with its model answer; without an owner it belongs to the shared bank.

    The lists are content that is only ever read whole: misconceptions are strings, follow-ups
    `{prompt, answer, html}`, references `{title, authors, year, url}`, related ones slugs, and
    points `{id, key, text, essential, cue, changed_on}`, a copy of the key points in use so that a
    review reads one row. Only `services.bank.store` writes them.
    """

    slug = models.SlugField(max_length=80, unique=True)
    category = models.ForeignKey(
        Category, on_delete=models.RESTRICT, related_name="questions", db_index=False
    )
    owner = models.ForeignKey(
        Learner,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="questions",
        db_index=False,
    )
    position = models.PositiveIntegerField(default=0)
    introduction_rank = models.PositiveIntegerField(
        default=0, help_text="Order in which questions are first met: categories take turns."
    )
    prompt = models.TextField(max_length=2000)
    answer = models.TextField(max_length=20_000, blank=True)
    answer_html = models.TextField(blank=True, editable=False)
    level = models.PositiveSmallIntegerField(default=2)
    minutes = models.PositiveSmallIntegerField(default=3)
    hint = models.CharField(max_length=500, blank=True)
    misconceptions = models.JSONField(default=list, blank=True)
    follow_ups = models.JSONField(default=list, blank=True)
    references = models.JSONField(default=list, blank=True)
    related = models.JSONField(default=list, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    staff_edited_at = models.DateTimeField(
        null=True, blank=True, help_text="Since then it is the staff's: `seed` leaves it alone."
    )

    points = models.JSONField(default=list, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=3), name="question_level_from_1_to_3"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=60), name="question_minutes_from_1_to_60"
            ),
        )
        indexes = (
            models.Index(
                fields=("introduction_rank", "id"),
                name="question_in_rank_order",
                condition=Q(archived_at=None),
            ),
            models.Index(  # holds all that the list is filtered by: a row itself is several pages
                fields=("category", "position", "id", "owner", "archived_at"),
                name="question_on_shelf",
            ),
            models.Index(
                fields=("owner", "id"), name="question_by_owner", condition=Q(owner__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.slug


class KeyPoint(models.Model):
    """One checkable statement of an answer; a retired one keeps its history."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="key_points")
    key = models.SlugField(max_length=80)
    text = models.CharField(max_length=400)
    essential = models.BooleanField(default=False)
    cue = models.CharField(
        max_length=200, blank=True, help_text="What a drill asks; empty: the point's place."
    )
    changed_on = models.DateField(
        null=True, blank=True, help_text="When the wording was last changed; empty: never."
    )
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("question_id", "position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("question", "key"), name="key_point_unique_in_question"
            ),
        )

    def __str__(self) -> str:
        return self.key


class QuestionVersion(models.Model):
    """What a question said before it was changed; what it says now is the question itself."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    content = models.JSONField(help_text="The fields of a question file, and its points.")
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("question", "version"), name="question_version_unique_in_question"
            ),
        )

    def __str__(self) -> str:
        return f"version {self.version} of question {self.question_id}"
