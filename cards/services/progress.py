"""Figures over time, for everything or one category."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from cards.models import Learner, ReviewLog
from cards.scheduling import Kind
from cards.services.calibration import Calibration, calibration
from cards.services.standing import (
    CategoryRow,
    RecentReview,
    Retention,
    WeakPoint,
    category_rows,
    recent_reviews,
    retention,
    streak,
    total_row,
    weak_points,
)

DAYS = 30
CHART_WIDTH, CHART_HEIGHT = 300, 80
RECENT = 20
WEAK_POINTS = 10
GRADES = (
    ("Again", "again", (0, 2)),
    ("Hard", "hard", (3, 3)),
    ("Good", "good", (4, 4)),
    ("Easy", "easy", (5, 5)),
)


@dataclass(frozen=True, slots=True)
class DayBar:
    """One study day of the chart, ready to draw."""

    date: date
    reviews: int
    repeats: int
    x: float
    height: float

    @property
    def y(self) -> float:
        """Where the bar starts, from the top."""
        return round(CHART_HEIGHT - self.height, 2)


@dataclass(frozen=True, slots=True)
class GradeShare:
    """How often one grade was given; start and width in per cent."""

    word: str
    css: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that Progress shows."""

    selected: str
    categories: list[CategoryRow]
    shown: list[CategoryRow]
    totals: CategoryRow
    retention: Retention
    streak_days: int
    longest_streak_days: int
    days_studied: int
    days: list[DayBar]
    grades: list[GradeShare]
    calibration: Calibration | None
    weak_points: list[WeakPoint]
    recent: list[RecentReview]

    @property
    def has_reviews(self) -> bool:
        """Is there anything to show?"""
        return self.days_studied > 0

    @property
    def days_max(self) -> int:
        """The most answers on one day."""
        return max(day.reviews + day.repeats for day in self.days)

    @property
    def answers(self) -> int:
        """Answers in the days shown."""
        return sum(day.reviews + day.repeats for day in self.days)

    @property
    def bar_width(self) -> float:
        """How wide a day is drawn."""
        return CHART_WIDTH / DAYS - 2


def progress(learner: Learner, *, at: datetime, category: str = "") -> Progress:
    """Return the figures of the last 30 study days; an unknown category means all of them."""
    on = learner.settings.clock.date_of(at)
    rows = category_rows(learner, on)
    selected = category if any(row.slug == category for row in rows) else ""
    shown = [row for row in rows if not selected or row.slug == selected]
    days, grades = _days_and_grades(learner, on, selected)
    run = streak(learner, on)
    return Progress(
        selected=selected,
        categories=rows,
        shown=shown,
        totals=total_row(shown),
        retention=retention(learner, on, selected),
        streak_days=run.days,
        longest_streak_days=run.longest,
        days_studied=run.studied,
        days=days,
        grades=grades,
        calibration=calibration(learner, selected),
        weak_points=weak_points(learner, on, WEAK_POINTS, selected),
        recent=recent_reviews(learner, RECENT, selected),
    )


def _days_and_grades(
    learner: Learner, on: date, category: str
) -> tuple[list[DayBar], list[GradeShare]]:
    first = on - timedelta(days=DAYS - 1)
    logs = ReviewLog.objects.answers().since(learner, first)
    if category:
        logs = logs.filter(question__category__slug=category)
    repeat = Q(kind__in=(Kind.REPEAT, Kind.DRILL))
    counted = {
        name: Count("pk", filter=~repeat & Q(quality__range=span)) for _, name, span in GRADES
    }
    by_day: dict[date, Mapping[str, Any]] = {
        row["study_date"]: row
        for row in logs.order_by()
        .values("study_date")
        .annotate(
            reviews=Count("pk", filter=~repeat), repeats=Count("pk", filter=repeat), **counted
        )
    }
    most = max((row["reviews"] + row["repeats"] for row in by_day.values()), default=0) or 1
    bars = []
    for place in range(DAYS):
        day = first + timedelta(days=place)
        row = by_day.get(day, {"reviews": 0, "repeats": 0})
        height = round(CHART_HEIGHT * (row["reviews"] + row["repeats"]) / most, 2)
        x = round(place * CHART_WIDTH / DAYS + 1, 2)
        bars.append(DayBar(day, row["reviews"], row["repeats"], x, height))
    counts = {name: sum(row[name] for row in by_day.values()) for _, name, _ in GRADES}
    return bars, _shares(counts)


def _shares(counts: dict[str, int]) -> list[GradeShare]:
    total = sum(counts.values())
    start, shares = 0.0, []
    for word, name, _ in GRADES:
        width = 100 * counts[name] / total if total else 0.0
        shares.append(GradeShare(word, name, counts[name], round(start, 2), round(width, 2)))
        start += width
    return shares
