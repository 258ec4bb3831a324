"""One simulated learner from the first day to the interview."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from cards.readiness.forecast import Readiness, forecast
from cards.readiness.fractions import choice, fraction
from cards.readiness.need import has_room
from cards.readiness.pace import FIRST_RATINGS, SUCCESS_RATINGS
from cards.readiness.plan import Studied, plan
from cards.readiness.recall import AGAIN, HARD
from cards.readiness.simulate.contestants import Contestant
from cards.readiness.simulate.truths import Truth

FIRST_DAY = date(2026, 1, 1)
QUALITIES = (1, 3, 4, 5)  # of the ratings Again, Hard, Good, Easy
_ANSWER, _GRADE, _MISSED, _INTERVIEW = range(4)  # what a fraction is for


@dataclass(frozen=True, slots=True)
class Course:
    """What all contestants are given alike."""

    days: int
    minutes: float  # a day
    question_minutes: tuple[float, ...]
    seed: int
    missed: float = 0.0  # share of the days on which nobody studies

    def budget(self, learner: int, day: int) -> float:
        """Return the minutes of a day: none on one that is missed, which no plan knows ahead."""
        is_missed = fraction(self.seed, learner, day, _MISSED) < self.missed
        return 0.0 if is_missed else self.minutes


@dataclass(slots=True)
class Life:
    """What came of it."""

    recall: list[float] = field(default_factory=list)  # true, of each question, on the date
    answered_well: list[int] = field(default_factory=list)  # 1 or 0, of each question, on the date
    minutes: float = 0.0
    reviews: int = 0
    days_over: int = 0
    eve: Readiness | None = None  # what is forecast on the evening before
    midway: Readiness | None = None  # what is forecast after half the days, if the plan is kept


def live(
    course: Course, contestant: Contestant, truth: Truth, learner: int, *, plans: bool
) -> Life:
    """Return the life of a learner; answers fall out by the seed, alike for every contestant.

    A question is begun if it fits into the minutes of the day. With `plans` the forecast of half
    the time looks at the plan for the rest.
    """
    life = Life()
    answers: list[list[tuple[int, date]]] = [[] for _ in course.question_minutes]
    for day in range(course.days):
        if plans and day == course.days // 2:
            life.midway = _midway(course, answers, day)
        budget = left = course.budget(learner, day)
        for question in contestant.today(day) if budget > 0 else ():
            minutes = course.question_minutes[question]
            if not has_room(minutes, left, budget):
                continue
            left -= minutes
            rating = _meet(course, truth, learner, question, len(answers[question]), day)
            contestant.answered(question, rating, day)
            answers[question].append((QUALITIES[rating - 1], _date(day)))
        life.minutes += budget - left
        life.days_over += left < 0
    _end(course, truth, learner, answers, life)
    return life


def _meet(course: Course, truth: Truth, learner: int, question: int, number: int, day: int) -> int:
    at = fraction(course.seed, learner, question, number, _GRADE)
    if number == 0:
        rating = 1 + choice(FIRST_RATINGS, at)
        truth.first(question, day, rating)
        return rating
    is_recalled = fraction(course.seed, learner, question, number, _ANSWER) < truth.recall(
        question, day
    )
    rating = HARD + choice(SUCCESS_RATINGS, at) if is_recalled else AGAIN
    truth.answer(question, day, rating)
    return rating


def _end(
    course: Course,
    truth: Truth,
    learner: int,
    answers: Sequence[Sequence[tuple[int, date]]],
    life: Life,
) -> None:
    questions = range(len(answers))
    life.reviews = sum(len(given) for given in answers)
    life.recall = [truth.recall(question, course.days) for question in questions]
    life.answered_well = [
        int(fraction(course.seed, learner, question, _INTERVIEW) < life.recall[question])
        for question in questions
    ]
    life.eve = forecast(_studied(course, answers), _date(course.days))


def _midway(course: Course, answers: Sequence[Sequence[tuple[int, date]]], day: int) -> Readiness:
    questions, interview_on = _studied(course, answers), _date(course.days)
    planned = plan(questions, _date(day), interview_on, course.minutes)
    return forecast(questions, interview_on, asked_on=planned.asked_on)


def _studied(course: Course, answers: Sequence[Sequence[tuple[int, date]]]) -> list[Studied]:
    return [
        Studied(question, course.question_minutes[question], tuple(given))
        for question, given in enumerate(answers)
    ]


def _date(day: int) -> date:
    return FIRST_DAY + timedelta(days=day)
