"""After a break: is there a backlog, and how much of it a day works it off."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

FEWEST_OVERDUE = 20
CLEARLY_MORE = 1.5  # times a usual day
FORGOTTEN = 0.2  # of overdue cards, taken to come back the next day
MOST_A_DAY = 9999


@dataclass(frozen=True, slots=True)
class Pace:
    """How much a learner answered in the study days looked at."""

    answers: int
    days: int  # on which there was any answer

    @property
    def usual(self) -> float:
        """Answers on a day of study; none without one."""
        return self.answers / self.days if self.days else 0.0


def is_backlog(overdue: int, pace: Pace) -> bool:
    """Are clearly more cards overdue than a usual day brings?"""
    return overdue >= FEWEST_OVERDUE and overdue > CLEARLY_MORE * pace.usual


def reviews_a_day(arrivals: Sequence[int], new_per_day: int) -> int:
    """Return the reviews a day after which nothing that was due by the last day still waits.

    `arrivals` are what waits now and what falls due on each day after. Beside them return, a day
    later, a share of what was answered and every question that was learned. From each day on, the
    days that are left must be enough for all that arrives from then on.
    """
    days, most = len(arrivals), 1.0
    for day in range(days):
        left = days - day
        returns = left if day else days - 1  # what today brings back comes tomorrow
        arriving = sum(arrivals[day:]) + new_per_day * returns
        most = max(most, arriving / (left - FORGOTTEN * returns))
    return min(MOST_A_DAY, ceil(most))
