"""The log is the truth: a card's state is what its answers, in order, make of it."""

from collections.abc import Iterable
from datetime import date

from cards.scheduling.grading import grade
from cards.scheduling.types import CardState, Scheduler

Answer = tuple[int, date]  # quality and study day
Event = tuple[int | None, date]  # an answer, or a reset: it has no quality


def replay(scheduler: Scheduler, answers: Iterable[Event]) -> CardState:
    """Return the state that these answers, oldest first, lead to."""
    state = CardState()
    for quality, on in answers:
        state = (
            CardState()
            if quality is None
            else grade(scheduler, state, quality, on, early=True).state
        )
    return state
