"""How an answer counts: as the schedule asks, before its date, or as practice."""

from datetime import date
from enum import StrEnum

from cards.scheduling.grading import Outcome, grade, practise
from cards.scheduling.types import BUTTONS, CardState, Scheduler


class Mode(StrEnum):
    """What an answer does to the schedule."""

    DUE = "due"
    EARLY = "early"  # a review before its date
    PRACTICE = "practice"  # nothing


def mode_for(state: CardState, on: date, *, moves_schedule: bool) -> Mode:
    """Return how an answer counts in a session; what is due counts in any case.

    A card already reviewed on this study day is practice: a second look is not an early one.
    """
    is_new = state.introduced_on is None
    if not is_new and state.is_due_on(on):
        return Mode.DUE
    if not moves_schedule or state.last_reviewed_on == on:
        return Mode.PRACTICE
    return Mode.DUE if is_new else Mode.EARLY


def answer(scheduler: Scheduler, state: CardState, quality: int, on: date, mode: Mode) -> Outcome:
    """Return the outcome of one answer; raise ValueError where the mode does not allow it."""
    if mode == Mode.PRACTICE:
        return practise(state, quality)
    return grade(scheduler, state, quality, on, early=mode == Mode.EARLY)


def outcomes(scheduler: Scheduler, state: CardState, on: date, mode: Mode) -> tuple[Outcome, ...]:
    """Return the outcomes of Again, Hard, Good and Easy, in that order."""
    return tuple(answer(scheduler, state, quality, on, mode) for quality in BUTTONS)
