"""What Hypothesis draws from: questions as they may stand, days as they may be planned."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from cards.readiness.plan import Studied

TODAY = date(2026, 3, 2)
MINUTES = st.sampled_from([0.5, 1.0, 2.0, 3.0, 4.5, 7.0])
UNTIL = st.integers(0, 25)
BUDGETS = st.sampled_from([0.0, 2.0, 5.0, 15.0, 40.0])
GAPS = st.lists(st.tuples(st.sampled_from([1, 3, 4, 5]), st.integers(1, 12)), max_size=5)


@dataclass(frozen=True)
class Task:
    """Everything that a plan is made from."""

    questions: list[Studied]
    days: int
    minutes: float
    other: dict[date, float]
    meetings_each: int

    @property
    def interview_on(self) -> date:
        """The day of the interview."""
        return TODAY + timedelta(days=self.days)


def studied(number: int, minutes: float, gaps: list[tuple[int, int]], rest: int) -> Studied:
    """Return a question answered at these gaps, last `rest` days ago."""
    day = TODAY - timedelta(days=rest + sum(gap for _, gap in gaps[1:]))
    answers = []
    for at, (quality, gap) in enumerate(gaps):
        day += timedelta(days=gap if at else 0)
        answers.append((quality, day))
    return Studied(number, minutes, tuple(answers), category=number % 3, weight=1 + number % 2)


def questions_of(
    minutes: st.SearchStrategy[float], least: int = 0
) -> st.SearchStrategy[list[Studied]]:
    """Questions that take `minutes`, some new, some answered before, perhaps today."""
    drawn = st.lists(st.tuples(minutes, GAPS, st.integers(0, 9)), min_size=least, max_size=14)
    return drawn.map(lambda ones: [studied(at, *one) for at, one in enumerate(ones)])


def tasks(
    minutes: st.SearchStrategy[float] = MINUTES,
    least: int = 0,
    days: st.SearchStrategy[int] = UNTIL,
    budgets: st.SearchStrategy[float] = BUDGETS,
) -> st.SearchStrategy[Task]:
    """Plans to be made, possible and impossible ones, some days off or easy."""
    return st.builds(
        Task,
        questions_of(minutes, least),
        days,
        budgets,
        st.dictionaries(
            st.integers(0, 24).map(lambda ahead: TODAY + timedelta(days=ahead)),
            st.sampled_from([0.0, 3.0, 20.0]),
            max_size=6,
        ),
        st.integers(1, 4),
    )
