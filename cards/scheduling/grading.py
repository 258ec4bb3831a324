"""One answer: a review the first time of a study day, a repeat after that."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from cards.scheduling.types import BUTTONS, SETTLED_QUALITY, CardState, Scheduler, require_quality


class Kind(StrEnum):
    """What happened to a card: an answer, or something that is no answer and has no quality."""

    LEARN = "learn"  # the first ever
    REVIEW = "review"  # the first of a later study day
    REPEAT = "repeat"  # again on the same study day: practice, it moves no date
    DRILL = "drill"  # practice of points or of a card that is not due: it moves nothing
    BURY = "bury"
    SUSPEND = "suspend"
    RESET = "reset"  # new again


NOT_ANSWERS = (Kind.BURY, Kind.SUSPEND, Kind.RESET)
SCHEDULING = (Kind.LEARN, Kind.REVIEW, Kind.REPEAT, Kind.RESET)  # what a replay reads


@dataclass(frozen=True, slots=True)
class Outcome:
    """What pressing one button does."""

    quality: int
    kind: Kind
    state: CardState


def grade(
    scheduler: Scheduler, state: CardState, quality: int, on: date, *, early: bool = False
) -> Outcome:
    """Return the outcome of grading a card with `quality` (0 to 5) on study day `on`.

    Raises ValueError for another quality, or when the card is not due on that day unless `early`.
    """
    require_quality(quality)
    if not (early or state.is_due_on(on)):
        raise ValueError(f"The card is due on {state.due_on}, not on {on}.")
    comes_again = on if quality < SETTLED_QUALITY else None
    if state.repeats_on(on):
        return Outcome(quality, Kind.REPEAT, replace(state, repeat_today_on=comes_again))
    kind = Kind.LEARN if state.introduced_on is None else Kind.REVIEW
    planned = scheduler.review(scheduler.memory.after(state, quality, on), quality, on)
    after = replace(
        planned,
        introduced_on=state.introduced_on or on,
        last_reviewed_on=on,
        repeat_today_on=comes_again,
    )
    return Outcome(quality, kind, after)


def practise(state: CardState, quality: int) -> Outcome:
    """Return the outcome of an answer that counts for practice only: the state as it was.

    Raises ValueError unless 0 ≤ quality ≤ 5.
    """
    require_quality(quality)
    return Outcome(quality, Kind.DRILL, state)


def preview(
    scheduler: Scheduler, state: CardState, on: date, *, early: bool = False
) -> tuple[Outcome, ...]:
    """Return the outcomes of Again, Hard, Good and Easy, in that order."""
    return tuple(grade(scheduler, state, quality, on, early=early) for quality in BUTTONS)
