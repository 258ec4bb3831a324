"""The plan of a learner as it is today: what it asks now, and whether all will be done in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cards.models import DayOff, Learner
from cards.readiness.plan import Meeting, Plan, plan
from cards.services.readiness.scope import Scope, scope_of

LONGEST_PLAN_DAYS = 366
PAST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Ahead:
    """An interview that is still to come, and what the plan asks until then."""

    interview_on: date
    days_left: int  # nights until it; 0 on the day itself
    scope: Scope
    plan: Plan

    @property
    def today(self) -> tuple[Meeting, ...]:
        """What is still to be asked today."""
        return self.plan.days[0].meetings if self.plan.days else ()

    @property
    def minutes_today(self) -> int:
        """About how long that takes."""
        return round(sum(meeting.minutes for meeting in self.today))

    @property
    def new_today(self) -> int:
        """How many of them were never met."""
        return sum(meeting.is_new for meeting in self.today)

    @property
    def done_today(self) -> int:
        """How many questions in scope were answered today."""
        return len(self.scope.done_today)

    @property
    def minutes_a_day(self) -> int:
        """About how long a day of study takes until then, on average."""
        days = [day for day in self.plan.days if day.meetings]
        return round(sum(day.minutes for day in days) / len(days)) if days else 0


def interview_ahead(learner: Learner, on: date) -> Ahead | None:
    """Return the plan for the interview; None without one to come. Five queries."""
    interview_on = learner.settings.interview_on
    if interview_on is None or interview_on < on:
        return None
    return planned(learner, on, interview_on, scope_of(learner, on))


def planned(learner: Learner, on: date, interview_on: date, scope: Scope) -> Ahead:
    """Return the plan over this scope; today goes on from what was done."""
    until = min(interview_on, on + timedelta(days=LONGEST_PLAN_DAYS))
    made = plan(
        scope.questions,
        on,
        until,
        learner.settings.minutes_per_day,
        other_minutes=minutes_by_day(learner, on, until, scope),
        meetings_each=learner.settings.meetings_each,
        pace=scope.pace,
    )
    return Ahead(interview_on, (interview_on - on).days, scope, made)


def asked_today(learner: Learner, on: date) -> list[int]:
    """Return the questions that the plan asks today, in its order; none without an interview."""
    ahead = interview_ahead(learner, on)
    return [meeting.question for meeting in ahead.today] if ahead else []


def minutes_by_day(learner: Learner, on: date, until: date, scope: Scope) -> Mapping[date, float]:
    """Return the minutes of each day before `until`: by weekday, none on days off. One query.

    Past days are among them: by those a final pass that has begun is known.
    """
    settings = learner.settings
    first = on - timedelta(days=PAST_DAYS)
    days = [first + timedelta(days=place) for place in range((until - first).days)]
    minutes = {day: settings.minutes_on(day.weekday()) for day in days}
    off = DayOff.objects.filter(learner=learner, ends_on__gte=first).order_by("id")
    for starts, ends in off.values_list("starts_on", "ends_on"):
        minutes |= {day: 0.0 for day in days if starts <= day <= ends}
    if on in minutes and scope.done_today:
        minutes[on] = _rest(minutes[on] - scope.minutes_done, scope)
    return minutes


def _rest(left: float, scope: Scope) -> float:
    """What is left of today; too little for any further question is nothing."""
    open_today = (one.minutes for one in scope.questions if one.id not in scope.done_today)
    return left if left >= min(open_today, default=0.0) else 0.0
