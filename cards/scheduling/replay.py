"""The log is the truth: a card's state is what its answers, in order, make of it."""

from collections.abc import Iterable
from datetime import date

from cards.scheduling.grading import grade
from cards.scheduling.types import CardState, Scheduler

Answer = tuple[int, date]  # quality and study day


def replay(scheduler: Scheduler, answers: Iterable[Answer]) -> CardState:
    """Return the state that these answers, oldest first, lead to."""
    state = CardState()
    for quality, on in answers:
        state = grade(scheduler, state, quality, on).state
    return state
