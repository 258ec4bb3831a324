"""SM-2 in whole numbers.

Source: P. A. Woźniak, "Optimization of learning" (1990), the algorithm published as SM-2.
How its open points are read is written down in docs/decisions/0001-sm2.md.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from cards.scheduling.memory import DEFAULT_MEMORY, MemoryModel
from cards.scheduling.types import MAX_INTERVAL_DAYS, PASSING_QUALITY, CardState, tallied

LOWEST_EASE_FACTOR = 130
FIRST_INTERVAL_DAYS = 1
SECOND_INTERVAL_DAYS = 6
# 0.1 - (5 - q) * (0.08 + (5 - q) * 0.02) in hundredths, for q = 0 … 5
EASE_CHANGES = (-80, -54, -32, -14, 0, 10)


@dataclass(frozen=True, slots=True)
class Sm2:
    """The published scheduler; the memory beside it changes none of its dates."""

    memory: MemoryModel = DEFAULT_MEMORY
    name: str = "sm2"
    version: int = 1

    def review(self, state: CardState, quality: int, on: date) -> CardState:
        """Return the state after the first answer of study day `on`."""
        planned = _recalled(state, quality, on) if quality >= PASSING_QUALITY else _forgotten(state)
        after = tallied(planned, quality)
        return replace(after, due_on=on + timedelta(days=after.interval_days))


def next_ease_factor(ease_factor: int, quality: int) -> int:
    """Ease factor in hundredths after a recalled answer; never below 130."""
    return max(LOWEST_EASE_FACTOR, ease_factor + EASE_CHANGES[quality])


def next_interval_days(state: CardState, ease_factor: int, passed_days: int | None = None) -> int:
    """Days until the next review after a success, with the ease factor already changed.

    `passed_days` is given before the due date: then only the days that have passed grow, and the
    interval is never shorter than it was.
    """
    if state.repetitions == 0:
        return FIRST_INTERVAL_DAYS
    if state.repetitions == 1:
        return SECOND_INTERVAL_DAYS
    growing = state.interval_days if passed_days is None else passed_days
    rounded_up = -(-growing * ease_factor // 100)
    return min(MAX_INTERVAL_DAYS, max(state.interval_days, rounded_up))


def _recalled(state: CardState, quality: int, on: date) -> CardState:
    ease_factor = next_ease_factor(state.ease_factor, quality)
    interval_days = next_interval_days(state, ease_factor, _passed_days(state, on))
    return replace(state, interval_days=interval_days, ease_factor=ease_factor)


def _passed_days(state: CardState, on: date) -> int | None:
    is_early = state.due_on and state.last_reviewed_on and on < state.due_on
    return (on - state.last_reviewed_on).days if is_early and state.last_reviewed_on else None


def _forgotten(state: CardState) -> CardState:
    return replace(state, interval_days=FIRST_INTERVAL_DAYS)
