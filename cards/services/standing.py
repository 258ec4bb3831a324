"""How a learner stands: figures that Today and Progress share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, Q, Sum

from cards.memory import PointMemory
from cards.models import MATURE_INTERVAL_DAYS, Card, Category, Learner, Question, ReviewLog
from cards.models.card import recall_on
from cards.rubric import Recall
from cards.scheduling import PASSING_QUALITY, Kind

RETENTION_DAYS = 30
CARDS_WITH_GAPS = 50  # as many are looked into
OFTEN = 2
LONG_TEXTS = tuple(f"question__{name}" for name in ("answer", "answer_html", "follow_ups"))
STATES = ("learning", "young", "mature", "due", "recalled")
SEGMENTS = ("mature", "young", "learning", "new")


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a stacked bar; start and width in per cent."""

    kind: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """Questions of one category by how well they are known."""

    slug: str
    name: str
    hue: int
    total: int = 0
    learning: int = 0
    young: int = 0
    mature: int = 0
    due: int = 0
    minutes: float = 0  # a question's, on average
    recalled: float = 0  # questions that would be recalled today, expected by the memory model
    tone: str = ""

    @property
    def known(self) -> int:
        """Recalled at the last review."""
        return self.young + self.mature

    @property
    def recall(self) -> float | None:
        """Expected share recalled if all were asked today, unmet ones not; None before any was."""
        return self.recalled / self.total if self.total and self.new < self.total else None

    @property
    def new(self) -> int:
        """Never met."""
        return max(0, self.total - self.learning - self.known)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The pieces of the stacked bar, from best known to new."""
        start, pieces = 0.0, []
        for kind in SEGMENTS:
            count: int = getattr(self, kind)
            width = 100 * count / self.total if self.total else 0.0
            pieces.append(Segment(kind, count, round(start, 2), round(width, 2)))
            start += width
        return tuple(pieces)


@dataclass(frozen=True, slots=True)
class Retention:
    """Of the due cards asked, how many were recalled: the first answer of a day only."""

    recalled: int
    asked: int

    @property
    def share(self) -> float | None:
        """Recalled out of asked, from 0 to 1; None before there is anything to say."""
        return self.recalled / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class RecentReview:
    """One line of the recent answers."""

    slug: str
    prompt: str
    category: str
    quality: int
    kind: str
    reviewed_at: datetime
    interval_days: int
    tone: str = ""


@dataclass(frozen=True, slots=True)
class WeakPoint:
    """A point that the learner keeps missing."""

    question_id: int
    slug: str
    category: str
    text: str
    memory: PointMemory
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Streak:
    """Study days in a row; today counts as soon as something was answered, yesterday until then."""

    days: int
    longest: int
    studied: int


def category_rows(learner: Learner, on: date) -> list[CategoryRow]:
    """Return a row for each category that holds anything for this learner; two queries."""
    visible = Question.objects.visible_to(learner).active()
    totals: dict[int, Mapping[str, Any]] = {
        row["category"]: row
        for row in visible.order_by()
        .values("category")
        .annotate(total=Count("pk"), minutes=Avg("minutes"))
    }
    recalled, mature = Q(repetitions__gt=0), Q(interval_days__gte=MATURE_INTERVAL_DAYS)
    playable = Q(suspended_at=None) & (Q(buried_until=None) | Q(buried_until__lte=on))
    cards = Card.objects.filter(learner=learner, question__archived_at=None)
    met = cards.exclude(introduced_on=None).order_by().values("question__category")
    states: dict[int, Mapping[str, Any]] = {
        row["question__category"]: row
        for row in met.annotate(
            learning=Count("pk", filter=Q(repetitions=0)),
            young=Count("pk", filter=recalled & ~mature),
            mature=Count("pk", filter=recalled & mature),
            due=Count("pk", filter=playable & (Q(due_on__lte=on) | Q(repeat_today_on=on))),
            recalled=Sum(recall_on(on, learner.settings.memory), default=0.0),
        )
    }
    return [
        CategoryRow(
            slug=category.slug,
            name=category.name,
            hue=category.hue,
            tone=category.tone,
            total=totals[category.pk]["total"],
            minutes=totals[category.pk]["minutes"],
            **{name: states.get(category.pk, {}).get(name, 0) for name in STATES},
        )
        for category in Category.objects.visible_to(learner)
        if category.pk in totals
    ]


def total_row(rows: list[CategoryRow]) -> CategoryRow:
    """Return the rows added up."""
    total = sum(row.total for row in rows)
    return CategoryRow(
        slug="",
        name="All",
        hue=0,
        total=total,
        learning=sum(row.learning for row in rows),
        young=sum(row.young for row in rows),
        mature=sum(row.mature for row in rows),
        due=sum(row.due for row in rows),
        recalled=sum(row.recalled for row in rows),
        minutes=sum(row.minutes * row.total for row in rows) / total if total else 0,
    )


def retention(learner: Learner, on: date, category: str = "") -> Retention:
    """Return true retention over the last 30 study days; first answers ever do not count."""
    since = on - timedelta(days=RETENTION_DAYS - 1)
    logs = ReviewLog.objects.answers().since(learner, since).filter(kind=Kind.REVIEW)
    if category:
        logs = logs.filter(question__category__slug=category)
    row = logs.aggregate(
        asked=Count("pk"), recalled=Count("pk", filter=Q(quality__gte=PASSING_QUALITY))
    )
    return Retention(row["recalled"], row["asked"])


def streak(learner: Learner, on: date) -> Streak:
    """Return the streak by study days, from the dates that the log was given."""
    logs = ReviewLog.objects.answers().filter(learner=learner).order_by("-study_date")
    days = list(logs.values_list("study_date", flat=True).distinct())
    runs: list[int] = []
    following: date | None = None
    for day in days:
        if following is not None and (following - day).days == 1:
            runs[-1] += 1
        else:
            runs.append(1)
        following = day
    is_alive = bool(days) and (on - days[0]).days <= 1
    return Streak(runs[0] if is_alive else 0, max(runs, default=0), len(days))


def weak_points(learner: Learner, on: date, count: int, category: str = "") -> list[WeakPoint]:
    """Return the points missed at least twice, weakest first; one query."""
    cards = Card.objects.filter(learner=learner).in_play(on).with_gaps()
    if category:
        cards = cards.filter(question__category__slug=category)
    found = []
    without_answers = cards.select_related("question__category").defer(*LONG_TEXTS)
    for card in without_answers[:CARDS_WITH_GAPS]:
        question, memories = card.question, card.memories
        for point in question.points:
            memory = memories.get(point["id"])
            if memory and memory.missed >= OFTEN and memory.last < Recall.YES:
                shelf = question.category
                found.append(
                    WeakPoint(
                        question.pk, question.slug, shelf.slug, point["text"], memory, shelf.tone
                    )
                )
    found.sort(key=lambda weak: (-weak.memory.missed, weak.memory.recall_on(on) or 0.0, weak.text))
    return found[:count]


def recent_reviews(learner: Learner, count: int, category: str = "") -> list[RecentReview]:
    """Return the newest answers."""
    logs = ReviewLog.objects.answers().filter(learner=learner)
    if category:
        logs = logs.filter(question__category__slug=category)
    return [
        RecentReview(
            slug=log.question.slug,
            prompt=log.question.prompt,
            category=log.question.category.slug,
            quality=log.quality or 0,
            kind=log.kind,
            reviewed_at=log.reviewed_at,
            interval_days=log.after.interval_days,
            tone=log.question.category.tone,
        )
        for log in logs.select_related("question__category").newest_first()[:count]
    ]
