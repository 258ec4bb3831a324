"""Which card comes next, and how many are left, on one study day."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cards are still to be answered on this study day."""

    repeats: int = 0
    due: int = 0
    new: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.repeats + self.due + self.new


@dataclass(frozen=True, slots=True)
class Limits:
    """The learner's daily limits."""

    new_per_day: int
    reviews_per_day: int


@dataclass(frozen=True, slots=True)
class Available:
    """What there is on this study day, before the daily limits."""

    repeats: int
    due: int
    learned_today: int
    reviewed_today: int


def due_left(limits: Limits, available: Available) -> int:
    """Due cards that the daily limit still allows; repeats are never limited."""
    return max(0, min(available.due, limits.reviews_per_day - available.reviewed_today))


def new_left(limits: Limits, available: Available) -> int:
    """New questions that the daily limit still allows, whether or not there are so many."""
    return max(0, limits.new_per_day - available.learned_today)
