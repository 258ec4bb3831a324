"""A year behind and a month ahead: what was answered on each study day, and what comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from django.db.models import Count, Sum

from cards.models import Card, Learner

WEEKS = 53
CELL = 12  # of the drawing, with the gap
LEVELS = 4
COMING_DAYS = 30
WIDTH, HEIGHT = 300, 80


@dataclass(frozen=True, slots=True)
class Day:
    """One study day of the year, ready to draw; level 0 is none, 4 the most."""

    date: date
    answers: int
    level: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Month:
    """A name above the week in which a month begins."""

    first: date
    x: int


@dataclass(frozen=True, slots=True)
class Year:
    """Every study day from a Monday a year ago until today."""

    days: list[Day]
    months: list[Month]

    @property
    def studied(self) -> list[Day]:
        """The days with an answer, the newest first."""
        return [day for day in reversed(self.days) if day.answers]

    @property
    def answers(self) -> int:
        """Answers in all."""
        return sum(day.answers for day in self.days)

    @property
    def width(self) -> int:
        """How wide it is drawn."""
        return WEEKS * CELL


@dataclass(frozen=True, slots=True)
class ComingDay:
    """One day ahead: the cards that are planned for it."""

    date: date
    cards: int
    minutes: int
    x: float
    height: float

    @property
    def y(self) -> float:
        """Where the bar starts, from the top."""
        return round(HEIGHT - self.height, 2)


@dataclass(frozen=True, slots=True)
class Coming:
    """The coming days, today first; what is overdue stands on today."""

    days: list[ComingDay]

    @property
    def cards(self) -> int:
        """Cards in all."""
        return sum(day.cards for day in self.days)

    @property
    def minutes(self) -> int:
        """Minutes in all."""
        return sum(day.minutes for day in self.days)

    @property
    def fullest(self) -> ComingDay:
        """The day with the most to do."""
        return max(self.days, key=lambda day: day.minutes)

    @property
    def bar_width(self) -> float:
        """How wide a day is drawn."""
        return WIDTH / COMING_DAYS - 2


def first_of_year(on: date) -> date:
    """Return the Monday with which the drawing of a year begins."""
    return on - timedelta(days=on.weekday(), weeks=WEEKS - 1)


def year_until(on: date, answers: Mapping[date, int]) -> Year:
    """Return the year that ends with this study day; asks nothing of the database."""
    first = first_of_year(on)
    most = max(answers.values(), default=0) or 1
    days, months = [], []
    for place in range((on - first).days + 1):
        day = first + timedelta(days=place)
        week, weekday = divmod(place, 7)
        count = answers.get(day, 0)
        level = ceil(LEVELS * count / most)
        days.append(Day(day, count, level, week * CELL, weekday * CELL))
        if day.day == 1 and week < WEEKS - 2:
            months.append(Month(day, week * CELL))
    return Year(days, months)


def coming_days(learner: Learner, on: date, category: str = "") -> Coming:
    """Return what is planned for the next 30 study days; new questions are not. One query."""
    last = on + timedelta(days=COMING_DAYS - 1)
    cards = Card.objects.filter(
        learner=learner, suspended_at=None, question__archived_at=None, due_on__lte=last
    )
    if category:
        cards = cards.filter(question__category__slug=category)
    planned: dict[date, tuple[int, int]] = {}
    rows: Any = cards.order_by().values("due_on").annotate(
        cards=Count("pk"), minutes=Sum("question__minutes")
    )  # fmt: skip
    for row in rows:
        day = max(row["due_on"], on)
        before = planned.get(day, (0, 0))
        planned[day] = before[0] + row["cards"], before[1] + row["minutes"]
    most = max((minutes for _, minutes in planned.values()), default=0) or 1
    days = []
    for place in range(COMING_DAYS):
        day = on + timedelta(days=place)
        count, minutes = planned.get(day, (0, 0))
        x = round(place * WIDTH / COMING_DAYS + 1, 2)
        days.append(ComingDay(day, count, minutes, x, round(HEIGHT * minutes / most, 2)))
    return Coming(days)
