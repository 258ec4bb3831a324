"""One answer: a review the first time of a study day, a repeat after that."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from cards.scheduling.types import BUTTONS, SETTLED_QUALITY, CardState, Scheduler, require_quality


class Kind(StrEnum):
    """What an answer was."""

    LEARN = "learn"  # the first ever
    REVIEW = "review"  # the first of a later study day
    REPEAT = "repeat"  # again on the same study day: practice, it moves no date


@dataclass(frozen=True, slots=True)
class Outcome:
    """What pressing one button does."""

    quality: int
    kind: Kind
    state: CardState


def grade(scheduler: Scheduler, state: CardState, quality: int, on: date) -> Outcome:
    """Return the outcome of grading a card with `quality` (0 to 5) on study day `on`.

    Raises ValueError for another quality, or when the card is not due on that day.
    """
    require_quality(quality)
    if not state.is_due_on(on):
        raise ValueError(f"The card is due on {state.due_on}, not on {on}.")
    comes_again = on if quality < SETTLED_QUALITY else None
    if state.repeats_on(on):
        return Outcome(quality, Kind.REPEAT, replace(state, repeat_today_on=comes_again))
    kind = Kind.LEARN if state.introduced_on is None else Kind.REVIEW
    planned = scheduler.review(state, quality, on)
    after = replace(
        planned,
        introduced_on=state.introduced_on or on,
        last_reviewed_on=on,
        repeat_today_on=comes_again,
    )
    return Outcome(quality, kind, after)


def preview(scheduler: Scheduler, state: CardState, on: date) -> tuple[Outcome, ...]:
    """Return the outcomes of Again, Hard, Good and Easy, in that order."""
    return tuple(grade(scheduler, state, quality, on) for quality in BUTTONS)
