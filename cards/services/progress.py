"""Figures over time, for everything or one category."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from cards.models import Learner, ReviewLog
from cards.scheduling import Kind
from cards.services.assistant import Agreements, agreements
from cards.services.calibration import Calibration, calibration
from cards.services.pace import Coming, Year, coming_days, first_of_year, year_until
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


ByDay = dict[date, Mapping[str, Any]]


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
    year: Year
    coming: Coming
    calibration: Calibration | None
    opinions: Agreements | None
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
    by_day = _by_day(learner, on, selected)
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
        days=_days(on, by_day),
        grades=_grades(on, by_day),
        year=year_until(on, {day: _answers(row) for day, row in by_day.items()}),
        coming=coming_days(learner, on, selected),
        calibration=calibration(learner, selected),
        opinions=agreements(learner, on, selected),
        weak_points=weak_points(learner, on, WEAK_POINTS, selected),
        recent=recent_reviews(learner, RECENT, selected),
    )


def _by_day(learner: Learner, on: date, category: str) -> ByDay:
    """Reviews, repeats and grades of each study day of a year; one query."""
    logs = ReviewLog.objects.answers().since(learner, first_of_year(on))
    if category:
        logs = logs.filter(question__category__slug=category)
    repeat = Q(kind__in=(Kind.REPEAT, Kind.DRILL))
    counted = {
        name: Count("pk", filter=~repeat & Q(quality__range=span)) for _, name, span in GRADES
    }
    rows: Any = logs.order_by().values("study_date").annotate(
        reviews=Count("pk", filter=~repeat), repeats=Count("pk", filter=repeat), **counted
    )  # fmt: skip
    return {row["study_date"]: row for row in rows if row["study_date"] <= on}


def _answers(row: Mapping[str, Any]) -> int:
    answers: int = row["reviews"] + row["repeats"]
    return answers


def _days(on: date, by_day: ByDay) -> list[DayBar]:
    shown = [on - timedelta(days=ago) for ago in range(DAYS - 1, -1, -1)]
    rows = [by_day.get(day, {"reviews": 0, "repeats": 0}) for day in shown]
    most = max(map(_answers, rows)) or 1
    return [
        DayBar(
            date=day,
            reviews=row["reviews"],
            repeats=row["repeats"],
            x=round(place * CHART_WIDTH / DAYS + 1, 2),
            height=round(CHART_HEIGHT * _answers(row) / most, 2),
        )
        for place, (day, row) in enumerate(zip(shown, rows, strict=True))
    ]


def _grades(on: date, by_day: ByDay) -> list[GradeShare]:
    recent = [row for day, row in by_day.items() if (on - day).days < DAYS]
    return _shares({name: sum(row[name] for row in recent) for _, name, _ in GRADES})


def _shares(counts: dict[str, int]) -> list[GradeShare]:
    total = sum(counts.values())
    start, shares = 0.0, []
    for word, name, _ in GRADES:
        width = 100 * counts[name] / total if total else 0.0
        shares.append(GradeShare(word, name, counts[name], round(start, 2), round(width, 2)))
        start += width
    return shares
