"""Which of several days is the lightest, for what a learner wants of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

WHOLE_SHARE = 100  # per cent


@dataclass(frozen=True, slots=True)
class Load:
    """What is due on the days ahead, and how much the learner wants on each."""

    cards: Mapping[date, int] = field(default_factory=dict)  # due on a day; none where it is not
    weekday_shares: Sequence[int] = ()  # per cent, from Monday; empty: all 100
    days_off: Sequence[tuple[date, date]] = ()  # first and last of them

    def weight(self, day: date) -> int:
        """Return how much is wanted on a day: its weekday's share, 0 on a day off."""
        if any(first <= day <= last for first, last in self.days_off):
            return 0
        return self.weekday_shares[day.weekday()] if self.weekday_shares else WHOLE_SHARE

    def lightest(self, on: date, days: Sequence[int], rank: Callable[[int], float]) -> int:
        """Return which of these days, counted from `on`, has the least load for its weight.

        The load counts one card more, so that an empty day with half the weight is the heavier of
        two empty ones. Days of weight 0 are taken only where there are no others, and then alike.
        Of equal ones it is the first by `rank`; ranges that overlap agree by that, so that of two
        ranges the later never gives the earlier day.
        """
        dates = {day: on + timedelta(days=day) for day in days}
        weights = {day: self.weight(dates[day]) for day in days}
        wanted = [day for day in days if weights[day]] or list(days)
        loads = {day: (self.cards.get(dates[day], 0) + 1) / (weights[day] or 1) for day in wanted}
        least = min(loads.values())
        return min((day for day in wanted if loads[day] == least), key=rank)
