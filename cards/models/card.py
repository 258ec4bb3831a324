"""A question as one learner is learning it: a cache of what the review log says."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Greatest, Power

from cards.memory import Memories, PointMemory
from cards.models.content import Question
from cards.models.learner import Learner
from cards.rubric import Recall
from cards.scheduling import CardState, MemoryModel

MATURE_INTERVAL_DAYS = 21
STATE_FIELDS = tuple(field.name for field in fields(CardState))


class DaysBetween(Func):
    """Days by which the first date is after the second."""

    output_field = models.FloatField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite keeps dates as text."""
        template = "(julianday(%(expressions)s))"
        return super().as_sql(
            compiler, connection, template=template, arg_joiner=") - julianday(", **extra
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """A date less a date is a number of days."""
        template = "(%(expressions)s)::double precision"
        return super().as_sql(compiler, connection, template=template, arg_joiner=" - ", **extra)


def recall_on(on: date, memory: MemoryModel) -> Combinable:
    """The recall of a card expected on a study day; null where nothing is remembered of it.

    An answer counts as a day old at least: a minute after it was read everybody knows it.

    Source: `cards.scheduling.retrievability`, in the database.
    """
    passed = DaysBetween(Value(on, output_field=models.DateField()), F("last_reviewed_on"))
    faded = 1.0 + Value(memory.factor) * Greatest(passed, 1.0) / F("stability")
    return Power(faded, Value(-memory.decay), output_field=models.FloatField())


class CardQuerySet(models.QuerySet["Card"]):
    """Reads of cards; `on` is always the learner's study day."""

    def not_new(self, on: date) -> Self:
        """Met, suspended or buried on this study day: not to be offered as a new question."""
        aside = Q(suspended_at__isnull=False) | Q(buried_until__gt=on)
        return self.filter(Q(introduced_on__isnull=False) | aside)

    def in_play(self, on: date) -> Self:
        """Neither suspended, nor buried on this study day, nor of an archived question."""
        return self.filter(
            Q(buried_until=None) | Q(buried_until__lte=on),
            suspended_at=None,
            question__archived_at=None,
        )

    def repeating(self, on: date) -> Self:
        """Waiting to come again on this study day."""
        return self.in_play(on).filter(repeat_today_on=on)

    def due(self, on: date) -> Self:
        """Due by this study day; repeats are not among them."""
        return self.in_play(on).filter(due_on__lte=on).exclude(repeat_today_on=on)

    def asked(self, on: date) -> Self:
        """Everything that may be answered on this study day but the new questions."""
        return self.in_play(on).filter(Q(repeat_today_on=on) | Q(due_on__lte=on))

    def with_gaps(self) -> Self:
        """Those with most missed points first; only where any was missed."""
        return self.filter(missed_points__gt=0).order_by("-missed_points", "id")

    def in_queue_order(self, on: date, after_category: int | None) -> Self:
        """By how overdue against interval; another category first if it can be."""
        lateness = DaysBetween(Value(on, output_field=models.DateField()), F("due_on")) / Greatest(
            Cast("interval_days", models.FloatField()), 1.0
        )
        return self.annotate(
            same_category=Case(When(question__category_id=after_category, then=1), default=0),
            lateness=lateness,
        ).order_by("same_category", "-lateness", "id")


class Card(models.Model):
    """Learner and question; every date is a study day of the learner."""

    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, related_name="cards", db_index=False
    )
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="cards")
    due_on = models.DateField(null=True, blank=True)
    interval_days = models.PositiveIntegerField(default=0)
    ease_factor = models.PositiveSmallIntegerField(default=250, help_text="Hundredths.")
    repetitions = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    introduced_on = models.DateField(null=True, blank=True)
    last_reviewed_on = models.DateField(null=True, blank=True)
    repeat_today_on = models.DateField(null=True, blank=True)
    stability = models.FloatField(
        null=True, blank=True, help_text="Days until recall falls to 90 %."
    )
    difficulty = models.FloatField(null=True, blank=True, help_text="1 to 10.")
    suspended_at = models.DateTimeField(null=True, blank=True)
    buried_until = models.DateField(null=True, blank=True)
    point_memory = models.JSONField(
        default=dict, blank=True, help_text="By key point; a cache of the marks in the log."
    )
    missed_points = models.PositiveSmallIntegerField(
        default=0, help_text="Points that were not wholly recalled when they were last judged."
    )
    version = models.PositiveIntegerField(default=1)

    objects = CardQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("learner", "question"), name="card_unique_for_learner"),
            models.CheckConstraint(
                condition=Q(ease_factor__gte=130), name="card_ease_factor_not_below_130"
            ),
            models.CheckConstraint(
                condition=Q(interval_days__lte=36_500), name="card_interval_within_a_century"
            ),
            models.CheckConstraint(
                condition=Q(introduced_on=None, due_on=None)
                | Q(introduced_on__isnull=False, due_on__isnull=False),
                name="card_met_has_a_due_date",
            ),
            models.CheckConstraint(
                condition=Q(stability=None, difficulty=None)
                | Q(stability__gt=0, difficulty__range=(1, 10)),
                name="card_memory_whole_and_in_range",
            ),
        )
        indexes = (
            models.Index(fields=("learner", "due_on"), name="card_by_due"),
            models.Index(
                fields=("learner", "-missed_points", "id"),
                name="card_by_gaps",
                condition=Q(missed_points__gt=0),
            ),
            models.Index(
                fields=("learner", "repeat_today_on"),
                name="card_by_repeat",
                condition=Q(repeat_today_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"card {self.pk} of learner {self.learner_id}"

    @property
    def state(self) -> CardState:
        """What a scheduler knows about this card."""
        return CardState(**{name: getattr(self, name) for name in STATE_FIELDS})

    @property
    def memories(self) -> Memories:
        """What the learner remembers of the points, by key point."""
        return {int(key): PointMemory.from_json(v) for key, v in self.point_memory.items()}

    def remember(self, memories: Memories) -> None:
        """Take these memories of the points, in memory; saving is the service's."""
        self.point_memory = {str(key): memory.as_json() for key, memory in memories.items()}
        self.missed_points = sum(memory.last < Recall.YES for memory in memories.values())

    def take(self, state: CardState) -> None:
        """Become this state, in memory; saving is the service's."""
        for name in STATE_FIELDS:
            setattr(self, name, getattr(state, name))

    @property
    def aside(self) -> dict[str, str | None]:
        """How the card is put aside, as a log keeps it."""
        return {
            "suspended_at": self.suspended_at.isoformat() if self.suspended_at else None,
            "buried_until": self.buried_until.isoformat() if self.buried_until else None,
        }

    def put_aside_as(self, aside: dict[str, str | None]) -> None:
        """Be put aside as a log says, in memory; saving is the service's."""
        suspended, buried = aside.get("suspended_at"), aside.get("buried_until")
        self.suspended_at = datetime.fromisoformat(suspended) if suspended else None
        self.buried_until = date.fromisoformat(buried) if buried else None
