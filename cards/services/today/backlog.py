"""After a break: what waited, in pieces or spread over days. No due date is ever rewritten."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q

from cards.models import Card, Learner, ReviewLog, StudySettings
from cards.scheduling import Pace, is_backlog, reviews_a_day
from cards.scheduling.backlog import FEWEST_OVERDUE

SPREAD_DAYS = (3, 5, 7)
PACE_DAYS = 30
PIECES = (10, 20)


@dataclass(frozen=True, slots=True)
class Coming:
    """What waits and what comes, counted."""

    next_due_on: date | None
    waiting: int  # due now
    overdue: int  # of those, due before today
    by_day: tuple[int, ...]  # what falls due tomorrow and on the days after


@dataclass(frozen=True, slots=True)
class Option:
    """One way to spread."""

    days: int
    reviews: int  # a day


@dataclass(frozen=True, slots=True)
class Backlog:
    """More than a usual day brings."""

    overdue: int
    pieces: tuple[int, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """A backlog that is being worked off."""

    until: date
    reviews: int  # a day
    days_left: int


def coming(learner: Learner, on: date) -> Coming:
    """Return what waits and comes; one query."""
    cards = Card.objects.filter(learner=learner).in_play(on).exclude(due_on=None)
    days = {
        f"day_{n}": Count("pk", filter=Q(due_on=on + timedelta(days=n)))
        for n in range(1, SPREAD_DAYS[-1])
    }
    # Null is no day: a card that never had to come again on one is not among those that do.
    again = Q(repeat_today_on__isnull=False, repeat_today_on=on)
    row = cards.aggregate(
        first=Min("due_on", filter=Q(due_on__gt=on)),
        waiting=Count("pk", filter=Q(due_on__lte=on) & ~again),
        overdue=Count("pk", filter=Q(due_on__lt=on) & ~again),
        **days,
    )
    by_day = tuple(row[name] for name in days)
    return Coming(row["first"], row["waiting"], row["overdue"], by_day)


def look_back(learner: Learner, cards: Coming, on: date) -> Backlog | None:
    """Return the backlog, if there is one and it is not being spread already."""
    if cards.overdue < FEWEST_OVERDUE or spread_of(learner, on):
        return None
    if not is_backlog(cards.overdue, _pace(learner, on)):
        return None
    most = learner.settings.reviews_per_day
    paces = (Option(days, _reviews_a_day(learner, cards, days)) for days in SPREAD_DAYS)
    options = tuple(option for option in paces if option.reviews <= most)
    pieces = tuple(count for count in PIECES if count <= cards.waiting)
    return Backlog(cards.overdue, pieces, options)


def spread_of(learner: Learner, on: date) -> Spread | None:
    """Return how a backlog is being spread on this study day."""
    settings = learner.settings
    if not settings.spread_until or settings.spread_per_day is None or on > settings.spread_until:
        return None
    left = (settings.spread_until - on).days + 1
    return Spread(settings.spread_until, settings.spread_per_day, left)


def spread_backlog(learner: Learner, days: int, *, at: datetime) -> Spread | None:
    """Cap the reviews a day so that what waits is done in so many days, with what comes meanwhile.

    The queue asks the most overdue first by itself. Returns None, and changes nothing, if nothing
    waits.
    """
    on = learner.settings.clock.date_of(at)
    cards = coming(learner, on)
    if not cards.waiting:
        return None
    until = on + timedelta(days=days - 1)
    return _store(learner, until, _reviews_a_day(learner, cards, days), on)


def stop_spreading(learner: Learner, *, at: datetime) -> None:
    """Go back to the usual limit."""
    _store(learner, None, None, learner.settings.clock.date_of(at))


def _store(learner: Learner, until: date | None, reviews: int | None, on: date) -> Spread | None:
    settings = learner.settings
    settings.spread_until, settings.spread_per_day = until, reviews
    stored = StudySettings.objects.filter(pk=learner.pk)
    stored.update(spread_until=until, spread_per_day=reviews)
    return spread_of(learner, on)


def _reviews_a_day(learner: Learner, cards: Coming, days: int) -> int:
    arrivals = (cards.waiting, *cards.by_day[: days - 1])
    return reviews_a_day(arrivals, learner.settings.new_per_day)


def _pace(learner: Learner, on: date) -> Pace:
    since = on - timedelta(days=PACE_DAYS - 1)
    logs = ReviewLog.objects.answers().since(learner, since)
    row = logs.aggregate(answers=Count("pk"), days=Count("study_date", distinct=True))
    return Pace(row["answers"], row["days"])
