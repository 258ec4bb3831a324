"""The log is the truth: a card's state is what its answers, in order, make of it."""

from collections.abc import Iterable
from datetime import date

from cards.scheduling.fuzz import as_told
from cards.scheduling.grading import grade
from cards.scheduling.types import CardState, Scheduler

Answer = tuple[int, date]  # quality and study day
Event = tuple[int | None, date]  # an answer, or a reset: it has no quality
ToldEvent = tuple[int | None, date, int | None]  # with the interval that the button told, if any


def replay(scheduler: Scheduler, answers: Iterable[Event]) -> CardState:
    """Return the state that these answers, oldest first, lead to."""
    return replay_told(scheduler, ((quality, on, None) for quality, on in answers))


def replay_told(scheduler: Scheduler, events: Iterable[ToldEvent]) -> CardState:
    """Return the state that these answers lead to, with the days that their buttons told."""
    state = CardState()
    for quality, on, days in events:
        state = (
            CardState()
            if quality is None
            else grade(as_told(scheduler, days), state, quality, on, early=True).state
        )
    return state
