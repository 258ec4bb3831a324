"""The plan for an interview: what to ask on each day until then, and what will not fit.

A plan is a function of what is so today. Missed days, other minutes, questions added or taken
out: planning again tomorrow, from what really happened, is all it takes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cards.readiness.layout import Item, final_pass_from, laid_out, needs_of
from cards.readiness.need import Need, extra_minutes, fewest_dropped, minutes_short
from cards.readiness.pace import Answer, Pace, pace_of
from cards.readiness.recall import MemoryModel, remembered

MEETINGS_EACH = 3
NO_OTHER_MINUTES: Mapping[date, float] = {}


@dataclass(frozen=True, slots=True)
class Studied:
    """A question in scope: the first answer of each study day, oldest first, and what it takes.

    `minutes` is what a meeting takes, same-day repeats included: the learner's own median, else
    what the question says. `weight` is how much its category counts.
    """

    id: int
    minutes: float
    answers: tuple[Answer, ...] = ()
    category: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A question to be asked on a day."""

    question: int
    minutes: float
    is_new: bool


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day until the interview; one off has no minutes and no meetings."""

    on: date
    budget: float  # minutes
    meetings: tuple[Meeting, ...]

    @property
    def minutes(self) -> float:
        """The minutes that its meetings take: within the budget, or one question alone."""
        return sum(meeting.minutes for meeting in self.meetings)


@dataclass(frozen=True, slots=True)
class Shortage:
    """By how much the time falls short, and two ways out: planning again with either succeeds."""

    minutes: float  # of the meetings that find no room
    drop: tuple[int, ...]  # questions to leave out
    more_minutes: int | None  # on each study day; None where the days are too few for any number


@dataclass(frozen=True, slots=True)
class Plan:
    """What comes when until the interview."""

    interview_on: date
    meetings_each: int
    days: tuple[PlannedDay, ...]
    asked_on: Mapping[int, tuple[date, ...]]  # for each question in scope; empty if on no day
    met_before: Mapping[int, int]  # for each question, on how many days it has been met already
    shortage: Shortage | None = None

    @property
    def minutes(self) -> float:
        """The minutes of all days."""
        return sum(day.minutes for day in self.days)

    @property
    def met(self) -> dict[int, int]:
        """For each question, how often it will have been met on the day of the interview."""
        return {one: self.met_before[one] + len(on) for one, on in self.asked_on.items()}

    @property
    def below(self) -> tuple[int, ...]:
        """The questions met less often than they should be: none unless there is a shortage."""
        return tuple(one for one, met in self.met.items() if met < self.meetings_each)

    @property
    def left_out(self) -> tuple[int, ...]:
        """The questions that will not have been met at all."""
        return tuple(one for one, met in self.met.items() if met == 0)

    @property
    def final_pass_from(self) -> date | None:
        """The day from which on every question comes once more; None if one comes on no day."""
        last = [on[-1] if on else None for on in self.asked_on.values()]
        return None if None in last else min((on for on in last if on), default=None)


def daily_minutes(
    today: date, interview_on: date, minutes: float, other: Mapping[date, float] = NO_OTHER_MINUTES
) -> list[float]:
    """Return the minutes of each day from today to the day before the interview.

    `other` holds what differs: days off (0), easy weekdays, what is left of today.
    """
    days = (today + timedelta(days=ahead) for ahead in range((interview_on - today).days))
    return [max(0.0, other.get(day, minutes)) for day in days]


def plan(
    questions: Sequence[Studied],
    today: date,
    interview_on: date,
    minutes: float,
    *,
    other_minutes: Mapping[date, float] = NO_OTHER_MINUTES,
    meetings_each: int = MEETINGS_EACH,
    pace: Pace | None = None,
) -> Plan:
    """Return the plan from today to the day before the interview; that day itself stays free.

    Every question is met `meetings_each` times or more by then, and once in the last days if these
    hold that as well; otherwise the plan has a shortage, and the minutes go where they gain most.
    `other_minutes` may name past days, so that a final pass begun is gone on with. Without a `pace`
    it is read from the answers. Raises ValueError for a question of no minutes or no meetings.
    """
    if meetings_each < 1 or any(question.minutes <= 0 for question in questions):
        raise ValueError("A meeting takes some time, and every question needs one.")
    budgets = daily_minutes(today, interview_on, minutes, other_minutes)
    pace = pace or pace_of([question.answers for question in questions])
    needs = needs_of(items_of(questions, today, pace.model), meetings_each)
    items = items_of(questions, today, pace.model)
    pass_from = final_pass_from(
        items,
        len(budgets),
        lambda ahead: other_minutes.get(today + timedelta(days=ahead), minutes),
    )
    days, is_enough = laid_out(items, budgets, pace, meetings_each, pass_from)
    return Plan(
        interview_on,
        meetings_each,
        _planned_days(questions, today, budgets, days),
        _asked_on(questions, today, days),
        {question.id: len(question.answers) for question in questions},
        None if is_enough else _shortage(questions, needs, budgets),
    )


def items_of(questions: Sequence[Studied], today: date, model: MemoryModel) -> list[Item]:
    """Return the questions as they stand today."""
    return [_item(question, today.toordinal(), model) for question in questions]


def _item(question: Studied, today: int, model: MemoryModel) -> Item:
    item = Item(question.minutes, question.weight)
    answers = [(quality, on.toordinal()) for quality, on in question.answers]
    memory = remembered(answers, model)
    if memory:
        item.stability, item.difficulty = memory.stability, memory.difficulty
        item.last, item.met = answers[-1][1] - today, len(answers)
    return item


def _shortage(
    questions: Sequence[Studied], needs: Sequence[Need], budgets: Sequence[float]
) -> Shortage:
    return Shortage(
        minutes_short(needs, budgets),
        tuple(questions[at].id for at in fewest_dropped(needs, budgets)),
        extra_minutes(needs, budgets),
    )


def _planned_days(
    questions: Sequence[Studied], today: date, budgets: Sequence[float], days: list[list[int]]
) -> tuple[PlannedDay, ...]:
    met = {question.id for question in questions if question.answers}
    planned = []
    for ahead, (budget, places) in enumerate(zip(budgets, days, strict=True)):
        asked = [questions[at] for at in places]
        meetings = tuple(Meeting(one.id, one.minutes, one.id not in met) for one in asked)
        met.update(one.id for one in asked)
        planned.append(PlannedDay(today + timedelta(days=ahead), budget, meetings))
    return tuple(planned)


def _asked_on(
    questions: Sequence[Studied], today: date, days: list[list[int]]
) -> dict[int, tuple[date, ...]]:
    asked: dict[int, list[date]] = {question.id: [] for question in questions}
    for ahead, places in enumerate(days):
        for at in places:
            asked[questions[at].id].append(today + timedelta(days=ahead))
    return {question: tuple(on) for question, on in asked.items()}
