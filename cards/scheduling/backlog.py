"""After a break: is there a backlog, and how much of it a day works it off."""

from dataclasses import dataclass

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


def reviews_a_day(waiting: int, coming: int, new_per_day: int, days: int) -> int:
    """Return the reviews a day after which nothing that is due by the last day still waits.

    `waiting` are due now, `coming` fall due on the days after. Beside them return, before the
    last day, a share of what was answered and every question learned meanwhile.
    """
    earlier = (days - 1) / days  # what is answered on the last day returns after it
    returning = FORGOTTEN * (waiting + coming) * earlier + new_per_day * (days - 1)
    total = waiting + coming + returning
    return max(1, min(MOST_A_DAY, -int(-total // days)))
