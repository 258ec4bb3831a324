"""The start page: what is due and how things stand."""

from dataclasses import dataclass
from datetime import date, datetime

from cards.models import Category, Learner, Question
from cards.scheduling import Counts
from cards.services.readiness import Ahead, Trend, interview_ahead, recent_trend
from cards.services.review import Offers, counts_today, offers
from cards.services.review.queue import session_of
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
from cards.services.today.backlog import Backlog, Spread, coming, look_back, spread_of
from cards.services.today.limits import TodayLimits, limits_today

RECENT = 8
WEAK_POINTS = 5


@dataclass(frozen=True, slots=True)
class OpenSession:
    """The session that is going on."""

    title: str
    left: int
    total: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that Today shows."""

    counts: Counts
    minutes: int
    next_due_on: date | None
    hour: int
    streak_days: int
    interview_on: date | None
    ahead: Ahead | None  # the plan, while the interview is still to come
    readiness: Trend
    categories: list[CategoryRow]
    retention: Retention
    weak_points: list[WeakPoint]
    recent: list[RecentReview]
    session: OpenSession | None
    is_session_over: bool  # one of today has nothing left to ask, and was not left
    limits: TodayLimits
    backlog: Backlog | None
    spread: Spread | None
    offers: Offers | None  # when nothing is due

    @property
    def is_first_visit(self) -> bool:
        """No answer was ever given."""
        return not self.recent

    @property
    def part_of_day(self) -> str:
        """Morning, afternoon or evening, where the learner is."""
        if 4 <= self.hour < 12:
            return "morning"
        return "afternoon" if 12 <= self.hour < 18 else "evening"


@dataclass(frozen=True, slots=True)
class Welcome:
    """What somebody sees who is signed out."""

    categories: list[CategoryRow]
    sample: Question | None


def overview(learner: Learner, *, at: datetime) -> Overview:
    """Return the learner's standing at this moment; the number of queries is bounded."""
    clock = learner.settings.clock
    on = clock.date_of(at)
    counts = counts_today(learner, at=at)
    rows = category_rows(learner, on)
    ahead = interview_ahead(learner, on)
    cards, session = coming(learner, on), _open_session(learner, on)
    return Overview(
        counts=counts,
        minutes=round(counts.total * total_row(rows).minutes),
        next_due_on=cards.next_due_on,
        hour=at.astimezone(clock.zone).hour,
        streak_days=streak(learner, on).days,
        interview_on=learner.settings.interview_on,
        ahead=ahead,
        readiness=recent_trend(learner, on) if ahead else Trend([]),
        categories=rows,
        retention=retention(learner, on),
        weak_points=weak_points(learner, on, WEAK_POINTS),
        recent=recent_reviews(learner, RECENT),
        session=session,
        is_session_over=session is None and session_of(learner, on) is not None,
        limits=limits_today(learner, on),
        backlog=look_back(learner, cards, on),
        spread=spread_of(learner, on),
        offers=None if counts.total else offers(learner, on),
    )


def _open_session(learner: Learner, on: date) -> OpenSession | None:
    session = session_of(learner, on)
    if session is None or not session.queue:
        return None
    return OpenSession(session.title, len(session.queue), session.total)


def welcome() -> Welcome:
    """Return the shared bank by category, and one question to show what a review looks like."""
    shared = Question.objects.filter(owner=None).active()
    counts: dict[int, int] = {}
    for category in shared.order_by().values_list("category", flat=True):
        counts[category] = counts.get(category, 0) + 1
    rows = [
        CategoryRow(
            category.slug, category.name, category.hue, counts[category.pk], tone=category.tone
        )
        for category in Category.objects.shared()
        if category.pk in counts
    ]
    sample = shared.select_related("category").in_bank_order().first()
    return Welcome(rows, sample)
