"""The variant of SM-2 that Anki has, in its published constants, on whole study days.

Anki counts in single precision; so does this, for a half that fell the other way would be another
day. How its steps of minutes are read is in docs/decisions/0011-schedulers.md.
Source: the Anki manual, "What spaced repetition algorithm does Anki use?" and "Deck options".
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import floor
from struct import pack, unpack

from cards.scheduling.memory import DEFAULT_MEMORY, MemoryModel
from cards.scheduling.types import EASY, GOOD, HARD, MAX_INTERVAL_DAYS, CardState, tallied


def single(number: float) -> float:
    """Return the nearest number of single precision."""
    return float(unpack("f", pack("f", number))[0])


STARTING_EASE_FACTOR = 250
LOWEST_EASE_FACTOR = 130
EASE_CHANGES = (-20, -20, -20, -15, 0, 15)  # hundredths, for quality 0 … 5
GRADUATING_DAYS, EASY_DAYS = 1, 4
DAYS_AFTER_LAPSE = 1  # the new interval is 0 %, and at least this
HARD_FACTOR = single(1.2)
EASY_BONUS = single(1.3)
EARLY_HARD_FACTOR = single(HARD_FACTOR / 2)
EARLY_EASY_BONUS = single(EASY_BONUS - single(single(EASY_BONUS - 1) / 2))


@dataclass(frozen=True, slots=True)
class Anki:
    """For those who come from there."""

    memory: MemoryModel = DEFAULT_MEMORY
    name: str = "anki"
    version: int = 1

    def review(self, state: CardState, quality: int, on: date) -> CardState:
        """Return the state after the first answer of study day `on`."""
        is_new = state.introduced_on is None
        days = _first_days(quality) if is_new else next_interval_days(state, quality, on)
        return replace(
            tallied(state, quality),
            interval_days=days,
            ease_factor=STARTING_EASE_FACTOR if is_new else _ease_factor(state, quality),
            due_on=on + timedelta(days=days),
        )


def next_interval_days(state: CardState, quality: int, on: date) -> int:
    """Days until the next review of a card that has been learned, for quality 0 to 5."""
    if quality < HARD:
        return DAYS_AFTER_LAPSE
    late = (on - state.due_on).days if state.due_on else 0
    return _early_days(state, quality, late) if late < 0 else _days(state, quality, late)


def _first_days(quality: int) -> int:
    """What is not Easy is repeated on the same day, which stands for the steps, and graduates."""
    return EASY_DAYS if quality == EASY else GRADUATING_DAYS


def _ease_factor(state: CardState, quality: int) -> int:
    return max(LOWEST_EASE_FACTOR, state.ease_factor + EASE_CHANGES[quality])


def _days(state: CardState, quality: int, late: int) -> int:
    """Each button is at least a day above the one below it; overdue days count half, then whole."""
    interval, ease = state.interval_days, single(state.ease_factor / 100)
    hard = _within(single(interval * HARD_FACTOR), interval + 1)
    if quality == HARD:
        return hard
    good = _within(single(single(interval + late / 2) * ease), hard + 1)
    if quality == GOOD:
        return good
    return _within(single(single((interval + late) * ease) * EASY_BONUS), good + 1)


def _early_days(state: CardState, quality: int, late: int) -> int:
    """Before the due day only the days that have passed grow; Good never shortens the interval."""
    interval, ease = state.interval_days, single(state.ease_factor / 100)
    passed = max(0, interval + late)
    if quality == HARD:
        least = single(interval * EARLY_HARD_FACTOR)
        return _within(max(single(passed * HARD_FACTOR), least), 1)
    good = max(single(passed * ease), float(interval))
    return _within(good if quality == GOOD else single(good * EARLY_EASY_BONUS), 1)


def _within(days: float, least: int) -> int:
    """To the nearest day, a half upwards."""
    return min(MAX_INTERVAL_DAYS, max(least, floor(days + 0.5)))
