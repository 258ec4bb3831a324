"""Everything that the page of the interview shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cards.models import Category, DayOff, Interview, Learner
from cards.readiness.forecast import Estimate
from cards.readiness.plan import PlannedDay
from cards.services.readiness.change import PlanTerms, PlanWishes, wishes_of
from cards.services.readiness.forecasts import Forecasts, forecasts
from cards.services.readiness.held import Held, held
from cards.services.readiness.overview import Ahead, planned
from cards.services.readiness.scope import InScope, Scope, scope_of
from cards.services.readiness.trend import Trend, recent_trend

WIDTH, HEIGHT = 300, 80
NAMED_DAYS = 14  # for these the questions are named; later days will be planned anew anyway


@dataclass(frozen=True, slots=True)
class PlanBar:
    """One day of the plan, ready to draw."""

    on: date
    x: float
    width: float
    new_height: float
    height: float  # of all
    new: int
    again: int
    minutes: int
    is_final: bool
    asks: tuple[InScope, ...]  # empty too where it is too early to name them

    @property
    def y(self) -> float:
        """Where the bar starts, from the top."""
        return round(HEIGHT - self.height, 2)

    @property
    def new_y(self) -> float:
        """Where the part of the new questions starts: it lies at the foot."""
        return round(HEIGHT - self.new_height, 2)


@dataclass(frozen=True, slots=True)
class CategoryReadiness:
    """One category's readiness, and how much it weighs."""

    category: Category
    now: Estimate
    then: Estimate | None


@dataclass(frozen=True, slots=True)
class ReadinessPage:
    """What there is to show; without an interview to come no plan."""

    on: date
    wishes: PlanWishes
    is_over: bool  # the interview was, and it was not told how it went
    ahead: Ahead | None
    forecasts: Forecasts | None
    categories: list[CategoryReadiness]
    days: list[PlanBar]
    dropped: list[InScope]
    left_out: list[InScope]
    days_off: list[DayOff]
    held: Held
    trend: Trend
    past: list[Interview]
    terms: PlanTerms

    @property
    def days_left(self) -> int:
        """Days until the interview; 0 on its day."""
        return self.ahead.days_left if self.ahead else 0

    @property
    def busiest_minutes(self) -> int:
        """The minutes of the fullest day."""
        return max((day.minutes for day in self.days), default=0)


def readiness_page(learner: Learner, *, at: datetime) -> ReadinessPage:
    """Return the page at this moment; nine queries."""
    on = learner.settings.clock.date_of(at)
    wishes, scope = wishes_of(learner), scope_of(learner, on)
    interview_on = wishes.interview_on
    is_ahead = interview_on is not None and interview_on >= on
    ahead = planned(learner, on, interview_on, scope) if interview_on and is_ahead else None
    made = forecasts(scope, ahead, on)
    shortage = ahead.plan.shortage if ahead else None
    return ReadinessPage(
        on=on,
        wishes=wishes,
        is_over=interview_on is not None and not is_ahead,
        ahead=ahead,
        forecasts=made,
        categories=_categories(scope, made),
        days=_bars(ahead) if ahead else [],
        dropped=[scope.shown[pk] for pk in shortage.drop] if shortage else [],
        left_out=[scope.shown[pk] for pk in ahead.plan.left_out] if ahead else [],
        days_off=list(
            DayOff.objects.filter(learner=learner, ends_on__gte=on).order_by("starts_on", "id")
        ),
        held=held(learner),
        trend=recent_trend(learner, on),
        past=list(Interview.objects.filter(learner=learner).order_by("-interview_on", "-id")[:20]),
        terms=PlanTerms(on, wishes, list(scope.categories.values())),
    )


def _categories(scope: Scope, made: Forecasts | None) -> list[CategoryReadiness]:
    if made is None:
        return []
    then = made.then.categories if made.then else {}
    return [
        CategoryReadiness(category, made.now.categories[pk], then.get(pk))
        for pk, category in scope.categories.items()
        if pk in made.now.categories
    ]


def _bars(ahead: Ahead) -> list[PlanBar]:
    days: Sequence[PlannedDay] = ahead.plan.days
    most = max((day.minutes for day in days), default=0.0) or 1.0
    final = ahead.plan.final_pass_from
    step = WIDTH / max(1, len(days))
    bars = []
    for place, day in enumerate(days):
        new = [meeting for meeting in day.meetings if meeting.is_new]
        bars.append(
            PlanBar(
                on=day.on,
                x=round(place * step, 2),
                width=round(max(0.5, step - min(2.0, step / 4)), 2),
                new_height=round(HEIGHT * sum(one.minutes for one in new) / most, 2),
                height=round(HEIGHT * day.minutes / most, 2),
                new=len(new),
                again=len(day.meetings) - len(new),
                minutes=round(day.minutes),
                is_final=final is not None and day.on >= final,
                asks=tuple(ahead.scope.shown[one.question] for one in day.meetings)
                if place < NAMED_DAYS
                else (),
            )
        )
    return bars
