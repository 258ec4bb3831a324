"""What Hypothesis draws from: cards, and histories as they can really happen."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from cards.scheduling import SCHEDULERS, CardState, Fsrs, Scheduler, Spread, grade
from cards.scheduling.replay import Answer
from cards.scheduling.sm2 import Sm2

SM2 = Sm2()
EXACT = (*SCHEDULERS.values(), Fsrs(desired_retention=0.70), Fsrs(desired_retention=0.97))
PLANNERS = st.sampled_from((*EXACT, *(Spread(one, "card 7") for one in EXACT)))
TODAY = date(2026, 3, 2)

QUALITIES = st.integers(0, 5)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
MEMORIES = st.just((None, None)) | st.tuples(st.floats(0.001, 100_000), st.floats(1, 10))
MET_CARDS = st.builds(
    lambda memory, **fields: CardState(**fields, stability=memory[0], difficulty=memory[1]),
    memory=MEMORIES,
    repetitions=st.integers(0, 60),
    interval_days=st.integers(1, 36_500),
    ease_factor=st.integers(130, 600),
    lapses=st.integers(0, 60),
    introduced_on=st.dates(date(2000, 1, 1), TODAY),
    last_reviewed_on=st.dates(date(2000, 1, 1), TODAY - timedelta(days=1)),
    due_on=st.dates(date(2000, 1, 2), TODAY),
    repeat_today_on=st.none() | st.dates(date(2000, 1, 1), TODAY - timedelta(days=1)),
)
DUE_CARDS = st.just(CardState()) | MET_CARDS  # all of them may be reviewed TODAY


@dataclass(frozen=True)
class Session:
    """One study day of one card: so many days late, the first answer, then repeats."""

    days_late: int
    quality: int
    repeats: tuple[int, ...]


SESSIONS = st.lists(
    st.builds(
        Session,
        days_late=st.integers(0, 5) | st.integers(0, 400),
        quality=QUALITIES,
        repeats=st.lists(QUALITIES, max_size=4).map(tuple),
    ),
    max_size=20,
)


@dataclass(frozen=True)
class History:
    """The answers of one card, oldest first, and the state after each of them."""

    planner: Scheduler
    answers: list[Answer]
    states: list[CardState]

    @property
    def last(self) -> CardState:
        """The state after all of them."""
        return self.states[-1] if self.states else CardState()


def studied(planner: Scheduler, sessions: list[Session]) -> History:
    """Live through the sessions: on or after the due day, repeating while the card asks."""
    history = History(planner, [], [])
    for session in sessions:
        on = (history.last.due_on or TODAY) + timedelta(days=session.days_late)
        _answer(history, session.quality, on)
        for quality in session.repeats:
            if history.last.repeats_on(on):
                _answer(history, quality, on)
    return history


def _answer(history: History, quality: int, on: date) -> None:
    state = grade(history.planner, history.last, quality, on).state
    history.answers.append((quality, on))
    history.states.append(state)


HISTORIES = st.builds(studied, PLANNERS, SESSIONS)
