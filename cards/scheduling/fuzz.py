"""Spreading equal intervals over the days around them, so that what was learned together parts.

A step of its own after any scheduler. Which day it is, is chosen by the load of the days around and
told on the button; what was told is an input of the answer and of its replay. Where nothing was
told a fraction names the day, from a seed and the repetitions alone. The ranges are those that
Anki and FSRS share.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b
from math import floor, inf

from cards.scheduling.load import Load
from cards.scheduling.memory import MemoryModel
from cards.scheduling.types import MAX_INTERVAL_DAYS, CardState, Scheduler

SHORTEST_SPREAD_DAYS = 3
NARROWEST = 1.0  # days to either side, before the shares below
SHARES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, inf, 0.05))  # from, to, share of the days


@dataclass(frozen=True, slots=True)
class Spread:
    """A scheduler whose intervals are spread; `seed` names the card, before it has a row too."""

    scheduler: Scheduler
    seed: str
    load: Load | None = None  # chooses the day
    told_days: int | None = None  # goes before any load, where it lies in the range

    @property
    def name(self) -> str:
        """Whose plan it is."""
        return self.scheduler.name

    @property
    def version(self) -> int:
        """The version of the plan."""
        return self.scheduler.version

    @property
    def memory(self) -> MemoryModel:
        """The memory that the plan goes by."""
        return self.scheduler.memory

    def review(self, state: CardState, quality: int, on: date) -> CardState:
        """Return the plan of the scheduler, moved by a few days."""
        planned = self.scheduler.review(state, quality, on)
        if planned.interval_days < SHORTEST_SPREAD_DAYS:
            return planned
        days = self._days(planned.interval_days, state.repetitions, on)
        return replace(planned, interval_days=days, due_on=on + timedelta(days=days))

    def _days(self, interval_days: int, repetitions: int, on: date) -> int:
        first, last = spread_range(interval_days)
        if self.told_days is not None and first <= self.told_days <= last:
            return self.told_days
        if self.load is None:
            return spread_days(interval_days, fraction_of(self.seed, repetitions))
        days = range(first, last + 1)
        return self.load.lightest(
            on, days, lambda day: fraction_of(f"{self.seed}/{day}", repetitions)
        )


def as_told(scheduler: Scheduler, days: int | None) -> Scheduler:
    """Return the scheduler as it plans once this interval was told; only a spread one listens."""
    if days is None or not isinstance(scheduler, Spread):
        return scheduler
    return replace(scheduler, told_days=days)


def span_of(interval_days: Iterable[int]) -> tuple[int, int] | None:
    """Return the first and last day to which any of these may be moved; None where none may."""
    ranges = [spread_range(days) for days in interval_days if days >= SHORTEST_SPREAD_DAYS]
    return (min(ranges)[0], max(last for _, last in ranges)) if ranges else None


def spread_days(interval_days: int, fraction: float) -> int:
    """Return a day of the range around the interval, the one that `fraction` (0 ≤ f < 1) names.

    For one fraction a longer interval never comes before a shorter one.
    """
    if interval_days < SHORTEST_SPREAD_DAYS:
        return interval_days
    first, last = spread_range(interval_days)
    return floor(first + fraction * (1 + last - first))


def spread_range(interval_days: int) -> tuple[int, int]:
    """Return the first and the last day that an interval of 3 days and more may be moved to."""
    to_either_side = NARROWEST + sum(
        share * max(0.0, min(interval_days, end) - start) for start, end, share in SHARES
    )
    first, last = interval_days - to_either_side, interval_days + to_either_side
    return floor(first + 0.5), min(MAX_INTERVAL_DAYS, floor(last + 0.5))


def fraction_of(seed: str, repetitions: int) -> float:
    """Return a fraction, 0 ≤ f < 1, that is always the same for the same card and success."""
    digest = blake2b(f"{seed}/{repetitions}".encode(), digest_size=6).digest()
    return int.from_bytes(digest) / 2**48
